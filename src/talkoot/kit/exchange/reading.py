"""Rows out of bytes: CSV (; , or tab; UTF-8, UTF-16 or Windows-1252), XLSX (first sheet) and JSON."""

from __future__ import annotations

import csv
import datetime as dt
import json
import re
import zipfile
from dataclasses import dataclass, field
from io import BytesIO, StringIO
from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext as _

from talkoot.kit.files import kinds

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    JsonRows = Callable[[Any], Iterable[dict[str, Any]]]

DELIMITERS = ";,\t"
COMMENT = "# "
"""What a row that is not read begins with, such as the example in a file to start from."""
UNPACKED_MOST = 300_000_000
"""Bytes an XLSX file may unpack to."""
_DEFUSED = re.compile(r"'+[=+@\t\r-]")


class Unreadable(Exception):
    """The file as a whole cannot be taken; `str()` says why in the reader's language."""


@dataclass(frozen=True, slots=True)
class Row:
    """`line` as a person counts it in the file (from 1); `cells` by heading; `surplus` cells have no heading."""

    line: int
    cells: dict[str, Any]
    surplus: list[Any] = field(default_factory=list)


def read(
    content: bytes, *, json_rows: JsonRows | None = None, comments: list[int] | None = None
) -> Iterator[Row]:
    """Rows of a file. `json_rows(document)` finds the objects in a JSON document that is not simply a list.

    A row of JSON has the keys of all rows, empty where it lacks them; its `line` is its place in the list.
    Lines of a table that begin with COMMENT are passed over and their numbers put into `comments`.

    Raises:
        Unreadable: at the first row or later, when the file ends in the middle.
    """
    kind = kinds.of(content)
    if not content.strip():
        raise Unreadable(_("The file is empty. Nothing was imported."))
    if kind is kinds.XLSX:
        yield from _table(_xlsx(content), comments)
    elif kind is kinds.JSON:
        yield from _objects(content, json_rows or _plain_list)
    elif kind is kinds.CSV:
        yield from _table(_csv(content), comments)
    else:
        types = kinds.named(kinds.TABLES)
        raise Unreadable(_("We cannot read this type of file. Use %(types)s.") % {"types": types})


def text_of(content: bytes) -> str:
    """Decoded text: by its byte order mark, as UTF-8, or as Windows-1252 (which is Latin-1 and more)."""
    if content[:2] in {b"\xff\xfe", b"\xfe\xff"}:
        return content.decode("utf-16", errors="replace")
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError:
        return content.decode("cp1252", errors="replace")


def _csv(content: bytes) -> Iterator[tuple[int, list[Any]]]:
    text = text_of(content)
    if "\ufffd" in text:
        sentence = _("Some letters of the file cannot be read. Save it as CSV UTF-8 and add it again.")
        raise Unreadable(sentence)
    lines = (line for line in StringIO(text) if line.strip() and not line.lstrip('"').startswith(COMMENT))
    first = next(lines, "")
    reader = csv.reader(StringIO(text, newline=""), delimiter=max(DELIMITERS, key=first.count))
    start = 1
    try:
        for cells in reader:
            yield start, [_undefused(cell) if cell[:1] == "'" else cell for cell in map(str.strip, cells)]
            start = reader.line_num + 1
    except csv.Error as error:
        raise Unreadable(_broken()) from error


def _undefused(text: str) -> str:
    """Our own exports put an apostrophe before what a spreadsheet would run as a formula."""
    return text[1:] if _DEFUSED.match(text) else text


def _xlsx(content: bytes) -> Iterator[tuple[int, list[Any]]]:
    import openpyxl  # noqa: PLC0415 -- only who imports a workbook needs it

    try:
        with zipfile.ZipFile(BytesIO(content)) as archive:
            if sum(part.file_size for part in archive.infolist()) > UNPACKED_MOST:
                raise Unreadable(_broken())
        book = openpyxl.load_workbook(BytesIO(content), read_only=True, data_only=True)
        for line, cells in enumerate(book.worksheets[0].iter_rows(values_only=True), 1):
            yield line, [_plain(cell) for cell in cells]
        book.close()
    except (zipfile.BadZipFile, KeyError, ValueError, IndexError, OSError, SyntaxError, EOFError) as error:
        raise Unreadable(_broken()) from error


def _plain(cell: Any) -> Any:
    if cell is None:
        return ""
    if isinstance(cell, str):
        return _undefused(cell.strip())
    if isinstance(cell, dt.datetime) and cell.time() == dt.time():
        return cell.date()
    return int(cell) if isinstance(cell, float) and cell.is_integer() else cell


def _table(lines: Iterable[tuple[int, list[Any]]], comments: list[int] | None) -> Iterator[Row]:
    """Rows under the first line that has text; empty lines and comments are passed over."""
    headings: list[str] | None = None
    plain = False
    for line, cells in lines:
        if not any(cell != "" for cell in cells):
            continue
        if str(cells[0]).startswith(COMMENT):
            if comments is not None:
                comments.append(line)
            continue
        if headings is None:
            headings = _headings(cells)
            plain = all(headings)
            continue
        if plain and len(cells) == len(headings):
            yield Row(line, dict(zip(headings, cells, strict=True)))
            continue
        named = {name: value for name, value in zip(headings, cells, strict=False) if name}
        unnamed = [value for name, value in zip(headings, cells, strict=False) if not name and value != ""]
        yield Row(line, named, unnamed + [value for value in cells[len(headings) :] if value != ""])
    if headings is None:
        raise Unreadable(_("The file is empty. Nothing was imported."))


def _headings(cells: list[Any]) -> list[str]:
    names = [str(cell).strip() for cell in cells]
    twice = sorted({name for name in names if name and names.count(name) > 1})
    if twice:
        raise Unreadable(
            _("Two columns have the same heading: %(name)s. Nothing was imported.") % {"name": twice[0]}
        )
    return names


def _objects(content: bytes, rows: JsonRows) -> Iterator[Row]:
    document = _document(content)
    try:
        objects = [{str(name): value for name, value in cells.items()} for cells in rows(document)]
    except (AttributeError, KeyError, TypeError) as error:
        raise Unreadable(
            _("The file is JSON, but not in the layout that we know. Nothing was imported.")
        ) from error
    names = dict.fromkeys(name for cells in objects for name in cells)
    for number, cells in enumerate(objects, 1):
        yield Row(number, {name: "" if cells.get(name) is None else cells[name] for name in names})


def _plain_list(document: Any) -> list[dict[str, Any]]:
    """A list of objects, or an object with exactly one such list."""
    if isinstance(document, dict):
        lists = [value for value in document.values() if isinstance(value, list)]
        document = lists[0] if len(lists) == 1 else None
    if not isinstance(document, list) or not all(isinstance(item, dict) for item in document):
        raise TypeError
    return document


def _document(content: bytes) -> Any:
    text = text_of(content)
    try:
        return json.loads(text, parse_constant=_not_json)
    except json.JSONDecodeError as error:
        if _ends_early(text, error):
            line = text.rstrip().count("\n") + 1
            sentence = _("The file ends in the middle (line %(line)s). Nothing was imported.") % {
                "line": line
            }
        else:
            sentence = _("The file is not whole JSON: look at line %(line)s. Nothing was imported.") % {
                "line": error.lineno
            }
        raise Unreadable(sentence) from error
    except (RecursionError, ValueError) as error:
        raise Unreadable(_broken()) from error


def _ends_early(text: str, error: json.JSONDecodeError) -> bool:
    return error.msg.startswith("Unterminated string") or error.pos >= len(text.rstrip()) - 1


def _not_json(name: str) -> None:
    raise ValueError(name)


def _broken() -> str:
    return _("The file is broken or incomplete. Nothing was imported. Try sending it again.")
