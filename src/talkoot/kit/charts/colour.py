"""OKLCH to sRGB, so that what a browser computes from the tokens can be computed without one.

Source of the matrices: Björn Ottosson, A perceptual color space for image processing (2020). Colours outside
sRGB are brought in by lowering chroma, lightness and hue kept, close to what CSS Color 4 asks of a browser.
"""

from __future__ import annotations

from math import cos, radians, sin
from typing import TypeAlias

RGB: TypeAlias = tuple[float, float, float]

_HALVINGS = 24
_SLACK = 1e-6


def _linear(lightness: float, chroma: float, hue: float) -> RGB:
    a, b = chroma * cos(radians(hue)), chroma * sin(radians(hue))
    l = (lightness + 0.3963377774 * a + 0.2158037573 * b) ** 3  # noqa: E741 -- the letters of the source
    m = (lightness - 0.1055613458 * a - 0.0638541728 * b) ** 3
    s = (lightness - 0.0894841775 * a - 1.2914855480 * b) ** 3
    return (
        4.0767416621 * l - 3.3077115913 * m + 0.2309699292 * s,
        -1.2684380046 * l + 2.6097574011 * m - 0.3413193965 * s,
        -0.0041960863 * l - 0.7034186147 * m + 1.7076147010 * s,
    )


def _fits(colour: RGB) -> bool:
    return all(-_SLACK <= part <= 1 + _SLACK for part in colour)


def linear_rgb(lightness: float, chroma: float, hue: float) -> RGB:
    """Linear light 0–1 of an OKLCH colour (lightness 0–1, chroma 0–0.4, hue in degrees), inside sRGB."""
    colour = _linear(lightness, chroma, hue)
    if _fits(colour):
        return colour
    low, high = 0.0, chroma
    for _ in range(_HALVINGS):
        middle = (low + high) / 2
        low, high = (middle, high) if _fits(_linear(lightness, middle, hue)) else (low, middle)
    red, green, blue = (min(1.0, max(0.0, part)) for part in _linear(lightness, low, hue))
    return red, green, blue


def _gamma(part: float) -> float:
    return 12.92 * part if part <= 0.0031308 else 1.055 * part ** (1 / 2.4) - 0.055  # noqa: PLR2004 -- sRGB's own


def hex_colour(lightness: float, chroma: float, hue: float) -> str:
    """``#rrggbb`` of an OKLCH colour."""
    return "#" + "".join(
        f"{round(255 * _gamma(max(0.0, part))):02x}" for part in linear_rgb(lightness, chroma, hue)
    )


def luminance(lightness: float, chroma: float, hue: float) -> float:
    """Relative luminance (WCAG 2.2) of the colour as a screen shows it, in 8 bits."""
    code = hex_colour(lightness, chroma, hue)
    parts = [int(code[i : i + 2], 16) / 255 for i in (1, 3, 5)]
    red, green, blue = (p / 12.92 if p <= 0.04045 else ((p + 0.055) / 1.055) ** 2.4 for p in parts)  # noqa: PLR2004 -- as sRGB defines it
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: float, other: float) -> float:
    """WCAG contrast ratio of two luminances."""
    return (max(one, other) + 0.05) / (min(one, other) + 0.05)
