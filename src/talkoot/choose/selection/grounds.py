"""What the scores of a run rest on: what was thought before, what was measured and when, and what follows of both.

All of it is what the run kept; nothing is read anew.
"""

from __future__ import annotations

import datetime as dt
from collections import Counter
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop, ngettext

from talkoot.choose.selection.capacity import EFFORT
from talkoot.choose.selection.criteria import CODES, CRITERIA
from talkoot.kit import typography
from talkoot.kit.ui.writing import escaped, written

if TYPE_CHECKING:
    from django.utils.safestring import SafeString

    from talkoot.choose.selection.models import Run
    from talkoot.choose.selection.results import Result

LIBRARY = gettext_noop("National assessment of 2022")
KINDS = {
    "library": LIBRARY,
    "city": gettext_noop("The city’s own estimate"),
    "pilots": gettext_noop("Pilots that have ended"),
    "demand": gettext_noop("Survey of companies"),
    "unknown": gettext_noop("Demand not known: any value from 0 to 100"),
}
PLACES = {"pilots": "#pilots", "demand": "#demand", "city": ""}
"""Where on the page of a method the evidence is shown."""
OWN = ("pilots", "demand", "city")
REACH = 1.96  # standard deviations to each end of the central 95 %


@dataclass(frozen=True)
class Ground:
    """One score that rests on evidence of its own, in words; points are 0–100 of the criterion."""

    method: str
    method_url: str
    criterion: str
    kind: str
    url: str
    source: str
    day: str
    prior: str
    data: str
    weight: str
    estimate: str


class Grounds:
    """Of one run."""

    def __init__(self, result: Result) -> None:
        self.result = result
        self.facts: dict[str, dict[str, Any]] = result.run.facts

    @cached_property
    def own(self) -> list[Ground]:
        """Scores of counted methods with evidence of their own, by method."""
        return [
            self._ground(code, criterion, fact["scores"][criterion])
            for code, fact in sorted(self.facts.items())
            for criterion in CODES
            if fact["scores"][criterion]["from"] in OWN and not fact["left_out"]
        ]

    def _ground(self, code: str, criterion: str, score: dict[str, Any]) -> Ground:
        detail, kind, estimate = score.get("detail", {}), score["from"], _estimate(score["score"])
        prior = detail.get("prior")
        return Ground(
            method=self.result.name(code),
            method_url=self.result.url(code),
            criterion=self.criteria[criterion],
            kind=_(KINDS[kind]),
            url=self.result.url(code) + PLACES[kind],
            source=_source(score),
            day=day(score),
            prior=_span(prior) if prior else typography.DASH,
            data=_normal(detail["data"]) if detail.get("data") else estimate if detail else typography.DASH,
            weight=typography.percent(100 * detail.get("data_weight", 1), 0) if detail else typography.DASH,
            estimate=estimate,
        )

    @cached_property
    def criteria(self) -> dict[str, str]:
        return {criterion.code: criterion.named for criterion in CRITERIA}

    @property
    def body(self) -> SafeString:
        """Every method of the run as a row of a table: its scores in the order of the criteria, and its effort."""
        return written(*(self._row(code, fact) for code, fact in sorted(self.facts.items())))

    def _row(self, code: str, fact: dict[str, Any]) -> str:
        effort = typography.missing() if fact["days"] is None else _span(fact["days"])
        scores = {c: _estimate(fact["scores"][c]["score"]) for c in CODES}
        link = f'<a href="{escaped(self.result.url(code))}">{escaped(self.result.name(code))}</a>'
        told = "".join(
            f'<td data-l="{self.labels[c]}" class="num">{escaped(text)}</td>' for c, text in scores.items()
        )
        own = f'<br><span class="small muted">{self.labels["own"]}</span>' if fact["effort_own"] else ""
        told += (
            f'<td data-l="{self.labels[""]}" class="num">'
            f'<a href="{escaped(self.result.url(code))}{EFFORT}">{escaped(effort)}</a>{own}</td>'
        )
        return f'<tr id="{escaped(code)}"><th scope="row">{link}</th>{told}</tr>'

    @cached_property
    def labels(self) -> dict[str, str]:
        """Of the columns, escaped; that of the effort under "", and what is said of an effort of the city's own."""
        return {code: escaped(text) for code, text in self.criteria.items()} | {
            "": escaped(_("Effort, person-days a year")),
            "own": escaped(_(KINDS["city"])),
        }


def counted(run: Run) -> list[tuple[str, str]]:
    """By kind of evidence how many of the counted methods it speaks of, and from when it is."""
    facts = [fact for fact in run.facts.values() if not fact["left_out"]]
    methods: Counter[str] = Counter()
    days: dict[str, set[str]] = {}
    for fact in facts:
        methods.update({score["from"] for score in fact["scores"].values()})
        for score in fact["scores"].values():
            days.setdefault(score["from"], set()).update(_days(score))
    return [
        (_(words), _count(methods[kind], len(facts), sorted(days[kind])))
        for kind, words in KINDS.items()
        if kind in methods
    ] or [(_(LIBRARY), typography.DASH)]


def _count(n: int, of: int, days: list[str]) -> str:
    text = _("{n} of {all} methods").format(n=typography.number(n), all=typography.number(of))
    if not days:
        return text
    return _("{text}, data of {days}").format(text=text, days=_between(days[0], days[-1]))


def day(score: dict[str, Any]) -> str:
    """When the evidence of a score ended, from the first day to the last; a dash where no day is kept."""
    days = _days(score)
    return _between(days[0], days[-1]) if days else typography.DASH


def _days(score: dict[str, Any]) -> list[str]:
    return sorted(score.get("detail", {}).get("ended", []))


def _between(first: str, last: str) -> str:
    ends = [typography.date(dt.date.fromisoformat(each)) for each in dict.fromkeys((first, last))]
    return f" {typography.DASH} ".join(ends)


def _source(score: dict[str, Any]) -> str:
    """How much was measured, or the city's own reason."""
    detail = score.get("detail", {})
    if score["from"] == "pilots":
        text = ngettext(
            "{k} pilot: {events} of {n} companies reached the goal",
            "{k} pilots: {events} of {n} companies reached the goal",
            detail["k"],
        )
        return text.format(**{name: typography.number(detail[name]) for name in ("k", "events", "n")})
    if score["from"] == "demand":
        share = detail["share"]
        ends = (100 * share[name] for name in ("estimate", "low", "high"))
        text = ngettext(
            "{share} of the target group, {n} answer", "{share} of the target group, {n} answers", share["n"]
        )
        return text.format(share=typography.estimate(*ends), n=typography.number(share["n"]))
    return str(score.get("reason", ""))


def _span(ends: list[float]) -> str:
    return typography.span(ends[0], ends[1], 0)


def _normal(normal: dict[str, Any]) -> str:
    mean, reach = normal["mean"], REACH * normal["sd"]
    span = typography.span(mean - reach, mean + reach, 0)
    return f"{typography.number(mean, 0)} ({span})"


def _estimate(score: Any) -> str:
    """A number, the ends of an interval, or a mean with its central 95 %."""
    if isinstance(score, dict):
        return _normal(score)
    return _span(score) if isinstance(score, list) else typography.number(score, 0)
