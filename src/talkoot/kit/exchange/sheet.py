"""What a room takes from a row, and what is wrong with those that it cannot take."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, TypeVar

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import override

from talkoot.kit.exchange.reading import Row, Unreadable, read

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

    from django import forms
    from django.utils.functional import _StrPromise

    from talkoot.kit.exchange.reading import JsonRows

T = TypeVar("T")


@dataclass(frozen=True, kw_only=True)
class Column:
    """`field` cleans a cell and words its errors; the column goes by its key, label (any language) or an alias.

    `help` says what to write when the field cannot say it; `example` stands in the file to start from.
    """

    key: str
    label: str | _StrPromise
    field: forms.Field
    aliases: Sequence[str] = ()
    help: str | _StrPromise = ""
    example: str = ""

    def names(self) -> set[str]:
        labels = set()
        for code, _name in settings.LANGUAGES:
            with override(code):
                labels.add(str(self.label))
        return {_bare(name) for name in (self.key, *labels, *self.aliases)}


@dataclass(frozen=True, slots=True)
class Record:
    """A row that can be taken: clean `values` by key, and `extra`, the cells of unknown headings as they were.

    `written` is what stood in the known cells, for showing the row to the one who wrote it.
    """

    line: int
    values: dict[str, Any]
    extra: dict[str, Any]
    written: dict[str, str] = field(default_factory=dict, compare=False)


@dataclass(frozen=True, slots=True)
class RowError:
    """`field` is the label of the column, or "" for the row as a whole; `value` is what was in the cell."""

    line: int
    field: str
    message: str
    value: str


@dataclass(frozen=True, kw_only=True)
class Preview:
    """What would be taken, and what is wrong with `rejected`. Nothing has been saved.

    `comments` are the numbers of lines that were passed over because they begin as a comment.
    """

    ok: list[Record] = field(default_factory=list)
    errors: list[RowError] = field(default_factory=list)
    rejected: list[Row] = field(default_factory=list)
    unknown: list[str] = field(default_factory=list)
    comments: list[int] = field(default_factory=list)


class HasErrors(Exception):
    """Some rows need fixing and no one said to leave them out; nothing was saved."""


@dataclass(frozen=True, kw_only=True)
class Sheet:
    """The columns of an import. `unique` are keys that no two rows share; `check(values)` sees a whole clean row.

    `check` raises ValidationError, with a dict to name columns by key. `json_rows` as in `read`.
    """

    columns: Sequence[Column]
    unique: Sequence[str] = ()
    check: Callable[[dict[str, Any]], None] | None = None
    json_rows: JsonRows | None = None

    def preview(self, content: bytes) -> Preview:
        """Read and check every row. Raises Unreadable when the file as a whole cannot be taken."""
        reading = _Reading(self)
        return reading.of(read(content, json_rows=self.json_rows, comments=reading.result.comments))

    def bare_cells(self, row: Row) -> dict[str, Any]:
        """Cells of a row by heading, as `Column.names` spells them."""
        return {_bare(heading): value for heading, value in row.cells.items()}

    def label(self, key: str) -> str:
        return next((str(column.label) for column in self.columns if column.key == key), key)


def commit(preview: Preview, save: Callable[[list[Record]], T], *, leave_out: bool = False) -> T:
    """Save all rows in one transaction, or none. Raises HasErrors unless `leave_out` lets the wrong ones go."""
    if preview.errors and not leave_out:
        raise HasErrors
    with transaction.atomic():
        return save(preview.ok)


class _Reading:
    """One pass over the rows of a sheet."""

    def __init__(self, sheet: Sheet) -> None:
        self.sheet = sheet
        self.result = Preview()
        self.seen: dict[tuple[Any, ...], int] = {}
        self.headings: dict[str, Column | None] = {}
        self.known = {name: column for column in sheet.columns for name in column.names()}
        self.ignored = _error_headings()

    def of(self, rows: Iterable[Row]) -> Preview:
        first = True
        for row in rows:
            for heading in [name for name in row.cells if name not in self.headings]:
                self._meet(heading)
            if first:
                self._all_there()
                first = False
            self._take(row)
        if first:
            raise Unreadable(_("The file has headings but no rows. Nothing was imported."))
        return self.result

    def _meet(self, heading: str) -> None:
        column = self.known.get(_bare(heading))
        if column is not None and column in self.headings.values():
            raise Unreadable(
                _("Two columns are read as %(name)s: remove one. Nothing was imported.")
                % {"name": column.label}
            )
        self.headings[heading] = column
        if column is None and heading not in self.ignored:
            self.result.unknown.append(heading)

    def _all_there(self) -> None:
        found = {column.key for column in self.headings.values() if column}
        lacking = [
            str(column.label)
            for column in self.sheet.columns
            if column.field.required and column.key not in found
        ]
        if lacking:
            names = ", ".join(lacking)
            raise Unreadable(
                _("These columns are missing: %(names)s. Nothing was imported.") % {"names": names}
            )

    def _take(self, row: Row) -> None:
        raw = {
            column.key: row.cells[name]
            for name, column in self.headings.items()
            if column and name in row.cells
        }
        values, errors = self._clean(row.line, raw)
        if row.surplus:
            errors.append(
                RowError(
                    row.line, "", _("The row has more cells than there are headings."), str(row.surplus[0])
                )
            )
        errors.extend(self._whole(row.line, values, whole=not errors))
        if errors:
            self.result.errors.extend(errors)
            self.result.rejected.append(row)
            return
        extra = {n: v for n, v in row.cells.items() if self.headings[n] is None and n not in self.ignored}
        written = {key: _shown(cell) for key, cell in raw.items()}
        self.result.ok.append(Record(row.line, values, extra, written))

    def _clean(self, line: int, raw: dict[str, Any]) -> tuple[dict[str, Any], list[RowError]]:
        values, errors = {}, []
        for column in self.sheet.columns:
            cell = raw.get(column.key, "")
            try:
                values[column.key] = column.field.clean(cell)
            except ValidationError as error:
                errors.append(RowError(line, str(column.label), " ".join(error.messages), _shown(cell)))
        return values, errors

    def _whole(self, line: int, values: dict[str, Any], *, whole: bool) -> list[RowError]:
        """What is wrong with a row beside its cells: `check` needs all of them right, `unique` only its own."""
        errors = []
        if whole and self.sheet.check is not None:
            try:
                self.sheet.check(values)
            except ValidationError as error:
                errors = self._worded(line, values, error)
        if not all(name in values for name in self.sheet.unique):
            return errors
        key = tuple(values[name] for name in self.sheet.unique)
        earlier = self.seen.get(key, line) if errors or not whole else self.seen.setdefault(key, line)
        if key and earlier != line:
            message = _("The same is already on row %(line)s.") % {"line": earlier}
            errors.append(RowError(line, self.sheet.label(self.sheet.unique[0]), message, _shown(key[0])))
        return errors

    def _worded(self, line: int, values: dict[str, Any], error: ValidationError) -> list[RowError]:
        if not hasattr(error, "error_dict"):
            return [RowError(line, "", " ".join(error.messages), "")]
        named = error.message_dict.items()
        return [
            RowError(line, self.sheet.label(key), " ".join(texts), _shown(values.get(key, "")))
            for key, texts in named
        ]


def _bare(name: str) -> str:
    """Letters and digits alone: "Y-tunnus", "y_tunnus" and "Y tunnus *" are one heading."""
    return "".join(letter for letter in name.casefold() if letter.isalnum()) or name


def _shown(cell: Any) -> str:
    text = str(cell)
    return text if len(text) <= 100 else f"{text[:99]}…"  # noqa: PLR2004 -- as much as a table shows


def error_heading() -> str:
    """The heading of the column that says what is wrong, in the file of rows to fix."""
    return _("What to fix")


def _error_headings() -> set[str]:
    headings = set()
    for code, _name in settings.LANGUAGES:
        with override(code):
            headings.add(error_heading())
    return headings
