"""The preview as its page shows it: how many rows of each kind, and the rows of one page."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from django.core.paginator import Paginator
from django.utils.translation import gettext as _

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from django.core.paginator import Page

    from talkoot.kit.exchange.reading import Row
    from talkoot.kit.exchange.sheet import Preview, Record, RowError, Sheet
    from talkoot.kit.exchange.standing import Standing

BROKEN = "broken"
ORDER = (BROKEN, "changed", "new", "same")
SIGNS = {BROKEN: "late", "changed": "wait", "new": "ok", "same": ""}
PER_PAGE = 50


@dataclass(frozen=True, slots=True)
class Shown:
    """A cell: what the file says, what is there now if that differs, and everything that is wrong with it."""

    value: Any
    before: str | None = None
    errors: list[str] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class ShownRow:
    """A row of the preview; `errors` are about the row as a whole."""

    number: int
    state: str
    cells: list[Shown]
    errors: list[str] = field(default_factory=list)

    @property
    def label(self) -> str:
        return words()[self.state]

    @property
    def sign(self) -> str:
        return SIGNS[self.state]


@dataclass(frozen=True, slots=True)
class Tally:
    """How many rows are so; `state` is empty for all of them."""

    state: str
    label: str
    count: int
    current: bool


def words() -> dict[str, str]:
    """The state of a row in the reader's language."""
    return {
        BROKEN: _("Needs fixing"),
        "changed": _("Changes"),
        "new": _("New"),
        "same": _("Stays as it is"),
    }


def tallies(preview: Preview, standings: Sequence[Standing], wanted: str) -> list[Tally]:
    """Rows by state, those that need fixing first."""
    counts = Counter(str(one.state) for one in standings)
    counts[BROKEN] = preview.broken
    return [Tally(state, label, counts[state], state == wanted) for state, label in words().items()]


def page(
    sheet: Sheet, preview: Preview, standings: Sequence[Standing], *, wanted: str, number: str | None
) -> Page[Any]:
    """Rows in the order of ORDER, or only those in the state `wanted`; dressed for the one page asked for."""
    groups: dict[str, list[Any]] = {state: [] for state in ORDER}
    groups[BROKEN] = list(preview.rejected)
    for record, standing in zip(preview.ok, standings, strict=True):
        groups[standing.state].append((record, standing))
    states = [wanted] if wanted in groups else list(ORDER)
    shown = Paginator([row for state in states for row in groups[state]], PER_PAGE).get_page(number)
    shown.object_list = list(_Dressing(sheet, preview).of(list(shown)))
    return shown


class _Dressing:
    def __init__(self, sheet: Sheet, preview: Preview) -> None:
        self.sheet = sheet
        self.names = [column.names() for column in sheet.columns]
        self.errors: dict[int, list[RowError]] = {}
        for error in preview.errors:
            self.errors.setdefault(error.line, []).append(error)

    def of(self, rows: Sequence[Any]) -> Iterator[ShownRow]:
        for row in rows:
            yield self._fine(*row) if isinstance(row, tuple) else self._broken(row)

    def _fine(self, record: Record, standing: Standing) -> ShownRow:
        cells = [self._cell(record, standing, column.key) for column in self.sheet.columns]
        return ShownRow(record.line, standing.state, cells)

    def _cell(self, record: Record, standing: Standing, key: str) -> Shown:
        if key not in standing.changes:
            return Shown(record.written.get(key, ""))
        before, after = standing.changes[key]
        return Shown(after, before)

    def _broken(self, row: Row) -> ShownRow:
        cells, errors = self.sheet.bare_cells(row), self.errors[row.line]
        shown = []
        for column, known in zip(self.sheet.columns, self.names, strict=True):
            own = [error.message for error in errors if error.field and error.field == str(column.label)]
            shown.append(Shown(next((cells[name] for name in known if name in cells), ""), None, own))
        return ShownRow(row.line, BROKEN, shown, [error.message for error in errors if not error.field])
