"""Portfolios by working time and benefit."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from string import ascii_uppercase
from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext as _

from talkoot.kit import typography
from talkoot.kit.charts import Item, Scatter
from talkoot.kit.charts.figures import DataTable

if TYPE_CHECKING:
    from collections.abc import Sequence

    from talkoot.choose.selection.results import Result
    from talkoot.kit.charts.rows import Words

KINDS = {"recommended": "chosen", "present": "present"}


@dataclass(frozen=True)
class Portfolio:
    """`label` is its letter; `value` the least and greatest benefit over all weights and estimates allowed."""

    label: str
    kind: str
    what: str
    methods: list[str]
    days: float
    fits: bool
    value: tuple[float, float]


@dataclass(frozen=True)
class Chart(Scatter):
    """A scatter whose table also says what each portfolio is."""

    portfolios: Sequence[Portfolio] = ()

    @property
    def table(self) -> DataTable:
        heads: list[tuple[Words, bool]] = [
            (_("Portfolio"), False),
            (_("What it is"), False),
            (_("Methods"), True),
            (self.x_head, True),
            (self.low_head, True),
            (self.high_head, True),
        ]
        number = typography.number
        return DataTable(
            heads,
            [
                (p.label, p.what, number(len(p.methods)), number(p.days, 0), *(number(v, 0) for v in p.value))
                for p in self.portfolios
            ],
        )


class Portfolios:
    """Of one result, by working time; today's model last."""

    def __init__(self, result: Result) -> None:
        self.result = result

    @cached_property
    def all(self) -> list[Portfolio]:
        found = [each for each in self.result.turns["portfolios"] if self._is_shown(each)]
        present = [each for each in found if each["kind"] == "present"]
        letters = iter(ascii_uppercase)
        rest = sorted((each for each in found if each not in present), key=lambda each: each["days"])
        shown = [self._portfolio(each, next(letters)) for each in rest]
        return [*shown, *(self._portfolio(each, _("Today’s model")) for each in present)]

    def _is_shown(self, each: dict[str, Any]) -> bool:
        """One that keeps no unit's limit yet needs less in all would mislead beside the line of the total."""
        over: bool = each["days"] > self.result.days_limit
        return over or bool(each["fits"]) or each["kind"] == "present"

    def _portfolio(self, each: dict[str, Any], label: str) -> Portfolio:
        low, high = each["value"]
        kind = each["kind"]
        return Portfolio(
            label, kind, self._what(each), each["methods"], each["days"], each["fits"], (low, high)
        )

    def _what(self, each: dict[str, Any]) -> str:
        if each["kind"] == "recommended":
            return _("Recommended")
        if each["kind"] == "runner_up":
            return _("Runner-up")
        if each["kind"] == "other_budget":
            share = typography.percent(each["budget_share"] * 100, 0)
            return _("The best on average if each unit had {share} of its person-days").format(share=share)
        if each["kind"] == "present":
            missing = each["not_counted"]
            counted = _("The model in force, as effort was counted here")
            return f"{counted}. {_('Not counted')}: {self.result.names(missing)}" if missing else counted
        return _("Best in {share} of the situations").format(share=typography.percent(each["share"] * 100, 0))

    @property
    def present(self) -> Portfolio | None:
        """Today's model, when the city has one in force."""
        return next((each for each in self.all if each.kind == "present"), None)

    @property
    def letter(self) -> str:
        """Of the recommended one."""
        return next(each.label for each in self.all if each.kind == "recommended")

    @cached_property
    def chart(self) -> Chart:
        limit = self.result.days_limit
        return Chart(
            _("Portfolios: benefit and working time"),
            note=_(
                "The bar is the range of benefit over all weights and estimates allowed: the weighted points of its methods together, each 0–100."
            ),
            items=[self._item(each) for each in self.all],
            portfolios=self.all,
            x_head=_("Person-days a year"),
            low_head=_("Benefit at least"),
            high_head=_("Benefit at most"),
            most=0,
            limit=(limit, _("Over {n}").format(n=typography.person_days(round(limit)))) if limit else None,
        )

    def _item(self, each: Portfolio) -> Item:
        over = not each.fits and each.kind != "present"
        kind = KINDS.get(each.kind, "over" if over else "fits")
        return Item(each.label, each.days, *each.value, kind=kind)  # type: ignore[arg-type]  # one of the four
