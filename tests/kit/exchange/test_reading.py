"""Whatever a spreadsheet program saves is read; what cannot be read is said in one sentence."""

from __future__ import annotations

import csv
import datetime as dt
import json
from io import BytesIO, StringIO
from typing import TYPE_CHECKING, Any

import openpyxl
import pytest
from django.utils.translation import override
from hypothesis import given
from hypothesis import strategies as st

from talkoot.kit.crud.export import defused
from talkoot.kit.exchange import Unreadable, read, yaml_file
from talkoot.kit.exchange.reading import Row

if TYPE_CHECKING:
    from pathlib import Path

TABLE = "nimi;henkilöstö\nLeipomo Ää;12\nVerstas;3\n"
ROWS = [{"nimi": "Leipomo Ää", "henkilöstö": "12"}, {"nimi": "Verstas", "henkilöstö": "3"}]


def cells(content: bytes) -> list[dict[str, object]]:
    return [row.cells for row in read(content)]


def workbook(*lines: list[object]) -> bytes:
    book = openpyxl.Workbook()
    sheet: Any = book.active
    for line in lines:
        sheet.append(line)
    out = BytesIO()
    book.save(out)
    return out.getvalue()


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "latin-1", "cp1252", "utf-16"])
@pytest.mark.parametrize("delimiter", [";", ",", "\t"])
def test_csv_of_every_usual_encoding_and_delimiter(encoding: str, delimiter: str) -> None:
    assert cells(TABLE.replace(";", delimiter).encode(encoding)) == ROWS


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_csv_of_every_line_end(end: str) -> None:
    assert cells(TABLE.replace("\n", end).encode()) == ROWS


def test_a_cell_may_hold_lines_and_the_next_row_knows_its_line() -> None:
    rows = list(read(b'nimi;teksti\nA;"yksi\nkaksi"\nB;x\n'))
    assert [(row.line, row.cells["teksti"]) for row in rows] == [(2, "yksi\nkaksi"), (4, "x")]


def test_empty_lines_are_passed_over_and_counted() -> None:
    assert [row.line for row in read(b"nimi\n\nA\n\n\nB\n")] == [3, 6]


def test_cells_without_a_heading_are_surplus() -> None:
    assert list(read(b"a;b\n1;2;3\n")) == [Row(2, {"a": "1", "b": "2"}, ["3"])]


def test_xlsx_keeps_numbers_and_days() -> None:
    content = workbook(["nimi", "määrä", "päivä"], ["Ä", 12.0, dt.datetime(2026, 12, 3)], [None, 2.5, None])  # noqa: DTZ001 -- as a spreadsheet has it
    assert cells(content) == [
        {"nimi": "Ä", "määrä": 12, "päivä": dt.date(2026, 12, 3)},
        {"nimi": "", "määrä": 2.5, "päivä": ""},
    ]


def test_json_is_a_list_or_an_object_with_one_list() -> None:
    assert cells(json.dumps(ROWS).encode()) == ROWS
    assert cells(json.dumps({"total": 2, "companies": ROWS}).encode()) == ROWS


def test_rows_of_json_have_the_keys_of_all() -> None:
    assert cells(b'[{"a": 1}, {"b": null}]') == [{"a": 1, "b": ""}, {"a": "", "b": ""}]


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        (b"", "empty"),
        (b" \n ", "empty"),
        (b"\n;;\n", "empty"),
        (b"a;a\n1;2\n", "same heading: a"),
        (b'[{"a": 1},\n{"a": 2', "ends in the middle (line 2)"),
        (b'{"a": "x', "ends in the middle (line 1)"),
        (b'[{"a": 1}', "ends in the middle (line 1)"),
        (b'[\n{"a" 1}, {"b": 2}]', "look at line 2"),
        (b'{"a": 1}', "not in the layout"),
        (b"[1, 2]", "not in the layout"),
        (b"[NaN]", "broken"),
        (b"[" * 100_000, "broken"),
        (b"PK\x03\x04rubbish", "We cannot read this type"),
        (b"%PDF-1.7", "We cannot read this type"),
        (workbook(["a"], [1])[:-300], "We cannot read this type"),
    ],
)
def test_what_cannot_be_read_is_said_in_one_sentence(content: bytes, sentence: str) -> None:
    with override("en"), pytest.raises(Unreadable, match=sentence.replace("(", r"\(").replace(")", r"\)")):
        list(read(content))


def test_a_workbook_that_unpacks_beyond_reason_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("talkoot.kit.exchange.reading.UNPACKED_MOST", 1000)
    with pytest.raises(Unreadable):
        list(read(workbook(["a"], [1])))


@given(st.binary(max_size=300))
def test_any_bytes_give_rows_or_one_sentence(content: bytes) -> None:
    try:
        list(read(content))
    except Unreadable as error:
        assert str(error)  # noqa: PT017 -- either answer is right


TEXTS = st.text(
    st.characters(exclude_categories=("C", "Zl", "Zp"), exclude_characters="\x85"), max_size=20
).map(str.strip)


@given(st.lists(st.tuples(TEXTS.filter(bool), TEXTS), min_size=1, max_size=8))
def test_what_we_export_comes_back_as_it_was(pairs: list[tuple[str, str]]) -> None:
    out = StringIO(newline="")
    csv.writer(out, delimiter=";").writerows(
        [["nimi", "selite"], *([defused(a), defused(b)] for a, b in pairs)]
    )
    found = [(row.cells["nimi"], row.cells["selite"]) for row in read(("\ufeff" + out.getvalue()).encode())]
    assert found == pairs


def test_a_yaml_file_is_a_list_of_entries(tmp_path: Path) -> None:
    place = tmp_path / "units.yaml"
    place.write_text("- name_fi: Ympäristö\n  days: 4\n- name_fi: Elinvoima\n")
    assert yaml_file(place) == [{"name_fi": "Ympäristö", "days": 4}, {"name_fi": "Elinvoima"}]
    place.write_text("")
    assert yaml_file(place) == []
    place.write_text("units:\n- days: 4\nnotes:\n- days: 5\n")
    assert yaml_file(place) == [{"days": 4}]
    assert yaml_file(place, "notes") == [{"days": 5}]
    place.write_text("name: x")
    with pytest.raises(ValueError, match=r"units\.yaml"):
        yaml_file(place)
