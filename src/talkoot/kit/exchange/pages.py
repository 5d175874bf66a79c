"""Upload, preview, confirm: three steps of one page at one address."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from itertools import chain, islice
from typing import TYPE_CHECKING, Any, ClassVar, cast

import tablib
from django import forms
from django.core.exceptions import ValidationError
from django.http import HttpResponse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from talkoot.kit.crud import once
from talkoot.kit.crud.export import defused
from talkoot.kit.crud.views.changes import FormPage
from talkoot.kit.exchange.models import PendingImport
from talkoot.kit.exchange.reading import Unreadable
from talkoot.kit.exchange.sheet import Preview, Record, Sheet, commit, error_heading
from talkoot.kit.files import kinds
from talkoot.kit.files.forms import UploadField

if TYPE_CHECKING:
    from collections.abc import Iterable

    from django.core.files.uploadedfile import UploadedFile
    from django.utils.functional import _StrPromise

    from talkoot.kit.access.request import Request

KEY = "tuonti"
SHOWN_MOST = 50


class UploadForm(forms.Form):
    file = UploadField(
        kinds=kinds.TABLES,
        label=gettext_lazy("File"),
        help_text=gettext_lazy("CSV, XLSX or JSON. You see the rows before anything is saved."),
    )

    def __init__(self, *args: Any, sheet: Sheet, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.sheet = sheet

    def clean_file(self) -> UploadedFile[Any]:
        file: UploadedFile[Any] = self.cleaned_data["file"]
        try:
            self.sheet.preview(file.read())
        except Unreadable as error:
            raise ValidationError(str(error), code="unreadable") from error
        finally:
            file.seek(0)
        return file


class ConfirmForm(forms.Form):
    token = forms.UUIDField(widget=forms.HiddenInput)
    leave_out = forms.BooleanField(
        label=gettext_lazy("Leave these rows out and import the rest"), required=False
    )

    def __init__(self, *args: Any, preview: Preview, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.preview = preview
        if not preview.errors or not preview.ok:
            del self.fields["leave_out"]

    def clean(self) -> None:
        if not self.preview.ok:
            raise ValidationError(_("No row can be imported as it is. Fix the file and add it again."))
        if self.preview.errors and not self.cleaned_data.get("leave_out"):
            sentence = _("Some rows need fixing. Leave them out, or fix the file and add it again.")
            self.add_error("leave_out", sentence)


@dataclass(frozen=True, slots=True)
class ShownRow:
    """A row of the preview: `errors` are sentences by the index of their column."""

    number: int
    values: list[Any]
    errors: dict[int, str]


class ImportPage(FormPage):
    """Takes rows of `sheet` from a file. A subclass gives `sheet` and `take_in(records)`, which saves them all.

    `take_in` runs in one transaction and returns an object or an address, as `FormPage.save`.
    """

    template_name = "exchange/import.html"
    heading: ClassVar[str | _StrPromise] = gettext_lazy("Import")
    submit_label = gettext_lazy("Import")
    saved_notice = gettext_lazy("Imported.")
    sheet: ClassVar[Sheet]

    def take_in(self, records: list[Record]) -> Any:
        raise NotImplementedError

    @cached_property
    def pending(self) -> PendingImport | None:
        """The file that waits for a decision, if the address or the form names one of this reader and page."""
        token = self.request.POST.get("token") or self.request.GET.get(KEY)
        waiting = PendingImport.objects.visible_to(self.request.user).filter(address=self.request.path)
        try:
            return waiting.filter(token=token).first() if token else None
        except ValidationError:
            return None

    @cached_property
    def preview(self) -> Preview:
        return self.sheet.preview(bytes(self.pending.content)) if self.pending else Preview()

    def get_form(self, data: Any = None, files: Any = None) -> forms.Form:
        if self.pending is None:
            return UploadForm(data=None if data and "token" in data else data, files=files, sheet=self.sheet)
        initial = {"token": self.pending.token}
        return ConfirmForm(data=data, preview=self.preview, initial=initial)

    def get(self, request: Request, *args: Any, **kwargs: Any) -> HttpResponse:
        if self.pending and request.GET.get("format") == "csv":
            return _to_fix(self.preview)
        return super().get(request, *args, **kwargs)

    def saved(self, form: Any) -> HttpResponse:
        if isinstance(form, UploadForm):
            return once.once(self.request, lambda: self._set_aside(form.cleaned_data["file"]))
        return super().saved(form)

    def _set_aside(self, file: UploadedFile[Any]) -> str:
        path, person = self.request.path, cast("Any", self.request.user)
        pending = PendingImport.objects.create(
            address=path, name=file.name or "", content=file.read(), created_by=person
        )
        return f"{path}?{KEY}={pending.token}"

    def save(self, form: ConfirmForm) -> Any:
        PendingImport.objects.filter(token=form.cleaned_data["token"]).delete()
        return commit(form.preview, self.take_in, leave_out=form.cleaned_data.get("leave_out", False))

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        named = "token" in self.request.POST or KEY in self.request.GET
        extra = _shown(self.sheet, self.preview) if self.pending else {"expired": named}
        labels = {} if self.pending else {"submit_label": _("Show the rows")}
        return super().get_context_data(pending=self.pending, sheet=self.sheet, **extra, **kwargs) | labels


def _shown(sheet: Sheet, preview: Preview) -> dict[str, Any]:
    """What components/import_preview.html asks for: first the rows that need fixing."""
    fine, broken = len(preview.ok), len(preview.rejected)
    rows = chain(
        _broken_rows(sheet, preview),
        (ShownRow(record.line, _values(sheet, record), {}) for record in preview.ok),
    )
    shown = list(islice(rows, SHOWN_MOST))
    return {
        "fine": fine,
        "broken": broken,
        "rows": shown,
        "shown": len(shown),
        "total": fine + broken,
        "columns": [column.label for column in sheet.columns],
        "unknown": preview.unknown,
    }


def _values(sheet: Sheet, record: Record) -> list[Any]:
    return [record.written.get(column.key, "") for column in sheet.columns]


def _broken_rows(sheet: Sheet, preview: Preview) -> Iterable[ShownRow]:
    places = {str(column.label): index for index, column in enumerate(sheet.columns)}
    names = [column.names() for column in sheet.columns]
    by_line: dict[int, dict[int, str]] = {}
    for error in preview.errors:
        by_line.setdefault(error.line, {})[places.get(error.field, 0)] = error.message
    for row in preview.rejected:
        cells = sheet.bare_cells(row)
        yield ShownRow(row.line, [_first(cells, known) for known in names], by_line[row.line])


def _first(cells: dict[str, Any], names: set[str]) -> Any:
    return next((cells[name] for name in names if name in cells), "")


def _to_fix(preview: Preview) -> HttpResponse:
    """The rows that need fixing as they were, with what is wrong in a column of its own."""
    sentences: dict[int, list[str]] = {}
    for error in preview.errors:
        sentences.setdefault(error.line, []).append(
            f"{error.field}: {error.message}" if error.field else error.message
        )
    headings = list(dict.fromkeys(heading for row in preview.rejected for heading in row.cells))
    kept = [heading for heading in headings if heading != error_heading()]
    data = tablib.Dataset(headers=[*kept, error_heading()])
    for row in preview.rejected:
        data.append(
            [*(defused(row.cells.get(heading, "")) for heading in kept), " ".join(sentences[row.line])]
        )
    name = _("to-fix")
    answer = HttpResponse("\ufeff" + data.export("csv"), content_type="text/csv; charset=utf-8")
    answer["Content-Disposition"] = f'attachment; filename="{name}.csv"'
    return answer
