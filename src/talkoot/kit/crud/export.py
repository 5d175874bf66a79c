"""CSV and XLSX of what a person may see; a cell that a spreadsheet would run as a formula is defused."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from typing import TYPE_CHECKING, Any

import tablib
from django.http import HttpResponse
from django.utils import timezone

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from talkoot.kit.crud.table import Column

TYPES = {
    "csv": "text/csv; charset=utf-8",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}
_DANGEROUS = ("=", "+", "-", "@", "\t", "\r")


def defused(value: Any) -> Any:
    """Numbers and local naive times stay as they are; text that starts a formula gets an apostrophe."""
    if isinstance(value, dt.datetime):
        return timezone.localtime(value).replace(tzinfo=None) if timezone.is_aware(value) else value
    if value is None or isinstance(value, (bool, int, float, Decimal, dt.date)):
        return value
    text = str(value)
    return f"'{text}" if text.startswith(_DANGEROUS) else text


def dataset(columns: Sequence[Column], objects: Iterable[Any], title: str) -> tablib.Dataset:
    """One row an object, one column a column, in the reader's language."""
    data = tablib.Dataset(headers=[str(column.label) for column in columns], title=title[:31])
    for obj in objects:
        data.append([defused(column.for_export(obj)) for column in columns])
    return data


def response(columns: Sequence[Column], objects: Iterable[Any], name: str, kind: str) -> HttpResponse:
    """A download; CSV carries a byte order mark so that Excel reads ä and å."""
    data = dataset(columns, objects, name)
    content = data.export("xlsx") if kind == "xlsx" else "\ufeff" + data.export("csv")
    answer = HttpResponse(content, content_type=TYPES[kind])
    answer["Content-Disposition"] = f'attachment; filename="{name}.{kind}"'
    return answer
