from __future__ import annotations

import re
from collections import Counter
from functools import cache
from pathlib import Path
from typing import Any

import html5lib
import pytest
from django.template import engines
from django.template.loader import render_to_string
from django.test import Client, override_settings
from django.utils import translation

import talkoot
from talkoot.kit import ui

SOURCE = Path(talkoot.__file__).parent
COMPONENTS = Path(ui.__file__).parent / "templates/ui/components"
FRAME = {
    "account",
    "foot",
    "site_nav",
    "languages",
    "brand",
    "notices",
    "page_head",
    "work_foot",
    "breadcrumbs",
}

pytestmark = pytest.mark.django_db


@cache
def _page(prefix: str) -> bytes:
    with override_settings(TALKOOT_DEMO=True):
        response = Client().get(f"/{prefix}ui/")
    assert response.status_code == 200
    return response.content


@pytest.fixture(params=["", "sv/", "en/"])
def gallery(request: pytest.FixtureRequest) -> Any:
    return html5lib.HTMLParser(strict=False, namespaceHTMLElements=False).parse(_page(request.param))


def test_the_gallery_has_one_heading_that_is_also_its_title(gallery: Any) -> None:
    (heading,) = gallery.iter("h1")
    (title,) = gallery.iter("title")
    assert title.text.startswith("".join(heading.itertext()))


def test_the_gallery_has_no_id_twice(gallery: Any) -> None:
    counted = Counter(
        node.get("id") for node in gallery.iter() if isinstance(node.tag, str) and node.get("id")
    )
    assert [name for name, times in counted.items() if times > 1] == []


def test_the_gallery_carries_no_inline_style_or_script(gallery: Any) -> None:
    for node in gallery.iter():
        if isinstance(node.tag, str):
            assert node.get("style") is None
            assert not [name for name in node.attrib if name.startswith("on")]
            assert node.tag != "style"
            assert node.tag != "script" or node.get("src")


def test_every_table_has_a_caption_and_scoped_heads(gallery: Any) -> None:
    tables = list(gallery.iter("table"))
    assert tables
    for table in tables:
        assert "".join(next(table.iter("caption")).itertext()).strip()
        assert all(head.get("scope") for head in table.iter("th"))


def test_every_picture_is_named_or_silent(gallery: Any) -> None:
    for picture in gallery.iter("svg"):
        assert picture.get("aria-label") or picture.get("aria-hidden") == "true"


def test_the_gallery_is_closed_outside_the_demo(client: Client) -> None:
    with override_settings(TALKOOT_DEMO=False, DEBUG=False):
        assert client.get("/ui/").status_code == 404


@pytest.mark.parametrize("name", sorted({path.stem for path in COMPONENTS.glob("*.html")} - FRAME))
def test_every_component_is_in_the_gallery_or_in_one_that_is(name: str) -> None:
    pages = [
        COMPONENTS.parent / "gallery.html",
        *COMPONENTS.glob("*.html"),
        *COMPONENTS.parent.glob("form/*.html"),
    ]
    assert any(f'"ui/components/{name}.html"' in page.read_text(encoding="utf-8") for page in pages)


@pytest.mark.parametrize("path", sorted(COMPONENTS.glob("*.html")), ids=lambda path: path.stem)
def test_every_component_says_what_it_needs(path: Path) -> None:
    assert path.read_text(encoding="utf-8").startswith("{# ")


def test_no_template_styles_or_scripts_inline() -> None:
    offence = re.compile(
        r"""\sstyle\s*=|<style|\son[a-z]+\s*=\s*["']|<script(?![^>]*\ssrc=)|javascript:""", re.IGNORECASE
    )
    pages = SOURCE.rglob("templates/**/*.html")
    assert [
        str(path.relative_to(SOURCE)) for path in pages if offence.search(path.read_text(encoding="utf-8"))
    ] == []


@pytest.mark.parametrize(
    ("sign", "words"),
    [("always", "Always included, proved"), ("not_stated", "Not stated"), ("", "Not calculated")],
)
def test_a_mark_is_a_sign_with_its_words(sign: str, words: str) -> None:
    with translation.override("en"):
        html = render_to_string("ui/components/mark.html", {"sign": sign})
    assert words in html
    assert 'aria-hidden="true"' in html


def test_a_hidden_figure_is_told_in_words() -> None:
    with translation.override("en"):
        html = render_to_string("ui/components/suppressed.html", {"why": "few"})
    assert "Fewer than 5 respondents, not shown" in html


def test_a_pager_keeps_the_rest_of_the_address(client: Client) -> None:
    with override_settings(TALKOOT_DEMO=True):
        html = client.get("/ui/", {"sort": "-name"}).content.decode()
    assert 'href="?sort=-name&amp;page=5"' in html


def test_what_people_write_is_escaped_in_headings_and_titles() -> None:
    page = engines["django"].from_string('{% extends "ui/bare.html" %}')
    html = page.render({"heading": "<b>Talkoot</b> & co", "languages": []})
    assert "<h1>&lt;b&gt;Talkoot&lt;/b&gt; &amp; co</h1>" in html
