"""CSV and XLSX of what a person may see; a cell that a spreadsheet would run as a formula is defused.

Nothing is cut off without a word: CSV goes out as a stream however long it is, and a workbook has a stated limit.
"""

from __future__ import annotations

import csv
import datetime as dt
import tempfile
from decimal import Decimal
from io import StringIO
from itertools import chain, islice
from typing import TYPE_CHECKING, Any, TypeVar

from django.http import FileResponse, HttpResponse, StreamingHttpResponse
from django.utils import timezone
from django.utils.translation import get_language, override
from django.utils.translation import gettext as _

from talkoot.kit import typography

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence

    from django.http.response import HttpResponseBase

    from talkoot.kit.crud.table import Column

T = TypeVar("T")
TYPES = {
    "csv": "text/csv; charset=utf-8",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}
LIMITS = {"xlsx": 50_000}
"""Rows that a workbook may have: making one takes seconds, and a spreadsheet program holds 1,048,576."""
TOGETHER = 2_000
"""Rows that are read and written at a time; a CSV file of fewer is sent whole."""
_IN_MEMORY = 5_000_000
_DANGEROUS = ("=", "+", "-", "@", "\t", "\r")


def defused(value: Any) -> Any:
    """Numbers and local naive times stay as they are; text that starts a formula, or that reading would take for
    such a text with its apostrophe, gets one."""
    if isinstance(value, dt.datetime):
        return timezone.localtime(value).replace(tzinfo=None) if timezone.is_aware(value) else value
    if value is None or isinstance(value, (bool, int, float, Decimal, dt.date)):
        return value
    text = str(value)
    return f"'{text}" if text.lstrip("'").startswith(_DANGEROUS) else text


def too_many(limit: int) -> str:
    """Why there is no workbook, and what to do."""
    return _(
        "An XLSX file takes at most %(most)s rows. Narrow the list with the filters, or download CSV, which has no limit."
    ) % {"most": typography.number(limit)}


def in_parts(objects: Iterator[T], dress: Callable[[Iterable[T]], Iterable[T]]) -> Iterator[T]:
    """Objects with what the table shows beside them, read for TOGETHER of them at a time."""
    while part := list(islice(objects, TOGETHER)):
        yield from dress(part)


def lines(columns: Sequence[Column], objects: Iterable[Any]) -> Iterator[list[Any]]:
    """The headings in the reader's language, then one row an object."""
    yield [str(column.label) for column in columns]
    for obj in objects:
        yield [defused(column.for_export(obj)) for column in columns]


def response(columns: Sequence[Column], objects: Iterable[Any], name: str, kind: str) -> HttpResponseBase:
    """A download; CSV carries a byte order mark so that Excel reads ä and å."""
    rows = lines(columns, objects)
    answer = _workbook(rows, name) if kind == "xlsx" else _text(rows)
    answer["Content-Type"] = TYPES[kind]
    answer["Content-Disposition"] = f'attachment; filename="{name}.{kind}"'
    return answer


def _text(rows: Iterator[list[Any]]) -> HttpResponseBase:
    parts = _written(rows)
    first, second = next(parts), next(parts, None)
    whole = "\ufeff" + first
    return HttpResponse(whole) if second is None else StreamingHttpResponse(chain([whole, second], parts))


def _written(rows: Iterator[list[Any]]) -> Iterator[str]:
    """CSV text of TOGETHER rows at a time; a stream is read when the request and its language are gone."""
    language = get_language()
    while True:
        with override(language):
            part = list(islice(rows, TOGETHER))
        if not part:
            return
        text = StringIO()
        csv.writer(text).writerows(part)
        yield text.getvalue()


def _workbook(rows: Iterable[list[Any]], title: str) -> HttpResponseBase:
    import openpyxl  # noqa: PLC0415 -- only who asks for a workbook needs it

    book = openpyxl.Workbook(write_only=True)
    sheet = book.create_sheet(title[:31])
    for row in rows:
        sheet.append(row)
    file = tempfile.SpooledTemporaryFile(max_size=_IN_MEMORY)  # noqa: SIM115 -- the answer closes it
    book.save(file)
    size = file.tell()
    file.seek(0)
    if size >= _IN_MEMORY:
        return FileResponse(file)
    with file:
        return HttpResponse(file.read())
