"""Explicit colours for a chart outside a page: what the stylesheet says of each class, as attributes."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from talkoot.kit.charts.colour import hex_colour

if TYPE_CHECKING:
    from collections.abc import Mapping

_PIGMENTS = {
    "paper": "#ffffff",
    "sheet": "#ffffff",
    "linen": hex_colour(0.948, 0.014, 82),
    "line": hex_colour(0.875, 0.016, 80),
    "line-strong": hex_colour(0.585, 0.018, 80),
    "ink": hex_colour(0.245, 0.022, 215),
    "ink-2": hex_colour(0.430, 0.020, 215),
    "lake": hex_colour(0.500, 0.090, 240),
    "ochre": hex_colour(0.640, 0.122, 74),
    "lingon": hex_colour(0.515, 0.160, 24),
    "spruce": hex_colour(0.470, 0.082, 158),
    "spruce-soft": hex_colour(0.945, 0.028, 155),
    "lichen": hex_colour(0.635, 0.062, 128),
    "clay": hex_colour(0.580, 0.088, 48),
    "on-pigment": hex_colour(0.995, 0.003, 85),
    "on-ochre": hex_colour(0.190, 0.020, 215),
}
_NONE = {"fill": "none"}
_RULES: dict[str, dict[str, str]] = {
    "bar-fill": {"fill": "@p"},
    "bar-track": {"fill": "@linen"},
    "bar-ci": {"stroke": "@ink", "stroke-width": "2", **_NONE},
    "halo": {"stroke": "@paper", "stroke-width": "4.5"},
    "bar-grid": {"stroke": "@line"},
    "bar-ref": {"stroke": "@ink", "stroke-dasharray": "2 3"},
    "soft": {"stroke": "@line-strong"},
    "bar-unknown": {"fill": "@paper", "stroke": "@line-strong", "stroke-dasharray": "2 3"},
    "pt": {"stroke": "@p", "stroke-width": "8"},
    "w1": {"stroke-width": "6"},
    "w3": {"stroke-width": "12"},
    "diamond": {"fill": "@spruce"},
    "pred-bar": {"fill": "@spruce-soft", "stroke": "@spruce"},
    "b95": {"fill": "@p", "fill-opacity": ".22"},
    "b80": {"fill": "@p", "fill-opacity": ".4"},
    "b50": {"fill": "@p", "fill-opacity": ".75"},
    "wf-out": {"fill": "@paper", "stroke": "@line-strong"},
    "axis": {"stroke": "@line-strong"},
    "gridline": {"stroke": "@line"},
    "target": {"stroke": "@ink", "stroke-dasharray": "2 4", "stroke-width": "1.5", **_NONE},
    "series": {"stroke": "@city", "stroke-width": "3", **_NONE},
    "plan": {"stroke": "@city-mid", "stroke-width": "2", "stroke-dasharray": "7 5", **_NONE},
    "area": {"fill": "@city-soft"},
    "dot-open": {"fill": "@paper", "stroke": "@city", "stroke-width": "2.5"},
    "hollow": {"fill": "@paper", "stroke": "@line-strong"},
    "ring-bg": {"stroke": "@linen", **_NONE},
    "warp": {"stroke": "@line-strong"},
    "knot": {"stroke": "#000000", "stroke-opacity": ".24"},
    "edge": {"stroke-width": "2"},
    "f-city": {"fill": "@city-fill"},
    "f-mid": {"fill": "@city-mid"},
    "f-line": {"fill": "@line-strong"},
    "f-paper": {"fill": "@sheet"},
    "s-line": {"stroke": "@line-strong"},
    "text": {"fill": "@ink-2"},
    "strong": {"fill": "@ink", "font-weight": "700"},
    "end": {"text-anchor": "end"},
    "mid": {"text-anchor": "middle"},
    "n": {"fill": "@on-pigment", "font-weight": "700", "text-anchor": "middle", "font-size": "11.5"},
    "dark": {"fill": "@on-ochre"},
    **{f"f-{name}": {"fill": f"@{name}"} for name in ("lake", "ochre", "lingon", "spruce", "lichen", "clay")},
    **{f"f-{name}": {"fill": f"@{name}"} for name in ("ink", "linen")},
    **{f"s-{name}": {"stroke": f"@{name}"} for name in ("ink", "spruce", "ochre", "city", "sheet")},
}
_VERBS = {"v1": "lake", "v2": "ochre", "v3": "lingon", "v4": "spruce"}


@dataclass(frozen=True)
class Palette:
    """Colour names of the tokens with their hexadecimal values."""

    colours: Mapping[str, str]

    def attributes(self, css: str) -> dict[str, str]:
        """Presentation attributes of a shape with these classes; a class without a rule adds nothing."""
        words = css.split()
        pigment = next((word[2:] for word in words if word.startswith("p-")), "city-fill")
        found: dict[str, str] = {}
        for word in words:
            found |= _RULES.get(word, {})
            if word in _VERBS and "arc" in words:
                found |= {"stroke": f"@{_VERBS[word]}", **_NONE}
        return {name: self._colour(value, pigment) for name, value in found.items()}

    def _colour(self, value: str, pigment: str) -> str:
        if not value.startswith("@"):
            return value
        if value == "@p":
            return self.colours[{"line": "line-strong", "city": "city-fill"}.get(pigment, pigment)]
        return self.colours[value[1:]]


def print_palette(hue: float = 165, chroma: float = 0.085) -> Palette:
    """The light palette of a city on white paper."""
    city = {
        "city": hex_colour(0.420, chroma, hue),
        "city-fill": hex_colour(0.420, chroma, hue),
        "city-mid": hex_colour(0.560, chroma, hue),
        "city-soft": hex_colour(0.940, chroma * 0.26, hue),
    }
    return Palette({**_PIGMENTS, **city})


PRINT = print_palette()
