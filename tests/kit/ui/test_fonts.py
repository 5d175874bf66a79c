from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from fontTools.ttLib import TTFont

from talkoot.kit.ui import fonts

if TYPE_CHECKING:
    from pathlib import Path


@pytest.fixture(scope="module")
def page_font(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return fonts.write_page_font(tmp_path_factory.mktemp("fonts"))


@pytest.mark.slow
def test_the_page_font_is_light_and_writes_three_languages(page_font: Path) -> None:
    letters = TTFont(page_font).getBestCmap()
    assert page_font.stat().st_size < 32_000
    assert {ord(sign) for sign in "aäöåÄÖÅšžéŋ0123456789−–”’…€§±×→₂\u00a0"} <= set(letters)


@pytest.mark.slow
def test_the_page_font_carries_every_weight_the_stylesheet_uses(page_font: Path) -> None:
    (axis,) = TTFont(page_font)["fvar"].axes
    assert (axis.axisTag, axis.minValue, axis.maxValue) == ("wght", 400, 800)


def test_the_print_fonts_are_static_and_named_by_weight(tmp_path: Path) -> None:
    written = fonts.write_print_fonts(tmp_path)
    assert [path.name for path in written] == [f"Manrope-{style}.ttf" for style in fonts.PRINT_WEIGHTS]
    assert not any("fvar" in TTFont(path) for path in written)
