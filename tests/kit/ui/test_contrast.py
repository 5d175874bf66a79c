"""36 hues, 4 chromas and 43 pairs, light and dark: text keeps 4.5:1 and graphics 3:1 for every city."""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path
from typing import TypeAlias

import pytest

from talkoot.kit import ui
from talkoot.kit.charts.colour import contrast, luminance
from talkoot.kit.ui.theme import LEAST_CHROMA, MOST_CHROMA

Colour: TypeAlias = tuple[float, float, float]

TOKENS = (Path(ui.__file__).parent / "static/ui/css/tokens.css").read_text(encoding="utf-8")
HUES = range(0, 360, 10)
CHROMAS = (LEAST_CHROMA, 0.08, 0.13, MOST_CHROMA)
TEXT, GRAPHIC = 4.5, 3.0
PIGMENTS = ("lake", "ochre", "lingon", "spruce")
PAIRS = [
    *[("city", ground, TEXT) for ground in ("paper", "sheet", "linen", "city-soft")],
    *[("on-city", "city", TEXT), ("city-deep", "city-soft", TEXT), ("ink-2", "city-soft", TEXT)],
    *[("city-mid", "paper", GRAPHIC), ("city-fill", "paper", GRAPHIC)],
    *[("ink-2", "paper", TEXT), ("ink-2", "linen", TEXT)],
    *[("line-strong", "paper", GRAPHIC), ("line-strong", "sheet", GRAPHIC)],
    *[(p, ground, GRAPHIC) for p in PIGMENTS for ground in ("paper", "sheet")],
    *[(f"{p}-ink", ground, TEXT) for p in PIGMENTS for ground in ("paper", "linen", f"{p}-soft")],
    *[("ink", f"{p}-soft", TEXT) for p in PIGMENTS],
    *[("on-pigment", p, TEXT) for p in ("lake", "lingon", "spruce")],
    *[("on-ochre", "ochre", TEXT), ("clay", "paper", GRAPHIC), ("lichen", "paper", GRAPHIC)],
]


def _declared(name: str, scheme: str) -> str:
    value = re.search(rf"--{name}:\s*(.+?);", TOKENS)
    assert value, f"no token --{name}"
    colours = re.findall(r"oklch\(((?:[^()]|\((?:[^()]|\([^()]*\))*\))*)\)", value[1])
    return str(colours[-1] if scheme == "dark" else colours[0])


def _number(text: str, hue: float, chroma: float) -> float:
    """A number, a city's variable, or ``calc(variable * factor)``."""
    text = text.replace("var(--city-h)", str(hue)).replace("var(--city-c)", str(chroma))
    factors = re.findall(r"[\d.]+", text)
    product = 1.0
    for factor in factors:
        product *= float(factor)
    return product


@cache
def _luminance(name: str, scheme: str, hue: float, chroma: float) -> float:
    parts = re.findall(r"calc\((?:[^()]|\([^()]*\))*\)|var\([^)]*\)|[\d.]+", _declared(name, scheme))
    lightness, strength, angle = (_number(part, hue, chroma) for part in parts)
    return luminance(lightness, strength, angle)


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize(("front", "ground", "least"), PAIRS, ids=[f"{a} on {b}" for a, b, _ in PAIRS])
def test_contrast_holds_for_every_city(front: str, ground: str, least: float, scheme: str) -> None:
    worst = min(
        (contrast(_luminance(front, scheme, hue, c), _luminance(ground, scheme, hue, c)), hue, c)
        for hue in HUES
        for c in CHROMAS
    )
    assert worst[0] >= least, f"{worst[0]:.2f}:1 at hue {worst[1]}, chroma {worst[2]}"


def test_every_pair_of_the_look_is_measured() -> None:
    assert len(PAIRS) == 43
