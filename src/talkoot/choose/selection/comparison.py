"""Two runs of a city side by side: what differs in the question and in the answer."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from talkoot.choose.selection import asked, grounds
from talkoot.choose.selection.plan import Plan
from talkoot.choose.selection.results import Result
from talkoot.kit import typography

if TYPE_CHECKING:
    from collections.abc import Iterator

    from talkoot.choose.selection.models import Run
    from talkoot.choose.selection.results import Row

LARGE = 10  # percentage points of a share that are told as a difference


@dataclass(frozen=True)
class Line:
    """One thing in both runs, in words."""

    label: str
    first: str
    second: str


@dataclass(frozen=True)
class Method:
    """A method and how often it is chosen in each run; "–" where it was not counted."""

    name: str
    url: str
    first: str
    second: str
    change: str


class Comparison:
    """Of two runs that are done, the earlier first."""

    def __init__(self, first: Run, second: Run) -> None:
        self.runs = first, second
        self.first, self.second = Result(first), Result(second)

    @cached_property
    def question(self) -> list[Line]:
        """What was asked differently, and what was known on another day."""
        return [line for line in self._question() if line.first != line.second]

    def _question(self) -> Iterator[Line]:
        both = [dict(asked.asked(run)) for run in self.runs]
        for label in dict.fromkeys([*both[0], *both[1]]):
            yield Line(label, *(each.get(label, typography.DASH) for each in both))
        scenarios = [", ".join(result.scenario_names.values()) for result in (self.first, self.second)]
        yield Line(_("Scenarios"), *(text or typography.DASH for text in scenarios))
        yield Line(_("Evidence known on"), *(typography.date(run.created_at) for run in self.runs))
        known = [dict(grounds.counted(run)) for run in self.runs]
        for label in dict.fromkeys([*known[0], *known[1]]):
            yield Line(label, *(each.get(label, typography.DASH) for each in known))
        yield Line(
            _("Groups that weigh otherwise"), typography.DASH, ", ".join(self.groups) or typography.DASH
        )
        yield Line(_("Methods whose estimates differ"), typography.DASH, self._changed_scores())

    def _changed_scores(self) -> str:
        """How many methods were known otherwise in the second run."""
        facts = [run.facts for run in self.runs]
        keys = ("scores", "days", "left_out")
        changed = [
            code
            for code in sorted(set(facts[0]) & set(facts[1]))
            if any(facts[0][code][key] != facts[1][code][key] for key in keys)
        ]
        return typography.number(len(changed)) if changed else typography.DASH

    @cached_property
    def answer(self) -> list[Line]:
        """The figures of both, whether they differ or not."""
        results = self.first, self.second
        number = typography.number
        return [
            Line(_("Methods recommended"), *(number(len(r.recommended)) for r in results)),
            Line(_("Person-days a year"), *(number(r.days_used, 0) for r in results)),
            Line(_("Benefit"), *(typography.span(r.value_low, r.value_high, 0) for r in results)),
            Line(_("Greatest possible loss"), *(number(r.max_regret, 0) for r in results)),
        ]

    @cached_property
    def entered(self) -> list[tuple[str, str]]:
        """Recommended in the second run only."""
        return self._only(self.second, self.first)

    @cached_property
    def left(self) -> list[tuple[str, str]]:
        """Recommended in the first run only."""
        return self._only(self.first, self.second)

    def _only(self, one: Result, other: Result) -> list[tuple[str, str]]:
        return [(one.name(code), one.url(code)) for code in one.recommended if code not in other.recommended]

    @cached_property
    def shares(self) -> list[Method]:
        """Methods whose share differs by ten percentage points or more, the greatest difference first."""
        rows: list[dict[str, Row]] = [{row.code: row for row in r.rows} for r in (self.first, self.second)]
        found: list[tuple[float, Method]] = []
        for code in sorted(set(rows[0]) | set(rows[1])):
            each = [of.get(code) for of in rows]
            known = [row.share for row in each if row]
            away = abs(known[0] - known[1]) if len(known) > 1 else 100.0
            if away >= LARGE:
                found.append((away, self._method(each[0], each[1])))
        return [method for _away, method in sorted(found, key=lambda item: -item[0])]

    def _method(self, first: Row | None, second: Row | None) -> Method:
        texts = [each.share_text if each else _("Not counted") for each in (first, second)]
        change, known = typography.DASH, first or second
        if first and second:
            plus = "+" if second.share > first.share else ""
            change = f"{plus}{typography.number(second.share - first.share, 0)}"
        name, url = (known.name, known.url) if known else ("", "")
        return Method(name, url, first=texts[0], second=texts[1], change=change)

    @cached_property
    def groups(self) -> list[str]:
        """Groups whose weights changed between the runs."""
        people = [{group.id: group for group in Plan.from_json(run.plan).people} for run in self.runs]
        return [
            asked.named(group)
            for key, group in people[1].items()
            if key in people[0] and people[0][key].weighing != group.weighing
        ]
