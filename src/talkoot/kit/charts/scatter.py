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
SAID: dict[str, Words] = {"chosen": _("recommended"), "over": _("does not fit")}
WIDTH, HEIGHT = 640, 340
LEFT, RIGHT, TOP, BOTTOM = 48, 620, 18, 294
APART = 11  # between the middles of two marks, so that neither hides the other
LETTER, LIFT = 15, 22  # a label's width a letter and its height where the container is narrow
ZONE = 0.24  # the least share of the width for what is over the limit: its label needs room


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
    """``limit``: (x, label) of what is available. Both heads carry their unit.

    The benefit reaches from zero to ``most``, or to the highest of the items. Marks that would hide each other stand
    side by side, each on its own side of the limit; the table has their figures.
    """

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
        low, high = max(0.0, (min(xs) // step - 0.5) * step), (max(xs) // step + 1) * step
        while self.limit and high - self.limit[0] < ZONE * (high - low):
            high += step / 2
        return low, high

    @cached_property
    def levels(self) -> list[float]:
        return ticks(max([self.most, *(item.high for item in self.items)]))

    def x(self, value: float) -> float:
        low, high = self.reach
        return LEFT + (value - low) / (high - low) * (RIGHT - LEFT)

    def y(self, value: float) -> float:
        return BOTTOM - value / (self.levels[-1] or 1) * (BOTTOM - TOP)

    @cached_property
    def places(self) -> list[float]:
        """Where each item is drawn: at its work, or just beside a mark that would hide it."""
        edge = self.x(self.limit[0]) if self.limit else None
        order = sorted(range(len(self.items)), key=lambda i: (self.items[i].x, i))
        over = [i for i in order if self.items[i].kind == "over"]
        left = [i for i in reversed(order) if i not in over]
        found: dict[int, float] = {}
        for indices, away, side in ((left, -APART, min), (over, APART, max)):
            for i in indices:
                free = [self.x(self.items[i].x)] + ([edge + away * 0.7] if edge is not None else [])
                free += [found[j] + away for j in indices[: indices.index(i)] if self._overlap(i, j)]
                found[i] = side(free)
        return [found[i] for i in range(len(self.items))]

    def _overlap(self, i: int, j: int) -> bool:
        one, other = self.items[i], self.items[j]
        return one.low <= other.high and other.low <= one.high

    @cached_property
    def drawing(self) -> Drawing:
        shapes = (*self._ground(), *self._marks(), *self._labels(), *self._axis())
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
        for level in self.levels:
            y = self.y(level)
            yield path("gridline", "M", LEFT, y, "H", RIGHT)
            yield text("end", LEFT - 8, y + 4, typography.number(level))
        yield path("axis", "M", LEFT, BOTTOM, "H", RIGHT)
        if self.limit:
            yield path("target", "M", x, 12, "V", BOTTOM)
            yield text("strong", x + 7, BOTTOM - 10, self.limit[1])

    def _marks(self) -> Iterator[Shape]:
        for item, x in zip(self.items, self.places, strict=True):
            low, high = self.y(item.low), self.y(item.high)
            if item.kind == "over":
                yield rect("hollow", x - 3, high, 6, low - high)
            elif item.kind == "present":
                yield path("s-ink", "M", x, low, "V", high, stroke_width=6, dashes="5 3")
            else:
                css, thick = ("s-spruce", 9) if item.kind == "chosen" else ("s-line", 6)
                yield path(css, "M", x, low, "V", high, stroke_width=thick)

    def _labels(self) -> Iterator[Shape]:
        """Above its mark, and above the label of a neighbour that would cover it; the present model's beside it."""
        taken: list[tuple[float, float, float]] = []
        for item, x in sorted(zip(self.items, self.places, strict=True), key=lambda placed: placed[1]):
            if item.kind == "present":
                middle = (self.y(item.low) + self.y(item.high)) / 2 + 4
                room = x + 9 + LETTER * len(str(item.label)) < RIGHT
                yield text("" if room else "end", x + 9 if room else x - 9, middle, item.label)
                continue
            half, y = LETTER * len(str(item.label)) / 2, self.y(item.high) - 8
            while any(abs(x - at) < half + wide and abs(y - level) < LIFT for at, level, wide in taken):
                y -= LIFT
            taken.append((x, y, half))
            yield text("mid strong" if item.kind == "chosen" else "mid", x, y, item.label)

    def _axis(self) -> Iterator[Shape]:
        low, high = self.reach
        step = nice_step(high - low)
        value, place = -(-low // step) * step, 0
        while value <= high:
            x, minor = self.x(value), " minor" if place % 2 else ""
            last = x > RIGHT - LIFT
            yield text(
                f"end{minor}" if last else f"mid{minor}", RIGHT if last else x, 314, typography.number(value)
            )
            value, place = value + step, place + 1
        yield text("mid", (LEFT + RIGHT) / 2, 336, self.x_head)

    @property
    def key(self) -> Sequence[tuple[str, Words]]:
        """The present model is named beside its mark."""
        words = {"chosen": ("f-spruce", _("Recommended")), "fits": ("f-line", _("Others that fit"))}
        words |= {"over": ("hollow", _("Does not fit"))}
        kinds = {item.kind for item in self.items}
        return [sample for kind, sample in words.items() if kind in kinds]

    @property
    def table(self) -> DataTable:
        heads = [(_("Portfolio"), False), (self.x_head, True), (self.low_head, True), (self.high_head, True)]
        number = typography.number
        return DataTable(heads, [(_named(i), number(i.x), number(i.low), number(i.high)) for i in self.items])


def _named(item: Item) -> Words:
    """The label, and in words what the colour says."""
    return f"{item.label} ({SAID[item.kind]})" if item.kind in SAID else item.label
