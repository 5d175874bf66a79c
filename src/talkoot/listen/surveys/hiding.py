"""Which groups are hidden, so that neither a city nor a size class shows fewer than five who answered."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Literal

from talkoot.analysis.survey.suppression import THRESHOLD, TOTAL, Protection, protect_groups, protect_table
from talkoot.listen.surveys.sample import answered
from talkoot.listen.surveys.sizes import COARSE, FINE, Group

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from talkoot.listen.surveys.sample import Respondent, Sample

Why = Literal["", "few", "secondary"]


@dataclass(frozen=True)
class Hidden:
    """Of one question in one view (a city, or all of them): why the whole, and each of its groups, is hidden."""

    whole: Why
    groups: dict[Group, Why]

    @property
    def anything(self) -> bool:
        return bool(self.whole) or any(self.groups.values())


def plan(sample: Sample, cities: Sequence[int]) -> dict[tuple[str, int | None], Hidden]:
    """{(question, city or None for all): what is hidden}; a round of one city has only the whole."""
    hidden: dict[tuple[str, int | None], Hidden] = {}
    for question in sample.questions:
        code = question.code
        hidden[code, None] = _alone(answered(sample.counted, code))
        if len(cities) > 1:
            by_city = [answered(sample.within(city), code) for city in cities]
            hidden |= {
                (code, view): found for view, found in _together(hidden[code, None], cities, by_city).items()
            }
    return hidden


def counts(respondents: Sequence[Respondent], groups: Sequence[Group]) -> list[int]:
    """How many of known size in each group."""
    by_size = Counter(one.size for one in respondents)
    return [sum(by_size[size] for size in group.classes) for group in groups]


def _grouping(views: Sequence[Sequence[Respondent]]) -> tuple[Group, ...]:
    """Every class by itself, or the two largest as one where a class is too small in some view."""
    small = any(0 < n < THRESHOLD for rows in views for n in counts(rows, FINE))
    return COARSE if small else FINE


def _alone(rows: Sequence[Respondent]) -> Hidden:
    groups = _grouping([rows])
    if 0 < len(rows) < THRESHOLD:
        return Hidden("few", dict.fromkeys(groups, "few"))
    found = protect_groups({group.key: n for group, n in zip(groups, counts(rows, groups), strict=True)})
    return Hidden("" if found.protected else "secondary", {group: _why(found, group.key) for group in groups})


def _together(
    whole: Hidden, cities: Sequence[int], by_city: Sequence[Sequence[Respondent]]
) -> dict[int | None, Hidden]:
    """Cities by sizes with all the sums, so that no view gives away what another hides.

    The whole shows finer groups than the cities only where each of them is large enough, so that its sums are
    those of the table.
    """
    groups = _grouping(by_city)
    found = protect_table([counts(rows, groups) for rows in by_city])
    if not found.protected:
        nothing = Hidden("secondary", dict.fromkeys(groups, "secondary"))
        return {None: whole, **dict.fromkeys(cities, nothing)}
    sums = {size: _why(found, (TOTAL, c)) for c, group in enumerate(groups) for size in group.classes}
    both = {group: why or _first(sums[size] for size in group.classes) for group, why in whole.groups.items()}
    views: dict[int | None, Hidden] = {None: Hidden(whole.whole, both)}
    for r, city in enumerate(cities):
        cells = {group: _why(found, (r, c)) for c, group in enumerate(groups)}
        views[city] = Hidden(_why(found, (r, TOTAL)), cells)
    return views


def _first(reasons: Iterable[Why]) -> Why:
    return next(filter(None, reasons), "")


def _why(found: Protection[Any], key: object) -> Why:
    if key in found.primary:
        return "few"
    return "secondary" if key in found.secondary else ""
