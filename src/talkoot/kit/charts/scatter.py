"""Portfolios by work and benefit: each an interval of benefit, those over the limit hollow, the chosen one thicker."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Literal

from django.utils.translation import gettext_lazy as _

from talkoot.kit import typography
from talkoot.kit.charts.figures import BELOW, DataTable, Figure, nice_step, ticks
from talkoot.kit.charts.shapes import Drawing, path, rect, text

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from talkoot.kit.charts.rows import Words
    from talkoot.kit.charts.shapes import Shape

AT_LEAST, AT_MOST = _("At least"), _("At most")
WIDTH, HEIGHT = 640, 340
LEFT, RIGHT, TOP, BOTTOM = 48, 620, 18, 294


@dataclass(frozen=True, slots=True)
class Item:
    """``x`` (work), ``low`` and ``high`` (benefit); ``kind``: chosen, fits, over the limit or the present model."""

    label: Words
    x: float
    low: float
    high: float
    kind: Literal["chosen", "fits", "over", "present"] = "fits"


@dataclass(frozen=True)
class Scatter(Figure):
    """``limit``: (x, label) of what is available. Both heads carry their unit."""

    items: Sequence[Item] = ()
    x_head: Words = ""
    low_head: Words = AT_LEAST
    high_head: Words = AT_MOST
    most: float = 100
    limit: tuple[float, Words] | None = None

    @cached_property
    def reach(self) -> tuple[float, float]:
        """The ends of the horizontal axis, round and with air at both sides."""
        xs = [item.x for item in self.items] + ([self.limit[0]] if self.limit else [])
        if not xs:
            return 0, 1
        step = nice_step(max(xs) - min(xs) or max(xs) or 1)
        return max(0.0, (min(xs) // step - 0.5) * step), (max(xs) // step + 1) * step

    def x(self, value: float) -> float:
        low, high = self.reach
        return LEFT + (value - low) / (high - low) * (RIGHT - LEFT)

    def y(self, value: float) -> float:
        return BOTTOM - value / self.most * (BOTTOM - TOP)

    @cached_property
    def drawing(self) -> Drawing:
        shapes = (
            *self._ground(),
            *(shape for item in self.items for shape in self._item(item)),
            *self._axis(),
        )
        return Drawing(
            WIDTH,
            HEIGHT,
            shapes,
            f"{self.caption}. {BELOW}",
            css="scales narrow",
        )

    def _ground(self) -> Iterator[Shape]:
        if self.limit:
            x = self.x(self.limit[0])
            yield rect("f-linen", x, 12, RIGHT - x, BOTTOM - 12)
        for level in ticks(self.most):
            y = self.y(level)
            yield path("gridline", "M", LEFT, y, "H", RIGHT)
            yield text("end", LEFT - 8, y + 4, typography.number(level))
        yield path("axis", "M", LEFT, BOTTOM, "H", RIGHT)
        if self.limit:
            yield path("target", "M", x, 12, "V", BOTTOM)
            yield text("strong", x + 7, BOTTOM - 10, self.limit[1])

    def _item(self, item: Item) -> Iterator[Shape]:
        x, low, high = self.x(item.x), self.y(item.low), self.y(item.high)
        if item.kind == "over":
            yield rect("hollow", x - 3, high, 6, low - high)
        else:
            css, thick = {"chosen": ("s-spruce", 9), "present": ("s-ink", 6)}.get(item.kind, ("s-line", 6))
            yield path(css, "M", x, low, "V", high, stroke_width=thick)
        if item.kind == "present":
            yield text("", x + 9, (low + high) / 2 + 4, item.label)
        else:
            yield text("mid strong" if item.kind == "chosen" else "mid", x, high - 8, item.label)

    def _axis(self) -> Iterator[Shape]:
        low, high = self.reach
        step = nice_step(high - low)
        value, place = -(-low // step) * step, 0
        while value <= high:
            yield text("mid minor" if place % 2 else "mid", self.x(value), 314, typography.number(value))
            value, place = value + step, place + 1
        yield text("mid", (LEFT + RIGHT) / 2, 336, self.x_head)

    @property
    def key(self) -> Sequence[tuple[str, Words]]:
        words = {"chosen": ("f-spruce", _("Recommended")), "fits": ("f-line", _("Others that fit"))}
        words |= {"over": ("hollow", _("Does not fit")), "present": ("f-ink", _("The present model"))}
        kinds = {item.kind for item in self.items}
        return [sample for kind, sample in words.items() if kind in kinds]

    @property
    def table(self) -> DataTable:
        heads = [(_("Portfolio"), False), (self.x_head, True), (self.low_head, True), (self.high_head, True)]
        number = typography.number
        return DataTable(heads, [(i.label, number(i.x), number(i.low), number(i.high)) for i in self.items])
