"""A city's colours as a stylesheet of its own: hue, chroma and rug accents; lightness stays with the house."""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING, Protocol

from django.http import HttpResponse
from django.utils.cache import get_conditional_response

from talkoot.kit.ui import navigation

if TYPE_CHECKING:
    from django.http import HttpRequest
    from django.http.response import HttpResponseBase

PIGMENTS = ("lake", "ochre", "lingon", "spruce", "lichen", "clay")
MOST_HUE = 360
LEAST_CHROMA, MOST_CHROMA = 0.03, 0.16
YEAR = 365 * 24 * 3600


class Themed(Protocol):
    """What a theme needs of a city; it may also carry ``rug_a``, ``rug_b``, ``rug_c``, names from ``PIGMENTS``."""

    slug: str
    hue: int
    chroma: float


def theme_css(
    hue: float, chroma: float, rug_a: str = "ochre", rug_b: str = "lingon", rug_c: str = "lichen"
) -> str:
    """The one rule of a theme. Raises ValueError outside the ranges in which contrast is proved."""
    if not 0 <= hue <= MOST_HUE:
        raise ValueError(f"Hue must be 0–360, not {hue}")
    if not LEAST_CHROMA <= chroma <= MOST_CHROMA:
        raise ValueError(f"Chroma must be {LEAST_CHROMA}–{MOST_CHROMA}, not {chroma}")
    if unknown := {rug_a, rug_b, rug_c} - set(PIGMENTS):
        raise ValueError(f"Not a pigment: {', '.join(sorted(unknown))}")
    accents = "".join(
        f" --rug-{key}: var(--{name});" for key, name in zip("abc", (rug_a, rug_b, rug_c), strict=True)
    )
    return (
        f"@layer tokens {{ :root {{ --city-h: {float(hue):g}; --city-c: {float(chroma):g};{accents} }} }}\n"
    )


def css_of(city: Themed) -> str:
    """A city without rug accents of its own wears the house's."""
    accents = {key: getattr(city, key) for key in ("rug_a", "rug_b", "rug_c") if getattr(city, key, "")}
    return theme_css(city.hue, city.chroma, **accents)


def _digest(css: str) -> str:
    return hashlib.sha256(css.encode()).hexdigest()[:12]


def theme_url(city: Themed) -> str:
    """``/teema/<slug>.css?v=…``: a changed look has a new address, so a browser may keep each for a year."""
    return f"{navigation.address('theme', city.slug)}?v={_digest(css_of(city))}"


def theme_response(request: HttpRequest, city: Themed) -> HttpResponseBase:
    """The stylesheet, or 304 to a browser that has it. Kept for a year under its version, else for five minutes."""
    css = css_of(city)
    digest = _digest(css)
    response = HttpResponse(css, content_type="text/css; charset=utf-8")
    kept = f"max-age={YEAR}, immutable" if request.GET.get("v") == digest else "max-age=300"
    response["Cache-Control"] = f"public, {kept}"
    response["ETag"] = f'"{digest}"'
    return get_conditional_response(request, etag=response["ETag"], response=response) or response
