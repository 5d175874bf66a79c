"""Groups of people apart and together: what all would take, and what depends on whom."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from math import sqrt
from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext as _

from talkoot.choose.selection import asked, shown
from talkoot.choose.selection.plan import Plan
from talkoot.kit import typography

if TYPE_CHECKING:
    from talkoot.choose.selection.plan import Group
    from talkoot.choose.selection.results import Result

Named = tuple[str, str]  # a method's name and address


@dataclass(frozen=True)
class View:
    """What a group holds of one method: whether it would take it, and in what share of the situations within its own
    weights, per cent, it is in the best portfolio."""

    group: str
    takes: bool
    share: float
    error: int | None

    @property
    def share_text(self) -> str:
        return shown.share_text(self.share)

    @property
    def text(self) -> str:
        """Both in words."""
        error = f" ±{self.error}" if self.error else ""
        return f"{_('Yes') if self.takes else _('No')}, {self.share_text}{error}"


@dataclass(frozen=True)
class Opinion:
    """A group's own recommendation beside the one that all of them share; `acceptability` by method, of `samples`
    situations within its own weights."""

    key: str
    name: str
    people: int
    methods: list[str]
    acceptability: dict[str, float]
    samples: int
    same: int
    adds: list[Named]
    drops: list[Named]

    @property
    def label(self) -> str:
        return f"{self.name} ({typography.number(self.people)})"

    def view(self, code: str) -> View:
        share = self.acceptability[code]
        error = 100 * sqrt(share * (1 - share) / self.samples)
        return View(self.name, code in self.methods, 100 * share, shown.error(100 * share, error))


@dataclass(frozen=True)
class Divided:
    """A method that some groups would take and others not."""

    method: Named
    views: list[View]
    recommended: bool


class Groups:
    """The groups of one run in one role of the municipality; none where none were asked."""

    def __init__(self, result: Result) -> None:
        self.result = result
        self.together = result.recommended

    @cached_property
    def all(self) -> list[Opinion]:
        apart: dict[str, dict[str, Any]] = self.result.turns["people"]
        people = Plan.from_json(self.result.run.plan).people
        return [self._opinion(group, apart[group.key]) for group in people if group.key in apart]

    def _opinion(self, group: Group, own: dict[str, Any]) -> Opinion:
        together, methods = set(self.together), own["methods"]
        return Opinion(
            key=group.key,
            name=asked.named(group),
            people=group.people,
            methods=methods,
            acceptability=own["acceptability"],
            samples=own["samples"],
            same=len(together & set(methods)),
            adds=self._named(set(methods) - together),
            drops=self._named(together - set(methods)),
        )

    def _named(self, codes: set[str]) -> list[Named]:
        return [(self.result.name(code), self.result.url(code)) for code in sorted(codes)]

    @cached_property
    def agreed(self) -> list[Named]:
        """What each group would take by its own weights."""
        return self._named(set(self._taken[0]).intersection(*self._taken)) if self._taken else []

    @property
    def reading(self) -> str:
        """How the views are read."""
        return _(
            "Yes or no: whether the group would take it. The figure: in what share of the situations within the group’s own limits it is in the best portfolio (± standard error)."
        )

    @property
    def _taken(self) -> list[set[str]]:
        return [set(each.methods) for each in self.all]

    @cached_property
    def divided(self) -> list[Divided]:
        taken = self._taken
        if not taken:
            return []
        some, each = taken[0].union(*taken), taken[0].intersection(*taken)
        return [self._divided(code) for code in sorted(some - each)]

    def _divided(self, code: str) -> Divided:
        (named,) = self._named({code})
        return Divided(named, [each.view(code) for each in self.all], code in self.together)
