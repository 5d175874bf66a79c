"""Every word for people has its Finnish and Swedish, and the tool that says so can be trusted."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from scripts import messages

if TYPE_CHECKING:
    from pathlib import Path

PAGE = """\
{% load i18n %}
<h1>{% translate "Pilots" %}</h1>
<p>{% translate "May" context "month" %} {{ value|default:_("not known") }}</p>
{% comment %}{% translate "Nobody reads this" %}{% endcomment %}
{% blocktranslate trimmed context "share" with part=share %}
  {{ part }} of 100 %
{% endblocktranslate %}
{% blocktranslate count n=count %}{{ n }} company{% plural %}{{ n }} companies{% endblocktranslate %}
"""
CODE = """\
from django.utils.translation import gettext_lazy as _, ngettext, pgettext_lazy
SAVED = _("Saved. " "Nothing was lost.")
MAY = pgettext_lazy("month", "May")
def days(n): return ngettext("%(n)d day", "%(n)d days", n) % {"n": n}
"""
ROWS = """\
msgid,fi,sv
Pilots,Kokeilut,Försök
month>>>May,toukokuu,maj
not known,ei tiedossa,okänt
share>>>%(part)s of 100 %,%(part)s sadasta %,%(part)s av 100 %
%(n)s company|||%(n)s companies,%(n)s yritys|||%(n)s yritystä,%(n)s företag|||%(n)s företag
Saved. Nothing was lost.,Tallennettu. Mitään ei kadonnut.,Sparat. Inget gick förlorat.
%(n)d day|||%(n)d days,%(n)d päivä|||%(n)d päivää,%(n)d dag|||%(n)d dagar
"""


@pytest.fixture
def source(tmp_path: Path) -> Path:
    """A small Talkoot with one page and one module."""
    folder = tmp_path / "src" / "talkoot"
    (folder / "pilots" / "templates").mkdir(parents=True)
    (folder / "pilots" / "templates" / "page.html").write_text(PAGE)
    (folder / "pilots" / "days.py").write_text(CODE)
    return folder


def problems(source: Path, rows: str) -> list[str]:
    folder = source.parents[1] / "locale_src"
    folder.mkdir(exist_ok=True)
    (folder / "pilots.csv").write_text(rows)
    uses, in_source = messages.used(source)
    written, in_rows = messages.written(folder)
    return in_source + in_rows + messages.joined(uses, written)[1]


def test_the_house_says_everything_in_finnish_swedish_and_english() -> None:
    catalogue, found = messages.collect()
    assert found + messages.outdated(catalogue) == []


@pytest.mark.parametrize("language", messages.LANGUAGES)
def test_the_compiled_catalogue_is_that_of_the_text(language: str) -> None:
    path = messages.po_path(language)
    assert path.with_suffix(".mo").read_bytes() == messages.compiled(path)


def test_every_way_to_say_something_is_found(source: Path) -> None:
    uses, found = messages.used(source)
    assert found == []
    assert {(key.context, key.msgid, use.plural) for key, use in uses.items()} == {
        ("", "Pilots", ""),
        ("month", "May", ""),
        ("", "not known", ""),
        ("share", "%(part)s of 100 %%", ""),
        ("", "%(n)s company", "%(n)s companies"),
        ("", "Saved. Nothing was lost.", ""),
        ("", "%(n)d day", "%(n)d days"),
    }


def test_a_full_table_has_no_problems(source: Path) -> None:
    assert problems(source, ROWS) == []


@pytest.mark.parametrize(
    ("rows", "told"),
    [
        (ROWS.replace("Pilots,Kokeilut,Försök\n", ""), "src/talkoot/pilots/templates/page.html:2: 'Pilots': not translated"),
        (ROWS.replace("Försök", ""), "'Pilots': sv: not translated"),
        (ROWS + "Old words,Vanhat sanat,Gamla ord\n", "'Old words': the source says it no more"),
        (ROWS + "Pilots,Pilotit,Försök\n", "'Pilots' is translated otherwise at locale_src/pilots.csv:2"),
        (ROWS.replace("%(n)d päivää", "%(m)d päivää"), "fi: has ['%(m)d'], the message ['%(n)d']"),
        (ROWS.replace("%(n)s yritys|||%(n)s yritystä", "%(n)s yritystä"), "fi: 1 forms instead of 2"),
        (ROWS.replace("Kokeilut", "<b>Kokeilut"), "fi: tags are not those of the message"),
        (ROWS.replace("Pilots,Kokeilut", "Pilots,Kokeilut, pilotit"), "not as many cells"),
    ],
)  # fmt: skip
def test_a_fault_is_told_with_its_place(source: Path, rows: str, told: str) -> None:
    assert any(told in problem for problem in problems(source, rows)), problems(source, rows)


def test_a_room_can_ask_for_its_empty_rows(source: Path) -> None:
    uses, _ = messages.used(source)
    rows = list(messages.rows_to_fill("pilots", uses, {}))
    assert ("%(n)d day|||%(n)d days", "", "") in rows
    assert ("month>>>May", "", "") in rows
    assert list(messages.rows_to_fill("elsewhere", uses, {})) == []


def test_the_text_of_a_catalogue_does_not_depend_on_order(source: Path) -> None:
    problems(source, ROWS)
    uses, _ = messages.used(source)
    rows, _ = messages.written(source.parents[1] / "locale_src")
    catalogue, _ = messages.joined(uses, rows)
    backwards = dict(reversed(catalogue.items()))
    text = messages.po("fi", catalogue)
    assert text == messages.po("fi", backwards)
    assert 'msgid_plural "%(n)d days"\nmsgstr[0] "%(n)d päivä"' in text
    assert 'msgctxt "share"\nmsgid "%(part)s of 100 %%"\nmsgstr "%(part)s sadasta %%"' in text
