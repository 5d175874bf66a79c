"""The rag rug: one stripe is one commitment, its width the estimated effect; bare warp is what is still missing."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from functools import cached_property, lru_cache
from typing import TYPE_CHECKING, ClassVar

from django.utils.translation import gettext_lazy as _

from talkoot.kit import typography
from talkoot.kit.charts.figures import DataTable, Figure
from talkoot.kit.charts.shapes import Drawing, path, rect, text

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from talkoot.kit.charts.rows import Words
    from talkoot.kit.charts.shapes import Shape

WIDTH, HEIGHT, TOP, BOTTOM = 600, 560, 14, 542
LEAST = 2.0  # px, so that every commitment is seen
WEAVE_SCALE, WEAVE_LEAST, WEAVE_GAP = 2.6, 13.6, 2.0  # px a unit, thinnest stripe, gap between stripes


@dataclass(frozen=True, slots=True)
class Stripe:
    """``size``: the estimated effect or the person-days; ``colour``: city, mid or a pigment; ``group``: its theme."""

    label: Words
    size: float
    colour: str = "city"
    group: Words = ""


@dataclass(frozen=True)
class Rug(Figure):
    """``target``: how many stripes make the whole rug. The woven part is the share of them that exist."""

    stripes: Sequence[Stripe] = ()
    target: int = 0
    size_head: Words = ""

    css: ClassVar[str] = "rug"

    @property
    def edge(self) -> float:
        """Where the weaving ends, from the top."""
        share = min(len(self.stripes) / self.target, 1) if self.target else 1
        return BOTTOM - (BOTTOM - TOP) * share

    @cached_property
    def woven(self) -> list[Stripe]:
        """Stripes from the bottom up, so ordered that neighbours differ in colour as long as they can."""
        waiting: dict[str, list[Stripe]] = {}
        for stripe in self.stripes:
            waiting.setdefault(stripe.colour, []).append(stripe)
        order: list[Stripe] = []
        while any(waiting.values()):
            last = order[-1].colour if order else ""
            colour = max(waiting, key=lambda c: (bool(waiting[c]), c != last, len(waiting[c])))
            order.append(waiting[colour].pop(0))
        return order

    def heights(self) -> list[float]:
        """Heights of the woven stripes: by size, none thinner than two pixels, together the woven part."""
        height, count = BOTTOM - self.edge, len(self.stripes)
        least = min(LEAST, height / count) if count else 0
        total = sum(stripe.size for stripe in self.stripes) or 1
        return [least + stripe.size / total * (height - least * count) for stripe in self.woven]

    @cached_property
    def drawing(self) -> Drawing:
        said = _("{woven} stripes of {target} are woven. They are listed in the table below.")
        label = str(said).format(woven=len(self.stripes), target=self.target or len(self.stripes))
        shapes = (_warp(self.edge), *self._weft(), *self._edges())
        return Drawing(WIDTH, HEIGHT, shapes, f"{self.caption}. {label}")

    def _weft(self) -> Iterator[Shape]:
        y = float(BOTTOM)
        for stripe, height in zip(self.woven, self.heights(), strict=True):
            y -= height
            yield rect(f"f-{stripe.colour}", 20, y, 560, height)
            yield path("knot", "M", 20, y, "H", 580)

    def _edges(self) -> Iterator[Shape]:
        yield path("edge s-ink", "M", 12, TOP, "H", 588, dashes="2 5")
        yield path("edge s-ink", "M", 12, self.edge, "H", 588)

    @property
    def key(self) -> Sequence[tuple[str, Words]]:
        counted = Counter((stripe.colour, str(stripe.group)) for stripe in self.stripes if stripe.group)
        return [(f"f-{colour}", f"{group} {n}") for (colour, group), n in counted.most_common()]

    @property
    def table(self) -> DataTable:
        heads = [(_("Stripe"), False), (_("Theme"), False), (self.size_head, True)]
        rows = [(s.label, s.group, typography.number(s.size)) for s in self.stripes]
        return DataTable(heads, rows)


@lru_cache(maxsize=64)
def _warp(edge: float) -> Shape:
    """Threads from the top to the edge of the weaving, and below it."""
    steps: list[str | float] = []
    for x in range(24, 580, 11):
        steps += ["M", x, TOP, "V", edge, "M", x, BOTTOM, "V", HEIGHT]
    return path("warp", *steps)


@dataclass(frozen=True)
class Weave(Figure):
    """A labelled rug: one stripe is one method, its height the person-days a year."""

    stripes: Sequence[Stripe] = ()
    size_head: Words = ""

    css: ClassVar[str] = "rug"

    def heights(self) -> list[float]:
        return [max(WEAVE_LEAST, WEAVE_SCALE * stripe.size) for stripe in self.stripes]

    @cached_property
    def drawing(self) -> Drawing:
        woven = sum(self.heights()) + WEAVE_GAP * len(self.stripes)
        label = ", ".join(f"{stripe.label} {typography.number(stripe.size)}" for stripe in self.stripes)
        shapes = (*_fringe(woven), *self._weft(woven))
        return Drawing(360, woven + 44, shapes, f"{self.caption}: {label}", css="weave")

    def _weft(self, woven: float) -> Iterator[Shape]:
        y = woven + 22
        for stripe, height in zip(self.stripes, self.heights(), strict=True):
            y -= height + WEAVE_GAP
            yield rect(f"f-{stripe.colour}", 8, y, 130, height)
            yield text("", 148, y + height / 2 + 5, stripe.label)
            yield text("strong end", 356, y + height / 2 + 5, typography.number(stripe.size))

    @property
    def table(self) -> DataTable:
        rows = [(s.label, typography.number(s.size)) for s in self.stripes]
        return DataTable([(_("Method"), False), (self.size_head, True)], rows)


def _fringe(woven: float) -> Iterator[Shape]:
    steps: list[str | float] = []
    for x in range(12, 138, 9):
        steps += ["M", x, 6, "V", 22, "M", x, woven + 22, "V", woven + 38]
    yield path("warp", *steps)
