"""Charts as frozen data: geometry in Python, SVG and a table in templates, the same for pages and PDFs.

On a page: ``{% chart chart %}``. On paper: ``render_svg(chart, palette=PRINT)``.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

from talkoot.kit.charts.bars import Bar, Bars, Forest, Pilot, Ribbon, Ribbons, Step, Waterfall
from talkoot.kit.charts.clock import Clock, Entry
from talkoot.kit.charts.line import Line, Point
from talkoot.kit.charts.palette import PRINT, Palette, print_palette
from talkoot.kit.charts.rows import Scale
from talkoot.kit.charts.rug import Rug, Stripe, Weave
from talkoot.kit.charts.scatter import Item, Scatter

if TYPE_CHECKING:
    from talkoot.kit.charts.shapes import Drawing

__all__ = (
    "PRINT",
    "Bar",
    "Bars",
    "Clock",
    "Entry",
    "Forest",
    "Item",
    "Line",
    "Palette",
    "Pilot",
    "Point",
    "Ribbon",
    "Ribbons",
    "Rug",
    "Scale",
    "Scatter",
    "Step",
    "Stripe",
    "Waterfall",
    "Weave",
    "print_palette",
    "render_svg",
)


class Drawn(Protocol):
    """Any chart: it can be drawn as one picture."""

    @property
    def drawing(self) -> Drawing: ...


def render_svg(chart: Drawn, palette: Palette = PRINT) -> str:
    """An SVG file of its own with explicit colours, for PDFs."""
    return chart.drawing.standalone(palette)
