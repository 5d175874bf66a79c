"""A download is never cut off without a word."""

from __future__ import annotations

import csv
import io
from types import SimpleNamespace
from typing import TYPE_CHECKING, Any

import openpyxl
import pytest

from talkoot.kit.audit.models import Event
from talkoot.kit.crud import export
from talkoot.kit.crud.table import Column

if TYPE_CHECKING:
    from django.test import Client

    from tests.cast import Cast

COLUMNS = (Column(key="n", label="Number", value=lambda row: row.n),)


def rows(count: int) -> Any:
    return (SimpleNamespace(n=n) for n in range(count))


@pytest.mark.parametrize("count", [0, 1, export.TOGETHER - 1, export.TOGETHER, export.TOGETHER * 2 + 1])
def test_a_csv_file_has_every_row_however_many(count: int) -> None:
    answer: Any = export.response(COLUMNS, rows(count), "numerot", "csv")
    text = answer.getvalue().decode("utf-8-sig")
    assert [row[0] for row in csv.reader(io.StringIO(text))] == ["Number", *map(str, range(count))]


def test_a_long_file_goes_out_as_it_is_read() -> None:
    taken = []

    def read() -> Any:
        for row in rows(export.TOGETHER * 5):
            taken.append(row)
            yield row

    answer: Any = export.response(COLUMNS, read(), "numerot", "csv")
    assert answer.streaming
    assert len(taken) < export.TOGETHER * 3


def test_a_workbook_has_every_row() -> None:
    answer: Any = export.response(COLUMNS, rows(3), "numerot", "xlsx")
    sheet: Any = openpyxl.load_workbook(io.BytesIO(answer.getvalue())).active
    assert [cell.value for cell in sheet["A"]] == ["Number", 0, 1, 2]


@pytest.mark.django_db
def test_more_rows_than_a_workbook_takes_are_refused_in_a_sentence(
    cast: Cast, client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(export.LIMITS, "xlsx", 2)
    Event.objects.bulk_create(
        Event(verb="edited", scope="kerava", model="organisations.Unit") for _ in range(3)
    )
    cast.signed_in(client, "kaisa")
    address = "/en/kerava/tyotila/loki/"
    page = client.get(address).content.decode()
    assert "at most 2 rows" in page
    assert "format=xlsx" not in page
    answer: Any = client.get(address, {"format": "xlsx", "q": ""})
    assert answer.status_code == 302
    assert "at most 2 rows" in client.get(answer.url).content.decode()
