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
    from collections.abc import Callable, Iterable, Iterator, Sequence

    from django import forms
    from django.utils.functional import _StrPromise

    from talkoot.kit.exchange.reading import JsonRows

    Turn = Callable[[Iterable[Row]], Iterable[Row]]

T = TypeVar("T")
REPEATED, REMEMBERED = 60, 2000
"""Letters of a cell that may come again, and how many such cells of a column are remembered."""


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


@dataclass(kw_only=True)
class Preview:
    """What would be taken, and what is wrong with `rejected`. Nothing has been saved.

    `fine` and `broken` count the rows, of which only the first may be in `ok` and `rejected`.
    `comments` are the numbers of lines that were passed over because they begin as a comment.
    """

    fine: int = 0
    broken: int = 0
    ok: list[Record] = field(default_factory=list)
    errors: list[RowError] = field(default_factory=list)
    rejected: list[Row] = field(default_factory=list)
    unknown: list[str] = field(default_factory=list)
    comments: list[int] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Broken:
    """A row that cannot be taken, as it was, and why."""

    row: Row
    errors: list[RowError]


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

    def preview(self, content: bytes, *, turn: Turn | None = None, most: int | None = None) -> Preview:
        """Read and check every row. Raises Unreadable when the file as a whole cannot be taken.

        `turn` puts rows of another layout into this one. Of a large file only the first `most` rows of each kind
        are kept to look at; `fine` and `broken` count all of them.
        """
        reading = _Reading(self)
        result = reading.result
        for found in reading.each(self._rows(content, turn, result.comments)):
            if isinstance(found, Record):
                result.fine += 1
                if most is None or result.fine <= most:
                    result.ok.append(found)
                continue
            result.broken += 1
            if most is None or result.broken <= most:
                result.errors.extend(found.errors)
                result.rejected.append(found.row)
        return result

    def records(
        self, content: bytes, *, turn: Turn | None = None, leave_out: bool = False
    ) -> Iterator[Record]:
        """The rows one at a time, for files that do not fit in the memory.

        Raises:
            Unreadable: as `preview`, and while the rows are read.
            HasErrors: at the first row that needs fixing, unless `leave_out` lets those go.
        """
        for found in _Reading(self, dressed=False).each(self._rows(content, turn, None)):
            if isinstance(found, Record):
                yield found
            elif not leave_out:
                raise HasErrors

    def _rows(self, content: bytes, turn: Turn | None, comments: list[int] | None) -> Iterable[Row]:
        rows = read(content, json_rows=self.json_rows, comments=comments)
        return turn(rows) if turn else rows

    def bare_cells(self, row: Row) -> dict[str, Any]:
        """Cells of a row by heading, as `Column.names` spells them."""
        return {_bare(heading): value for heading, value in row.cells.items()}

    def knows(self, headings: Iterable[str]) -> bool:
        """The headings are of this layout: all that it needs are there, and no other."""
        names = {name: column for column in self.columns for name in column.names()}
        found = [names.get(_bare(heading)) for heading in headings]
        keys = {column.key for column in found if column}
        return None not in found and keys >= {c.key for c in self.columns if c.field.required}

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

    def __init__(self, sheet: Sheet, *, dressed: bool = True) -> None:
        self.sheet, self.dressed = sheet, dressed
        self.result = Preview()
        self.seen: dict[tuple[Any, ...], int] = {}
        self.headings: dict[str, Column | None] = {}
        self.known = {name: column for column in sheet.columns for name in column.names()}
        self.ignored = _error_headings()
        self.planned = -1
        self.plan: list[tuple[Column, str, str, dict[str, Any]]] = []
        self.extra: list[str] = []

    def each(self, rows: Iterable[Row]) -> Iterator[Record | Broken]:
        first = True
        for row in rows:
            if not self.headings.keys() >= row.cells.keys():
                for heading in [name for name in row.cells if name not in self.headings]:
                    self._meet(heading)
            if first:
                self._all_there()
                first = False
            yield self._taken(row)
        if first:
            raise Unreadable(_("The file has headings but no rows. Nothing was imported."))

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

    def _taken(self, row: Row) -> Record | Broken:
        cells = row.cells
        values, errors = self._clean(row.line, cells)
        if row.surplus:
            errors.append(
                RowError(
                    row.line, "", _("The row has more cells than there are headings."), str(row.surplus[0])
                )
            )
        errors.extend(self._whole(row.line, values, whole=not errors))
        if errors:
            return Broken(row, errors)
        extra = {name: cells[name] for name in self.extra if name in cells}
        return Record(row.line, values, extra, self._written(cells) if self.dressed else {})

    def _written(self, cells: dict[str, Any]) -> dict[str, str]:
        return {c.key: _shown(cells[name]) for name, c in self.headings.items() if c and name in cells}

    def _clean(self, line: int, cells: dict[str, Any]) -> tuple[dict[str, Any], list[RowError]]:
        values: dict[str, Any] = {}
        errors: list[RowError] = []
        for column, key, name, known in self._plan():
            cell = cells.get(name, "")
            if cell.__class__ is str and cell in known:
                values[key] = known[cell]
                continue
            try:
                values[key] = _remembered(column, cell, known)
            except ValidationError as error:
                errors.append(RowError(line, str(column.label), " ".join(error.messages), _shown(cell)))
        return values, errors

    def _plan(self) -> list[tuple[Column, str, str, dict[str, Any]]]:
        """Each column with its heading in the file and the cells that it has cleaned; made anew with a new heading."""
        if len(self.headings) != self.planned:
            names = {column.key: name for name, column in self.headings.items() if column}
            self.plan = [(c, c.key, names.get(c.key, ""), {}) for c in self.sheet.columns]
            self.extra = [n for n, column in self.headings.items() if not column and n not in self.ignored]
            self.planned = len(self.headings)
        return self.plan

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


def _remembered(column: Column, cell: Any, known: dict[str, Any]) -> Any:
    """The clean value; the same short cell is cleaned once, as columns mostly repeat a few values."""
    value = column.field.clean(cell)
    small = isinstance(cell, str) and len(cell) <= REPEATED and len(known) < REMEMBERED
    if small and not isinstance(value, list | dict):
        known[cell] = value
    return value


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
