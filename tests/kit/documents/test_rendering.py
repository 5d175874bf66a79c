"""A document is accessible, in its own typeface, and the same to the byte when made again."""

from __future__ import annotations

import datetime as dt
import subprocess
import sys
from io import BytesIO
from typing import TYPE_CHECKING, Any

import pikepdf
import pytest

from talkoot.kit.documents import DocumentFault, render

if TYPE_CHECKING:
    from collections.abc import Iterator

HEAD = '#import "base.typ": *\n#show: sheet\n'
WHOLE = (
    HEAD
    + """
= Keinot
#facts((("Yksikkö", "Elinvoima"), ("Työmäärä", none)))
#ledger(caption: "Keinot", head: ("Keino", "htp"), rows: data.rows, numeric: (1,))
#picture("ring.svg", alt: "Vuosikello: kolme tehtävää", caption: "Vuosikello")
"""
)
RING = b'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 9 9"><circle cx="4" cy="4" r="3"/></svg>'
DATA: dict[str, Any] = {
    "title": "Järvenpään toimintamalli",
    "city": "Järvenpää",
    "hue": 195,
    "decided": dt.date(2026, 11, 24),
    "rows": [["M01 CO₂e", 4], ["M02", None]],
    "images": {"ring.svg": RING},
}


def opened(content: bytes) -> pikepdf.Pdf:
    return pikepdf.open(BytesIO(content))


def dictionaries(pdf: pikepdf.Pdf) -> Iterator[pikepdf.Dictionary]:
    return (thing for thing in pdf.objects if isinstance(thing, pikepdf.Dictionary))


def roles(pdf: pikepdf.Pdf) -> list[str]:
    return [str(thing.S) for thing in dictionaries(pdf) if thing.get("/Type") == "/StructElem"]


def test_a_document_is_tagged_titled_and_in_its_language() -> None:
    pdf = opened(render(WHOLE, DATA, "fi"))
    assert pdf.Root.MarkInfo.Marked
    assert str(pdf.Root.Lang).startswith("fi")
    assert pdf.Root.ViewerPreferences.DisplayDocTitle
    assert str(pdf.docinfo.Title) == "Järvenpään toimintamalli"
    with pdf.open_metadata() as metadata:
        assert metadata["pdfuaid:part"] == "1"


def test_tables_have_header_cells_and_pictures_their_text() -> None:
    pdf = opened(render(WHOLE, DATA, "fi"))
    found = roles(pdf)
    assert found.count("/TH") == 2
    assert found.count("/TD") == 4
    assert "/H1" in found
    assert "Vuosikello: kolme tehtävää" in {str(thing.Alt) for thing in dictionaries(pdf) if "/Alt" in thing}


def test_a_picture_without_text_is_refused() -> None:
    with pytest.raises(DocumentFault, match="alt"):
        render(HEAD + '#picture("ring.svg")', DATA, "fi")


def test_a_document_without_a_title_is_refused() -> None:
    with pytest.raises(DocumentFault, match="title"):
        render(HEAD, {}, "fi")


def test_only_our_own_typeface_is_used() -> None:
    pdf = opened(render(WHOLE, DATA, "fi"))
    fonts = {str(thing.FontName).split("+")[1] for thing in dictionaries(pdf) if "/FontName" in thing}
    assert fonts == {"Manrope-Regular", "Manrope-Bold", "Manrope-ExtraBold"}


def test_an_unknown_typeface_is_refused() -> None:
    with pytest.raises(DocumentFault, match="unknown font"):
        render(HEAD + '#set text(font: "No Such Face")\nx', DATA, "fi")


def test_the_same_data_give_the_same_bytes() -> None:
    turned = dict(reversed(DATA.items()))
    assert render(WHOLE, DATA, "fi") == render(WHOLE, turned, "fi")


def test_the_time_of_making_is_what_the_caller_says() -> None:
    made = dt.datetime(2026, 11, 24, 8, tzinfo=dt.UTC)
    assert "20261124080000" in str(opened(render(WHOLE, DATA, "fi", made=made)).docinfo.CreationDate)


def test_the_demo_says_so_on_paper(settings: Any) -> None:
    settings.TALKOOT_DEMO = False
    plain = render(WHOLE, DATA, "sv")
    settings.TALKOOT_DEMO = True
    assert len(render(WHOLE, DATA, "sv")) > len(plain)


@pytest.mark.slow
def test_a_web_process_does_not_carry_typst() -> None:
    code = "import sys, django; django.setup(); import talkoot.config.urls; print('typst' in sys.modules)"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "False"


def test_a_character_that_the_typeface_lacks_does_not_cost_the_document() -> None:
    rows = [
        ["Hyvä 😀 ❤\ufe0f 漢字 e\u0301 ÅÄÖ–”’−₂ \u00a0\u202f\u00ad\u200b\u2060 <script>", 4],
        ["=1+1\n\t#x $y$ \\", None],
    ]
    assert opened(render(WHOLE, DATA | {"rows": rows, "title": "Malli 😀"}, "fi")).pages
