"""What a file of a sheet should look like: the columns in words, and a file to start from."""

from __future__ import annotations

import csv
from dataclasses import dataclass
from io import BytesIO, StringIO
from typing import TYPE_CHECKING, Any

from django import forms
from django.utils.translation import gettext as _

from talkoot.kit.exchange.reading import COMMENT

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from talkoot.kit.exchange.sheet import Column, Sheet

KINDS = ("csv", "xlsx")
FIRST_OF_ALL = 40
"""As many known values as fit in a sentence."""


@dataclass(frozen=True, slots=True)
class Explained:
    """A column for the one who fills it in; `also` are the other headings that it goes by."""

    label: str
    required: bool
    text: str
    example: str
    also: str

    @property
    def wanted(self) -> str:
        return _("required") if self.required else _("may be empty")


def explained(sheet: Sheet) -> list[Explained]:
    """Every column of the sheet, in the reader's language."""
    return [
        Explained(
            str(column.label), bool(column.field.required), _text(column), _example(column), _also(column)
        )
        for column in sheet.columns
    ]


def _also(column: Column) -> str:
    own = str(column.label).casefold()
    return ", ".join(dict.fromkeys(name for name in (column.key, *column.aliases) if name.casefold() != own))


def _text(column: Column) -> str:
    field = column.field
    if text := str(column.help or field.help_text):
        return text
    known = sorted(getattr(field, "known", ()))
    if known and len(known) <= FIRST_OF_ALL:
        return _("One of these: %(values)s.") % {"values": ", ".join(known)}
    if isinstance(field, forms.DateField):
        return _("A day, such as 3.12.2026 or 2026-12-03.")
    if isinstance(field, forms.IntegerField):
        return _number(field)
    if isinstance(field, forms.CharField) and field.max_length:
        return _("Text, at most %(most)s characters.") % {"most": field.max_length}
    return _("Text.")


def _number(field: forms.IntegerField) -> str:
    low, high = field.min_value, field.max_value
    if low is None or high is None:
        return _("A number.")
    return _("A number from %(low)s to %(high)s.") % {"low": low, "high": high}


def _example(column: Column) -> str:
    if column.example:
        return str(column.example)
    if isinstance(column.field, forms.DateField):
        return "2026-12-03"
    known = sorted(getattr(column.field, "known", ()))
    return known[0] if known else ""


def template(sheet: Sheet, kind: str) -> bytes:
    """A file with the headings and one example row, which is a comment: it is not read if it is left there."""
    columns = explained(sheet)
    return _workbook(columns) if kind == "xlsx" else _text_file(columns)


def _rows(columns: Sequence[Explained]) -> Iterable[list[str]]:
    yield [column.label for column in columns]
    yield [f"{COMMENT}{_('Example')}: {columns[0].example}", *(column.example for column in columns[1:])]


def _text_file(columns: Sequence[Explained]) -> bytes:
    """Semicolons and a byte order mark, as spreadsheet programs in Finland expect."""
    text = StringIO()
    writer = csv.writer(text, delimiter=";")
    writer.writerows(_rows(columns))
    for column in columns:
        writer.writerow([f"{COMMENT}{column.label} ({column.wanted}): {column.text}"])
    writer.writerow([f"{COMMENT}{_('Rows that start with # are not read. You may leave them here.')}"])
    return text.getvalue().encode("utf-8-sig")


def _workbook(columns: Sequence[Explained]) -> bytes:
    import openpyxl  # noqa: PLC0415 -- only who asks for a workbook needs it
    from openpyxl.styles import Font  # noqa: PLC0415 -- the same

    book = openpyxl.Workbook()
    sheet: Any = book.active
    sheet.title = _("Rows")
    for row in _rows(columns):
        sheet.append(row)
    guide = book.create_sheet(_("Columns"))
    guide.append([_("Column"), _("Is it required"), _("What to write"), _("Example"), _("Also read as")])
    for one in columns:
        guide.append([one.label, one.wanted, one.text, one.example, one.also])
    guide.append([])
    guide.append([_("Rows that start with # are not read. You may leave them here.")])
    for page, widths in ((sheet, [24] * len(columns)), (guide, [28, 18, 70, 24, 40])):
        page.freeze_panes = "A2"
        for cell, width in zip(page[1], widths, strict=False):
            cell.font = Font(bold=True)
            page.column_dimensions[cell.column_letter].width = width
    content = BytesIO()
    book.save(content)
    return content.getvalue()
