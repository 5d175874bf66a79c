"""Charts that are tables: each row has its label, its picture and its figure in words."""

from __future__ import annotations

from abc import ABC, abstractmethod
from dataclasses import dataclass, field
from functools import cache, cached_property
from textwrap import wrap
from typing import TYPE_CHECKING, ClassVar, Literal

from django.utils.translation import gettext_lazy as _

from talkoot.kit.charts.shapes import Drawing, Shape, path, rect, strip, text

if TYPE_CHECKING:
    from collections.abc import Sequence

    from django.utils.functional import _StrPromise
    from django.utils.safestring import SafeString

    Words = str | _StrPromise

Pigment = Literal["", "city", "lake", "ochre", "lingon", "spruce", "lichen", "clay", "line"]
Missing = Literal["", "few", "secondary", "not_imported", "not_estimated", "not_known", "pending"]

ITEM, ESTIMATE = _("Item"), _("Estimate (95%)")
MISSING: dict[str, tuple[str, Words]] = {
    "few": ("lock", _("Fewer than 5 respondents, not shown")),
    "secondary": ("lock", _("Not shown, so that no other hidden figure can be worked out")),
    "not_imported": ("unknown", _("Not imported yet")),
    "not_estimated": ("unknown", _("Not estimated")),
    "not_known": ("unknown", _("Not known")),
    "pending": ("clock", _("Follow-up under way")),
}
LABEL, PICTURE, FIGURE, LINE = 250, 300, 130, 34  # widths and the height of a row on paper, px
HEIGHT = 24


@dataclass(frozen=True, slots=True)
class Scale:
    """From figures to a picture's width; bars start at ``low``, which is zero unless a chart says why not."""

    low: float = 0
    high: float = 100

    def x(self, value: float, width: float) -> float:
        inside = min(max(value, self.low), self.high)
        return (inside - self.low) / (self.high - self.low) * width

    def grid(self, width: float) -> Shape:
        """Lines at a quarter, a half and three quarters."""
        return _grid(width)


@cache
def _grid(width: float) -> Shape:
    steps = (step for part in (1, 2, 3) for step in ("M", part * width / 4, 0.0, "V", HEIGHT))
    return path("bar-grid", *steps)


@dataclass(frozen=True, slots=True)
class Row:
    """What a table shows of one row. ``classes``: of the table row."""

    label: Words
    words: Words
    shapes: tuple[Shape, ...] = ()
    n: str = ""
    note: Words = ""
    href: str = ""
    missing: Missing = ""
    missing_words: Words = ""
    classes: str = ""

    @property
    def svg(self) -> SafeString | str:
        return strip(self.shapes) if self.shapes else ""

    @property
    def why(self) -> Words:
        """Why there is no figure."""
        return self.missing_words or (MISSING[self.missing][1] if self.missing else "")


@dataclass(frozen=True)
class RowChart(ABC):
    """``caption`` says what the figures are a share of, ``note`` how to read them."""

    caption: Words
    note: Words = ""
    label_head: Words = ITEM
    scale_head: Words = "0–100 %"
    figure_head: Words = ESTIMATE
    n_head: Words = ""
    source: Words = ""
    scale: Scale = field(default_factory=Scale)

    template_name: ClassVar[str] = "charts/rows.html"
    css: ClassVar[str] = ""

    @abstractmethod
    def body(self, width: float) -> Sequence[Row]:
        """Rows whose pictures are ``width`` wide."""

    def sums(self, width: float) -> Sequence[Row]:
        """Rows under the line."""
        return ()

    @cached_property
    def rows(self) -> Sequence[Row]:
        return self.body(100)

    @cached_property
    def sum_rows(self) -> Sequence[Row]:
        return self.sums(100)

    @property
    def drawing(self) -> Drawing:
        """The whole table as one picture, for paper."""
        rows = [*self.body(PICTURE), *self.sums(PICTURE)]
        shapes: list[Shape] = []
        for place, row in enumerate(rows):
            shapes += _on_paper(row, place * LINE)
        label = "; ".join(f"{row.label}: {row.words or row.why}" for row in rows)
        width = LABEL + PICTURE + FIGURE
        return Drawing(width, max(len(rows), 1) * LINE, tuple(shapes), f"{self.caption}. {label}")


def _on_paper(row: Row, top: float) -> list[Shape]:
    middle = top + LINE / 2
    lines = wrap(str(row.label), 36)[:2] or [""]
    first = middle + 4.5 - 7.5 * (len(lines) - 1)
    shapes = [path("bar-grid", "M", 0.0, top + LINE, "H", float(LABEL + PICTURE + FIGURE))]
    shapes += [text("", 0, first + 15 * i, line) for i, line in enumerate(lines)]
    shapes += [_moved(shape, LABEL, middle - HEIGHT / 2) for shape in row.shapes]
    if row.missing:
        shapes.append(text("", LABEL, middle + 4.5, row.why))
    return [*shapes, text("strong end", LABEL + PICTURE + FIGURE, middle + 4.5, row.words)]


def _moved(shape: Shape, right: float, down: float) -> Shape:
    return type(shape)(shape.tag, shape.css, (*shape.attrs, ("transform", f"translate({right:g} {down:g})")))


def whisker(scale: Scale, low: float, high: float, width: float, cap: float = 4) -> tuple[Shape, Shape]:
    """An interval: an ink line with ends, and its paper halo below."""
    left, right = scale.x(low, width), scale.x(high, width)
    ends = [step for end in (left, right) for step in ("M", end, 12 - cap, "V", 12 + cap)]
    line = path("bar-ci", "M", left, 12.0, "H", right, *ends)
    return Shape(line.tag, "bar-ci halo", line.attrs), line


def bar(scale: Scale, value: float, width: float, pigment: Pigment = "") -> Shape:
    return rect(f"bar-fill p-{pigment}" if pigment else "bar-fill", 0, 5, scale.x(value, width), 14)
