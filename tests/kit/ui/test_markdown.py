from __future__ import annotations

from talkoot.kit.ui.markdown import render


def test_an_officers_text_becomes_plain_html() -> None:
    assert render("Hei **kaikki**") == "<p>Hei <strong>kaikki</strong></p>\n"


def test_headings_start_where_the_page_lets_them() -> None:
    assert render("# Otsikko", top=3) == "<h3>Otsikko</h3>\n"


def test_script_style_and_foreign_schemes_are_dropped() -> None:
    html = render("<script>alert(1)</script>\n\n[x](javascript:alert(1))\n\n<b style='color:red'>y</b>")
    assert "<script" not in html
    assert "href" not in html
    assert "<b" not in html


def test_a_table_has_scoped_heads_and_no_inline_style() -> None:
    html = render("| a | b |\n|:-:|--:|\n| 1 | 2 |")
    assert '<th scope="col">' in html
    assert "style" not in html
