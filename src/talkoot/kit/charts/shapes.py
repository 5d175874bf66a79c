"""The few shapes that all charts are drawn of. Numbers are written with a point in every language."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from html import escape
from typing import TYPE_CHECKING

from django.utils.safestring import SafeString, mark_safe

if TYPE_CHECKING:
    from collections.abc import Iterable

    from talkoot.kit.charts.palette import Palette


@lru_cache(maxsize=4096)
@lru_cache(maxsize=8192)
def short(number: float) -> str:
    """At most two decimals, a point, no trailing zeros."""
    text = f"{number:.2f}".rstrip("0").rstrip(".")
    return "0" if text == "-0" else text


@dataclass(frozen=True, slots=True)
class Shape:
    """One SVG element: ``css`` are classes of the stylesheet, ``attrs`` its geometry, numbers and signs alone."""

    tag: str
    css: str
    attrs: tuple[tuple[str, str], ...]
    text: str = ""

    def markup(self, palette: Palette | None = None) -> str:
        """With classes for a page, or with explicit colours out of ``palette``."""
        look = {"class": _escaped(self.css)} if palette is None else palette.attributes(self._classes())
        look.update(self.attrs)
        pairs = "".join([f' {name}="{value}"' for name, value in look.items() if value])
        return (
            f"<{self.tag}{pairs}>{escape(self.text)}</{self.tag}>" if self.text else f"<{self.tag}{pairs}/>"
        )

    def _classes(self) -> str:
        return f"text {self.css}" if self.tag == "text" else self.css


@lru_cache(maxsize=512)
def _escaped(css: str) -> str:
    return escape(css)


def _geometry(**numbers: float) -> tuple[tuple[str, str], ...]:
    return tuple([(name, short(value)) for name, value in numbers.items()])


def rect(css: str, x: float, y: float, width: float, height: float) -> Shape:
    return Shape("rect", css, _geometry(x=x, y=y, width=max(width, 0), height=height))


def circle(css: str, cx: float, cy: float, r: float, stroke_width: float | None = None) -> Shape:
    thick = () if stroke_width is None else (("stroke-width", short(stroke_width)),)
    return Shape("circle", css, (*_geometry(cx=cx, cy=cy, r=r), *thick))


def path(css: str, *steps: str | float, stroke_width: float | None = None, dashes: str = "") -> Shape:
    """``path("axis", "M", 0, 10, "H", 80)``: letters and numbers in the order of a path's data."""
    written = [step if isinstance(step, str) else f"{short(step)} " for step in steps]
    data = "".join(written).replace(" M", "M").strip()
    attrs = [("d", data)]
    if stroke_width is not None:
        attrs.append(("stroke-width", short(stroke_width)))
    if dashes:
        attrs.append(("stroke-dasharray", dashes))
    return Shape("path", css, tuple(attrs))


def text(css: str, x: float, y: float, words: object) -> Shape:
    return Shape("text", css, _geometry(x=x, y=y), str(words))


@dataclass(frozen=True, slots=True)
class Drawing:
    """A whole picture. ``label`` is what a screen reader says instead of it."""

    width: float
    height: float
    shapes: tuple[Shape, ...]
    label: str
    left: float = 0
    top: float = 0
    css: str = "scales"

    @property
    def view_box(self) -> str:
        return " ".join(map(short, (self.left, self.top, self.width, self.height)))

    def svg(self) -> SafeString:
        """For a page: coloured by the stylesheet."""
        return mark_safe(  # noqa: S308 -- every text and attribute is escaped by Shape
            f'<svg viewBox="{self.view_box}" class="{self.css}" role="img" aria-label="{escape(self.label)}">'
            f"{_joined(self.shapes)}</svg>"
        )

    def standalone(self, palette: Palette) -> SafeString:
        """For paper: a file of its own with explicit colours."""
        size = f'width="{short(self.width)}" height="{short(self.height)}"'
        return mark_safe(  # noqa: S308 -- as above
            f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="{self.view_box}" {size} font-family="Manrope" '
            f'font-size="13"><title>{escape(self.label)}</title>{_joined(self.shapes, palette)}</svg>'
        )


def strip(shapes: Iterable[Shape], width: float = 100, height: float = 24, css: str = "") -> SafeString:
    """A row's picture inside a table cell; it stretches with the column and is silent: the row says it in words."""
    box = f"0 0 {short(width)} {short(height)}"
    look = f' class="{css}"' if css else ""
    return mark_safe(  # noqa: S308 -- as above
        f'<svg{look} viewBox="{box}" preserveAspectRatio="none" aria-hidden="true" focusable="false">'
        f"{_joined(shapes)}</svg>"
    )


def _joined(shapes: Iterable[Shape], palette: Palette | None = None) -> str:
    return "".join([shape.markup(palette) for shape in shapes])
