"""From the bytes of a file to answers of a round: looked at, previewed, taken whole or not at all."""

from __future__ import annotations

import tempfile
from contextlib import contextmanager
from typing import TYPE_CHECKING

from django.db.models import Max
from django.utils.translation import gettext as _

from talkoot.kit.exchange import Unreadable, read
from talkoot.listen.surveys import actions, storing
from talkoot.listen.surveys.matching import targets
from talkoot.listen.surveys.matching.reading import Reading, Turning
from talkoot.listen.surveys.models import Response
from talkoot.listen.surveys.sheet import sheet_of
from talkoot.listen.surveys.storing import Stored

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from talkoot.kit.access.request import AnyUser
    from talkoot.kit.exchange import Preview, Sheet
    from talkoot.listen.surveys.matching.targets import Target
    from talkoot.listen.surveys.models import Round

IN_MEMORY = 20_000_000


def look(content: bytes) -> None:
    """Read the file to its end. Raises Unreadable when it is not a table with rows."""
    if not sum(1 for _row in read(content)):
        raise Unreadable(_("The file has headings but no rows. Nothing was imported."))


def turning(survey: Round, reading: Reading, known: Mapping[str, Target]) -> Turning:
    """Rows without a respondent are numbered after those that are there."""
    last = Response.objects.filter(round=survey).aggregate(last=Max("number"))["last"] or 0
    return Turning(reading, known, last + 1)


def is_ours(content: bytes, sheet: Sheet) -> bool:
    """The file has the layout of the sheet; an empty one has nothing to match either."""
    first = next(iter(read(content)), None)
    return first is None or sheet.knows(first.cells)


def _turn(survey: Round, content: bytes, sheet: Sheet) -> Turning | None:
    """Nothing to turn in a file of our own layout."""
    if is_ours(content, sheet):
        return None
    return turning(survey, Reading.kept(survey), targets.of(survey))


def preview(survey: Round, content: bytes, sheet: Sheet, *, most: int | None = None) -> Preview:
    """What would be taken; of a large file the first `most` rows of each kind. Raises Unreadable."""
    return sheet.preview(content, turn=_turn(survey, content, sheet), most=most)


@contextmanager
def waiting(survey: Round, content: bytes, *, leave_out: bool = False) -> Iterator[Iterator[Stored]]:
    """All rows read and checked, waiting in a file: neither memory nor the lock of the database is held meanwhile.

    Raises:
        Unreadable, HasErrors: before there is any row.
    """
    sheet, made = sheet_of(survey), storing.row_of(survey)
    with tempfile.SpooledTemporaryFile(IN_MEMORY, mode="w+", encoding="utf-8") as place:
        for record in sheet.records(content, turn=_turn(survey, content, sheet), leave_out=leave_out):
            row = made(record.values)
            place.write("\t".join([str(row.number), *row[1:6], "1" if row.by_officer else "", row.answers]))
            place.write("\n")
        place.seek(0)
        yield map(_row, place)


def _row(line: str) -> Stored:
    """Codes hold no tabs, and JSON writes them as signs."""
    number, city, kind, size, industry, language, by_officer, answers = line[:-1].split("\t")
    return Stored(int(number), city, kind, size, industry, language, bool(by_officer), answers)


def take(*, survey: Round, content: bytes, by: AnyUser | None, leave_out: bool = False) -> int:
    """Write all answers of a file in one short transaction; returns how many. Raises as `waiting`."""
    with waiting(survey, content, leave_out=leave_out) as rows:
        return actions.add(survey=survey, rows=rows, by=by)
