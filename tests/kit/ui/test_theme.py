from __future__ import annotations

from types import SimpleNamespace
from typing import Any

import pytest
from django.test import RequestFactory

from talkoot.kit.ui.theme import css_of, theme_css, theme_response, theme_url


def _city(**changes: Any) -> Any:
    return SimpleNamespace(**{"slug": "kerava", "hue": 352, "chroma": 0.125, **changes})


def test_a_theme_is_one_rule_of_hue_chroma_and_rug() -> None:
    css = theme_css(256, 0.125, "ochre", "lingon", "lichen")
    assert css.startswith("@layer tokens { :root { --city-h: 256; --city-c: 0.125; --rug-a: var(--ochre);")
    assert css.count("{") == css.count("}") == 2


@pytest.mark.parametrize(
    ("hue", "chroma", "rug"), [(361, 0.1, "ochre"), (10, 0.2, "ochre"), (10, 0.1, "url(x)")]
)
def test_a_theme_outside_the_proved_ranges_is_refused(hue: float, chroma: float, rug: str) -> None:
    with pytest.raises(ValueError, match=r"Hue|Chroma|pigment"):
        theme_css(hue, chroma, rug)


def test_a_city_without_accents_wears_the_houses() -> None:
    assert css_of(_city()) == theme_css(352, 0.125)
    assert "var(--spruce)" in css_of(_city(rug_b="spruce"))


def test_a_browser_keeps_a_theme_for_a_year_under_its_version() -> None:
    city = _city()
    versioned = theme_response(RequestFactory().get(theme_url(city)), city)
    bare = theme_response(RequestFactory().get("/teema/kerava.css"), city)
    assert "immutable" in versioned["Cache-Control"]
    assert bare["Cache-Control"] == "public, max-age=300"


def test_a_browser_that_has_the_theme_is_told_so() -> None:
    city = _city()
    first = theme_response(RequestFactory().get("/teema/kerava.css"), city)
    again = theme_response(
        RequestFactory().get("/teema/kerava.css", headers={"If-None-Match": first["ETag"]}), city
    )
    assert again.status_code == 304


def test_a_changed_look_has_a_new_address() -> None:
    assert theme_url(_city()) != theme_url(_city(hue=256))
