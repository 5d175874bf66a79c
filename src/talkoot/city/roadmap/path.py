"""How far an indicator is on its way: arithmetic on published figures, nothing guessed."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from talkoot.kit import charts, typography

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Iterable, Sequence
    from decimal import Decimal

    from talkoot.city.roadmap.models import Indicator, Value


@dataclass(frozen=True)
class Path:
    """The newest figure against the target, in the indicator's unit. What cannot be said is None.

    `per_year`: change needed each year from the newest figure to the target year.
    `travelled`: share (0–1) of the way from the base to the target; `elapsed`: the same of the time.
    """

    latest: Value | None = None
    previous: Value | None = None
    base: Value | None = None
    target: Decimal | None = None
    target_year: int | None = None

    @property
    def change(self) -> float | None:
        """Change from the year before, in per cent; only when that year is known."""
        if self.latest is None or self.previous is None or not self.previous.value:
            return None
        return float((self.latest.value - self.previous.value) / self.previous.value) * 100

    @property
    def gap(self) -> Decimal | None:
        """What is missing from the target, without a sign."""
        return abs(self.latest.value - self.target) if self.latest and self.target is not None else None

    @property
    def years_left(self) -> int | None:
        return self.target_year - self.latest.year if self.latest and self.target_year else None

    @property
    def per_year(self) -> Decimal | None:
        years = self.years_left or 0
        return self.gap / years if self.gap is not None and years > 0 else None

    @property
    def travelled(self) -> float | None:
        if self.latest is None or self.base is None or self.target is None or self.base.value == self.target:
            return None
        return float((self.base.value - self.latest.value) / (self.base.value - self.target))

    @property
    def elapsed(self) -> float | None:
        if (
            self.latest is None
            or self.base is None
            or not self.target_year
            or self.target_year <= self.base.year
        ):
            return None
        return (self.latest.year - self.base.year) / (self.target_year - self.base.year)

    @property
    def is_late(self) -> bool | None:
        """Less of the way than of the time is behind; None when it cannot be said."""
        if self.travelled is None or self.elapsed is None:
            return None
        return self.travelled < self.elapsed


def newest(values: Iterable[Value], known_on: dt.date | None = None) -> list[Value]:
    """One value a year, the one published last (by `known_on`, if given), in the order of years."""
    by_year: dict[int, Value] = {}
    for value in sorted(values, key=_published):
        if known_on is None or value.published_on is None or value.published_on <= known_on:
            by_year[value.year] = value
    return [by_year[year] for year in sorted(by_year)]


def _published(value: Value) -> tuple[bool, object, int]:
    return (value.published_on is not None, value.published_on or value.year, value.pk)


def path_of(indicator: Indicator, values: Sequence[Value]) -> Path:
    """The path of an indicator whose `values` are one a year, in order."""
    if not values:
        return Path(target=indicator.target_value, target_year=indicator.target_year)
    latest = values[-1]
    previous = next((value for value in values if value.year == latest.year - 1), None)
    base = next((value for value in values if value.year == indicator.base_year), values[0])
    return Path(
        latest=latest,
        previous=previous,
        base=base if base is not latest else None,
        target=indicator.target_value,
        target_year=indicator.target_year,
    )


def chart_of(indicator: Indicator, values: Sequence[Value], words: dict[str, str]) -> charts.Line:
    """The path as a picture. `words`: caption, note, source, missing, target."""
    path = path_of(indicator, values)
    plan: tuple[tuple[int, float], ...] = ()
    target = None
    if path.target is not None and path.target_year and path.latest:
        plan = ((path.latest.year, float(path.latest.value)), (path.target_year, float(path.target)))
        target = (path.target_year, float(path.target), words["target"])
    return charts.Line(
        caption=words["caption"],
        note=words["note"],
        source=words["source"],
        unit=indicator.unit,
        points=[*_points(values), *_gaps(values, words["missing"])],
        plan=plan,
        target=target,
    )


def _points(values: Sequence[Value]) -> list[charts.Point]:
    last = len(values) - 1
    return [
        charts.Point(
            value.year,
            float(value.value),
            words=said(value),
            label=f"{said(value)} ({value.year})" if place == last else said(value) if value.estimate else "",
            computed=value.estimate,
            source=value.source,
        )
        for place, value in enumerate(values)
    ]


def said(value: Value) -> str:
    """The figure as people read it; what is worked out carries ≈."""
    return f"≈{typography.number(value.value)}" if value.estimate else typography.number(value.value)


def _gaps(values: Sequence[Value], missing: str) -> list[charts.Point]:
    """Years between measured figures for which nothing has been imported."""
    measured = [value.year for value in values if not value.estimate]
    known = set(measured)
    years = range(min(known), max(known)) if known else ()
    return [charts.Point(year, None, words=missing) for year in years if year not in known]
