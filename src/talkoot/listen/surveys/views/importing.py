"""Answers from a file: of our own layout, or of another tool once a person has said what its columns are."""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING, Any

from django.contrib import messages
from django.http import HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from talkoot.city.organisations.audiences import WorkspaceView
from talkoot.kit.crud.views import ObjectMixin
from talkoot.kit.exchange import Preview
from talkoot.kit.exchange.models import PendingImport
from talkoot.kit.exchange.pages import KEY, ConfirmForm, ImportPage
from talkoot.kit.exchange.sheet import HasErrors
from talkoot.listen.surveys import actions, jobs, taking
from talkoot.listen.surveys.matching import guess, reading, targets
from talkoot.listen.surveys.matching.forms import MatchForm
from talkoot.listen.surveys.models import Round
from talkoot.listen.surveys.sheet import ELSEWHERE, sheet_of
from talkoot.listen.surveys.views.rounds import OfCity

if TYPE_CHECKING:
    from django import forms

    from talkoot.kit.access.request import Request
    from talkoot.kit.exchange import Sheet
    from talkoot.listen.surveys.matching.reading import Examined, Reading
    from talkoot.listen.surveys.matching.targets import Target

STEP, COLUMNS = "vaihe", "sarakkeet"
SHOWN_MOST = 500
"""Rows of each kind that the preview of a large file shows; all of them are read and counted."""
AT_ONCE = 5000
"""So many answers are taken while the reader waits; more of them become a job."""


class Import(OfCity, ObjectMixin, WorkspaceView, ImportPage):
    """Upload, say what the columns are unless it is known, look, confirm. Results are worked out by a job."""

    permission = "surveys.manage"
    template_name = "surveys/import.html"
    heading = gettext_lazy("Import answers")
    saved_notice = gettext_lazy("Imported. The results are being calculated.")

    def get(self, request: Request, *args: Any, **kwargs: Any) -> HttpResponse:
        return self.already_published() or super().get(request, *args, **kwargs)

    def post(self, request: Request, *args: Any, **kwargs: Any) -> HttpResponse:
        return self.already_published() or super().post(request, *args, **kwargs)

    def already_published(self) -> HttpResponse | None:
        """Published results stay as they are until they are taken back."""
        if self.object.state != Round.State.PUBLISHED:
            return None
        sentence = _("The results are published. Take them back before you add answers. Nothing was changed.")
        messages.warning(self.request, sentence)
        return HttpResponseRedirect(self.round_url)

    @property
    def round_url(self) -> str:
        return reverse(
            "surveys:workspace_results", kwargs={"city": self.request.city.slug, "pk": self.object.pk}
        )

    @cached_property
    def sheet(self) -> Sheet:  # type: ignore[override]  # the columns depend on the questionnaire
        return sheet_of(self.object)

    @cached_property
    def targets(self) -> dict[str, Target]:
        return targets.of(self.object)

    @cached_property
    def examined(self) -> Examined:
        """What is in the waiting file."""
        assert self.pending  # noqa: S101 -- asked only while a file waits
        return reading.examine(bytes(self.pending.content))

    @cached_property
    def is_ours(self) -> bool:
        """The waiting file has our own layout."""
        return self.pending is not None and taking.is_ours(bytes(self.pending.content), self.sheet)

    @cached_property
    def kept(self) -> Reading:
        return reading.Reading.kept(self.object)

    @cached_property
    def matches(self) -> bool:
        """The page asks what the columns are: nobody has said it yet, or someone wants to say it anew."""
        if self.pending is None or self.is_ours:
            return False
        wanted = self.request.GET.get(STEP) == COLUMNS or "matching" in self.request.POST
        return wanted or not self.kept.covers(self.examined)

    def read(self, content: bytes) -> Preview:
        """The rows as they would be taken. A file that has just come is only looked at as a whole."""
        if self.pending is None:
            taking.look(content)
            return Preview()
        return taking.preview(self.object, content, self.sheet, most=SHOWN_MOST)

    def get_form(self, data: Any = None, files: Any = None) -> forms.Form:
        if not self.matches or self.pending is None:
            return super().get_form(data, files)
        return self._match_form(data, self.kept if self.kept.covers(self.examined) else self._guessed())

    def _guessed(self) -> Reading:
        codes = [city.code for city in self.object.municipalities()]
        here = self.request.city.code if self.request.city.code in codes else ELSEWHERE
        found = guess.read_as(self.examined, self.targets, here)
        found.columns |= {h: pair for h, pair in self.kept.columns.items() if h in found.columns}
        for key, words in self.kept.values.items():
            found.values[key] = found.values.get(key, {}) | words
        return found

    def _match_form(self, data: Any, so_far: Reading) -> MatchForm:
        cities = [(city.code, city.name) for city in self.object.municipalities()]
        return MatchForm(
            data=data,
            examined=self.examined,
            targets=self.targets,
            reading=so_far,
            cities=[*cities, (ELSEWHERE, _("Somewhere else"))],
            initial={"token": self.pending.token if self.pending else None},
        )

    def saved(self, form: Any) -> HttpResponse:
        if not isinstance(form, MatchForm):
            return super().saved(form)
        actions.keep_reading(survey=self.object, reading=form.said.as_json())
        address = f"{self.request.path}?{KEY}={form.cleaned_data['token']}"
        return HttpResponseRedirect(f"{address}&{STEP}={COLUMNS}" if form.asks_more else address)

    def save(self, form: ConfirmForm) -> Any:
        leave_out = form.cleaned_data.get("leave_out", False)
        token, by = form.cleaned_data["token"], self.request.user
        if form.preview.errors and not leave_out:
            raise HasErrors
        if form.preview.fine > AT_ONCE:
            self.saved_notice = _("The answers are being imported. It takes about a minute.")  # type: ignore[misc, assignment]  # of this one import
            jobs.take_answers.enqueue(self.object.pk, str(token), by.pk, leave_out)
            return self.round_url
        self.saved_notice = f"{self.saved_notice} {self._counted()}"  # type: ignore[misc, assignment]  # the same
        pending = PendingImport.objects.visible_to(by).get(token=token)
        taking.take(survey=self.object, content=bytes(pending.content), by=by, leave_out=leave_out)
        pending.delete()
        jobs.calculate.enqueue(self.object.pk, by.pk)
        return self.round_url

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        listed = reverse("surveys:workspace_list", kwargs={"city": self.request.city.slug})
        extra = {
            "heading": self.heading,
            "lead": self.object.name,
            "crumbs": [(_("Surveys"), listed), (self.object.name, self.round_url), (self.heading, "")],
        }
        return super().get_context_data(**kwargs) | extra | self._more()

    def _more(self) -> dict[str, Any]:
        if self.matches:
            return {"submit_label": _("Show the rows"), "is_matching": True}
        if self.pending is None or self.is_ours:
            return {}
        turned = taking.turning(self.object, self.kept, self.targets)
        return {
            "columns_url": f"{self.request.path}?{KEY}={self.pending.token}&{STEP}={COLUMNS}",
            "numbered": turned.numbered,
            "left_out": [h for h, (key, _part) in self.kept.columns.items() if not key and self._has(h)],
            "passed": self.examined.rows - self.preview.fine - self.preview.broken,
        }

    def _has(self, heading: str) -> bool:
        return any(column.heading == heading for column in self.examined.columns)

    def _shown(self) -> dict[str, Any]:
        return {} if self.matches else super()._shown()
