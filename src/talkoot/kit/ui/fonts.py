"""Takes the typeface out of the package font-manrope at set-up: ``python -m talkoot.kit.ui.fonts OUTDIR [PRINTDIR]``.

``OUTDIR/manrope.woff2`` is a subset for pages: Latin letters (Finnish, Swedish, the Sámi languages), digits and
typographic signs, weights 400–800, tabular digits kept. ``PRINTDIR`` (left out: ``OUTDIR/../../../fonts``) receives
the static weights for PDFs, which name a font by its file and so must not see the variable one.
"""

from __future__ import annotations

import argparse
import shutil
from pathlib import Path

import font_manrope
from fontTools import subset
from fontTools.ttLib import TTFont
from fontTools.varLib import instancer

PRINT_WEIGHTS = {"Regular": 400, "SemiBold": 600, "Bold": 700, "ExtraBold": 800}
SIGNS = "\u00a0\u00a7\u00ab\u00b0\u00b1\u00b2\u00b3\u00b7\u00bb\u00d7€–—‘’‚“”„…•₂₃→←↑↓−≈≠≤≥⁠✓"
RANGES = (range(0x20, 0x7F), range(0xC0, 0x180))
FEATURES = ("kern", "liga", "tnum", "locl", "mark", "mkmk", "ccmp")


def unicodes() -> list[int]:
    """Every code point the pages may set in the typeface."""
    return sorted({*(code for codes in RANGES for code in codes), *map(ord, SIGNS)})


def source(style: str) -> Path:
    """The package's file of a style: ``VariableFont_wght``, ``Regular``, …"""
    return Path(font_manrope.__file__).parent / "files" / f"Manrope-{style}.ttf"


def write_page_font(target: Path) -> Path:
    """A woff2 subset with the weight axis limited to what the stylesheet uses; returns its path."""
    font = TTFont(source("VariableFont_wght"), recalcTimestamp=False)
    options = subset.Options(
        layout_features=list(FEATURES), flavor="woff2", hinting=False, desubroutinize=True
    )
    subsetter = subset.Subsetter(options)
    subsetter.populate(unicodes=unicodes())
    subsetter.subset(font)
    instancer.instantiateVariableFont(font, {"wght": (400, 800)}, inplace=True)
    target.mkdir(parents=True, exist_ok=True)
    path = target / "manrope.woff2"
    subset.save_font(font, str(path), options)
    return path


def write_print_fonts(target: Path) -> list[Path]:
    """The static weights, copied from the package, or cut from the variable file where one is missing."""
    target.mkdir(parents=True, exist_ok=True)
    return [_print_font(style, weight, target) for style, weight in PRINT_WEIGHTS.items()]


def _print_font(style: str, weight: int, target: Path) -> Path:
    path = target / f"Manrope-{style}.ttf"
    if source(style).exists():
        shutil.copyfile(source(style), path)
        return path
    font = instancer.instantiateVariableFont(
        TTFont(source("VariableFont_wght")), {"wght": weight}, updateFontNames=True
    )
    font.save(path)
    return path


def main() -> None:
    parser = argparse.ArgumentParser(
        prog="talkoot.kit.ui.fonts", description="Cut the typeface for pages and PDFs."
    )
    parser.add_argument("outdir", type=Path)
    parser.add_argument("printdir", type=Path, nargs="?")
    arguments = parser.parse_args()
    write_page_font(arguments.outdir)
    write_print_fonts(arguments.printdir or arguments.outdir.parents[2] / "fonts")


if __name__ == "__main__":
    main()
