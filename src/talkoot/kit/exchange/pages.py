"""Upload, preview, confirm: three steps of one page at one address."""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING, Any, ClassVar, cast

import tablib
from django import forms
from django.core.exceptions import ValidationError
from django.http import HttpResponse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from talkoot.kit.crud import once
from talkoot.kit.crud.export import TYPES, defused
from talkoot.kit.crud.views.changes import FormPage
from talkoot.kit.exchange import guide, showing
from talkoot.kit.exchange.models import PendingImport
from talkoot.kit.exchange.reading import Unreadable
from talkoot.kit.exchange.sheet import Preview, Record, Sheet, commit, error_heading
from talkoot.kit.exchange.standing import NEW
from talkoot.kit.files import kinds
from talkoot.kit.files.forms import UploadField

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from django.core.files.uploadedfile import UploadedFile
    from django.utils.functional import _StrPromise

    from talkoot.kit.access.request import Request
    from talkoot.kit.exchange.standing import Standing

KEY = "tuonti"
TEMPLATE = "malli"
ROWS = "rivit"


class UploadForm(forms.Form):
    file = UploadField(
        kinds=kinds.TABLES,
        label=gettext_lazy("File"),
        help_text=gettext_lazy("CSV, XLSX or JSON. You see the rows before anything is saved."),
    )

    def __init__(self, *args: Any, read: Callable[[bytes], object], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.read = read

    def clean_file(self) -> UploadedFile[Any]:
        file: UploadedFile[Any] = self.cleaned_data["file"]
        try:
            self.read(file.read())
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
        if not preview.errors or not preview.fine:
            del self.fields["leave_out"]

    def clean(self) -> None:
        if not self.preview.fine:
            raise ValidationError(_("No row can be imported as it is. Fix the file and add it again."))
        if self.preview.errors and not self.cleaned_data.get("leave_out"):
            sentence = _("Some rows need fixing. Leave them out, or fix the file and add it again.")
            self.add_error("leave_out", sentence)


class ImportPage(FormPage):
    """Takes rows of `sheet` from a file. A subclass gives `sheet` and `take_in(records)`, which saves them all.

    `take_in` runs in one transaction and returns an object or an address, as `FormPage.save`. Where a row may be
    about something known, `compare(records)` says what it would do; without it every row is new.
    """

    template_name = "exchange/import.html"
    heading: ClassVar[str | _StrPromise] = gettext_lazy("Import")
    submit_label = gettext_lazy("Import")
    saved_notice: ClassVar[str | _StrPromise] = gettext_lazy("Imported.")
    upload_form: ClassVar[type[UploadForm]] = UploadForm
    sheet: ClassVar[Sheet]

    def take_in(self, records: list[Record]) -> Any:
        raise NotImplementedError

    def compare(self, records: Sequence[Record]) -> list[Standing]:
        """One standing a record, in their order. Writes nothing."""
        return [NEW] * len(records)

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
        return self.read(bytes(self.pending.content)) if self.pending else Preview()

    def read(self, content: bytes) -> Preview:
        """The rows of a file; raises Unreadable. Also asked of a file that has just come."""
        return self.sheet.preview(content)

    @cached_property
    def standings(self) -> list[Standing]:
        return self.compare(self.preview.ok)

    def get_form(self, data: Any = None, files: Any = None) -> forms.Form:
        if self.pending is None:
            return self.upload_form(
                data=None if data and "token" in data else data, files=files, read=self.read
            )
        initial = {"token": self.pending.token}
        return ConfirmForm(data=data, preview=self.preview, initial=initial)

    def get(self, request: Request, *args: Any, **kwargs: Any) -> HttpResponse:
        if self.pending and request.GET.get("format") == "csv":
            return _to_fix(self.preview)
        if (kind := request.GET.get(TEMPLATE, "")) in guide.KINDS:
            return self._start_file(kind)
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

    def _start_file(self, kind: str) -> HttpResponse:
        answer = HttpResponse(guide.template(self.sheet, kind), content_type=TYPES[kind])
        answer["Content-Disposition"] = f'attachment; filename="{_("template")}.{kind}"'
        return answer

    def save(self, form: ConfirmForm) -> Any:
        self.saved_notice = f"{self.saved_notice} {self._counted()}"  # type: ignore[misc]  # of this one import
        PendingImport.objects.filter(token=form.cleaned_data["token"]).delete()
        return commit(form.preview, self.take_in, leave_out=form.cleaned_data.get("leave_out", False))

    def _counted(self) -> str:
        """How many rows were new, changed something or were known as they are."""
        tallies = showing.tallies(self.preview, self.standings, "")
        return " ".join(
            f"{one.label}: {one.count}." for one in tallies if one.count and one.state != showing.BROKEN
        )

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        named = "token" in self.request.POST or KEY in self.request.GET
        extra = self._shown() if self.pending else {"expired": named, "guide": guide.explained(self.sheet)}
        labels = {} if self.pending else {"submit_label": _("Show the rows")}
        return super().get_context_data(pending=self.pending, sheet=self.sheet, **extra, **kwargs) | labels

    def _shown(self) -> dict[str, Any]:
        """What components/import_preview.html asks for."""
        asked = self.request.GET
        wanted, number = asked.get(ROWS, ""), asked.get("page")
        tallies = showing.tallies(self.preview, self.standings, wanted)
        fine = sum(one.count for one in tallies if one.state in {"new", "changed"})
        return {
            "tallies": tallies,
            "to_save": fine,
            "broken": self.preview.broken,
            "page": showing.page(self.sheet, self.preview, self.standings, wanted=wanted, number=number),
            "columns": [column.label for column in self.sheet.columns],
            "unknown": self.preview.unknown,
            "comments": len(self.preview.comments),
        }


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
