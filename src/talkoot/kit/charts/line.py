"""A figure by year: published as dots, joined only where years follow each other; plan dashed, target dotted."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Literal

from django.utils.translation import gettext_lazy as _

from talkoot.kit import typography
from talkoot.kit.charts.figures import BELOW, DataTable, Figure, ticks
from talkoot.kit.charts.shapes import Drawing, circle, path, rect, text

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from talkoot.kit.charts.rows import Words
    from talkoot.kit.charts.shapes import Shape

WIDTH, HEIGHT = 860, 350
LEFT, RIGHT, TOP, BOTTOM = 52, 836, 16, 316
YEAR_TICKS = 5
ROOM_BELOW = 36  # px from the target to the axis, so that its label fits under it, clear of the plan


@dataclass(frozen=True, slots=True)
class Point:
    """One year. ``value`` None: missing, said as ``words``. ``label`` is written beside the dot on ``side``."""

    year: int
    value: float | None
    words: Words = ""
    label: Words = ""
    computed: bool = False
    side: Literal["right", "left", "above"] = "right"
    source: Words = ""


@dataclass(frozen=True)
class Line(Figure):
    """``plan``: dashed path as (year, value); ``target``: (year, value, label), drawn as a square and a dotted level.

    The value axis starts at zero. ``first`` and ``last`` widen the years beyond the points.
    """

    unit: Words = ""
    points: Sequence[Point] = ()
    plan: Sequence[tuple[int, float]] = ()
    target: tuple[int, float, Words] | None = None
    first: int | None = None
    last: int | None = None

    @property
    def years(self) -> tuple[int, int]:
        known = [p.year for p in self.points] + [year for year, _value in self.plan]
        known += [year for year in (self.first, self.last, self.target and self.target[0]) if year]
        return min(known), max(known)

    @property
    def most(self) -> float:
        values = [p.value for p in self.points if p.value is not None] + [value for _year, value in self.plan]
        return max([*values, self.target[1] if self.target else 0], default=0)

    @cached_property
    def levels(self) -> list[float]:
        return ticks(self.most)

    def x(self, year: float) -> float:
        """A year's place; there is room for a label at each side."""
        first, last = self.years
        inset = 36
        return LEFT + inset + (year - first) / max(last - first, 1) * (RIGHT - LEFT - 2 * inset)

    def y(self, value: float) -> float:
        return BOTTOM - value / (self.levels[-1] or 1) * (BOTTOM - TOP)

    @cached_property
    def drawing(self) -> Drawing:
        shapes = (*self._grid(), *self._lines(), *self._marks(), *self._years())
        return Drawing(WIDTH, HEIGHT, shapes, f"{self.caption}. {BELOW}")

    def _grid(self) -> Iterator[Shape]:
        for place, level in enumerate(self.levels):
            y = self.y(level)
            yield path("gridline", "M", LEFT, y, "H", RIGHT)
            yield text("end minor" if place % 2 else "end", LEFT - 8, y + 4, typography.number(level))
        yield path("axis", "M", LEFT, BOTTOM, "H", RIGHT)

    def _lines(self) -> Iterator[Shape]:
        if len(self.plan) > 1:
            yield path("plan", *self._run([(year, value) for year, value in self.plan]))
        for run in self._runs():
            if len(run) > 1:
                yield path("series", *self._run(run))
        if self.target:
            yield path("target", "M", LEFT, self.y(self.target[1]), "H", RIGHT)

    def _runs(self) -> list[list[tuple[int, float]]]:
        """Published values of years without a gap between them."""
        runs: list[list[tuple[int, float]]] = []
        for point in sorted(self.points, key=lambda p: p.year):
            if point.value is None or point.computed:
                continue
            if not runs or runs[-1][-1][0] != point.year - 1:
                runs.append([])
            runs[-1].append((point.year, point.value))
        return runs

    def _run(self, run: Sequence[tuple[float, float]]) -> list[str | float]:
        steps: list[str | float] = []
        for place, (year, value) in enumerate(run):
            steps += ["L" if place else "M", self.x(year), self.y(value)]
        return steps

    def _marks(self) -> Iterator[Shape]:
        for point in self.points:
            if point.value is None:
                continue
            x, y = self.x(point.year), self.y(point.value)
            yield circle("dot-open", x, y, 6) if point.computed else circle("f-city", x, y, 5.5)
            if point.label:
                yield _label(point, x, y)
        if self.target:
            year, value, words = self.target
            x, y = self.x(year), self.y(value)
            yield rect("f-ink", x - 6, y - 6, 12, 12)
            below = BOTTOM - y > ROOM_BELOW
            yield text("strong end", x + 6, y + 26 if below else y - 12, words)

    def _years(self) -> Iterator[Shape]:
        first, last = self.years
        step = max(1, round((last - first) / YEAR_TICKS))
        if step > 3:  # noqa: PLR2004 -- fives and tens read better than fours and sevens
            step = 5 if step <= 7 else 10  # noqa: PLR2004 -- the nearer of the two
        for place, year in enumerate(range(-(-first // step) * step, last + 1, step)):
            yield text("mid minor" if place % 2 else "mid", self.x(year), 340, year)

    @property
    def table(self) -> DataTable:
        rows = [(str(p.year), self._said(p), p.source) for p in sorted(self.points, key=lambda p: p.year)]
        if self.target:
            year, value, words = self.target
            rows.append((str(year), typography.number(value), words))
        return DataTable([(_("Year"), False), (self.unit, True), (_("Source"), False)], rows)

    def _said(self, point: Point) -> Words:
        if point.words:
            return point.words
        return typography.number(point.value) if point.value is not None else _("Not imported yet")


def _label(point: Point, x: float, y: float) -> Shape:
    if point.side == "above":
        return text("strong mid", x, y - 12, point.label)
    return (
        text("strong end", x - 9, y + 5, point.label)
        if point.side == "left"
        else text("strong", x + 10, y + 5, point.label)
    )
