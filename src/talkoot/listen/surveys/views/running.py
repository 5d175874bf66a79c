"""A round from its plan to its last answer: made, changed, answers by telephone, single answers as a file."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, ClassVar

from django.contrib import messages
from django.db import transaction
from django.http import HttpResponseRedirect, JsonResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from talkoot.city.organisations.audiences import WorkspaceView
from talkoot.kit import clock
from talkoot.kit.audit import log
from talkoot.kit.crud import export, once
from talkoot.kit.crud.views import CreatePage, EditPage, FormPage, ObjectMixin
from talkoot.kit.crud.views.changes import Confirmation
from talkoot.listen.surveys import actions, raw
from talkoot.listen.surveys.answering import actions as answering
from talkoot.listen.surveys.forms import RoundForm
from talkoot.listen.surveys.models import Invitation, Round
from talkoot.listen.surveys.views.rounds import OfCity

if TYPE_CHECKING:
    from django.http import HttpResponse

    from talkoot.kit.access.request import Request

OVER = (Round.State.CLOSED, Round.State.PUBLISHED)


class Running(OfCity, WorkspaceView):
    permission = "surveys.manage"

    def address(self, name: str, survey: Round, **more: Any) -> str:
        return reverse(f"surveys:{name}", kwargs={"city": self.request.city.slug, "pk": survey.pk} | more)

    def crumbs(self, survey: Round | None, last: str) -> list[tuple[str, str]]:
        found = [(_("Surveys"), reverse("surveys:workspace_list", kwargs={"city": self.request.city.slug}))]
        if survey is not None:
            found.append((survey.name, self.address("workspace_results", survey)))
        return [*found, (last, "")]


class NotOver(Running, ObjectMixin, FormPage):
    """Of a round that is planned or open. `not_today` says why nothing is sent on a day when it takes no answers."""

    not_today: ClassVar[Any] = None

    def get(self, request: Request, *args: Any, **kwargs: Any) -> HttpResponse:
        return self.is_over() or super().get(request, *args, **kwargs)

    def post(self, request: Request, *args: Any, **kwargs: Any) -> HttpResponse:
        return self.takes_none() or self.is_over() or super().post(request, *args, **kwargs)

    def takes_none(self) -> HttpResponse | None:
        if self.not_today is None or self.object.takes_answers(clock.today()):
            return None
        messages.warning(self.request, self.not_today)
        return HttpResponseRedirect(self.address("invitations", self.object))

    def is_over(self) -> HttpResponse | None:
        if self.object.state not in OVER:
            return None
        messages.warning(self.request, _("The survey has closed. Nothing was changed."))
        return HttpResponseRedirect(self.address("workspace_results", self.object))

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        crumbs = self.crumbs(self.object, str(self.heading))
        kwargs.setdefault("cancel_url", self.address("invitations", self.object))
        context = super().get_context_data(crumbs=crumbs, **kwargs)
        return context | {"heading": self.heading}


class RoundCreate(Running, CreatePage):
    form_class = RoundForm
    heading = gettext_lazy("New survey round")

    def get_form_kwargs(self) -> dict[str, Any]:
        return {"city": self.request.city}

    def save(self, form: Any) -> str:
        made = actions.create(survey=form.save(commit=False), by=self.request.user)
        return self.address("workspace_results", made)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(crumbs=self.crumbs(None, _("New survey round")), **kwargs)


class RoundEdit(NotOver, EditPage):
    form_class = RoundForm

    def get_form_kwargs(self) -> dict[str, Any]:
        return {"city": self.request.city}

    def save(self, form: Any) -> str:
        super().save(form)
        return self.address("workspace_results", self.object)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(cancel_url=self.address("workspace_results", self.object), **kwargs)


class Record(NotOver):
    """An answer that someone gives by telephone: the officer fills in the same pages, and the answer is marked."""

    form_class = Confirmation
    template_name = "surveys/send.html"
    heading = gettext_lazy("Record an answer by telephone")
    submit_label = gettext_lazy("Begin")
    saved_notice = gettext_lazy("Read the questions aloud and fill in the answers.")
    not_today = gettext_lazy("The survey does not take answers today.")

    def invitation(self) -> Invitation | None:
        """Of the company in the address of the page, when it was invited and has not answered."""
        asked = self.request.GET.get("kutsu", "")
        rows = Invitation.objects.visible_to(self.request.user)  # type: ignore[attr-defined]  # our queryset
        found: Invitation | None = rows.filter(
            pk=asked if asked.isdecimal() else 0, round=self.object, city=self.request.city, answered=False
        ).first()
        return found

    def save(self, form: Any) -> str:
        draft = answering.begin(
            survey=self.object, city=self.request.city, invitation=self.invitation(), by=self.request.user
        )
        return reverse("surveys:answer", kwargs={"city": self.request.city.slug, "token": draft.token})

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        invitation = self.invitation()
        lead = (
            str(invitation.organisation)
            if invitation
            else _("The answer is marked as recorded by an officer.")
        )
        return super().get_context_data(lead=lead, takes=True, **kwargs)


class RawAnswers(Running, ObjectMixin, FormPage):
    """Single answers as a file, for those who run the survey; the log keeps who took it."""

    form_class = Confirmation
    template_name = "surveys/raw.html"
    heading = gettext_lazy("Download single answers")
    submit_label = gettext_lazy("Download CSV")

    def post(self, request: Request, *args: Any, **kwargs: Any) -> Any:
        try:
            once.key_of(request)
        except once.KeyMissing:
            return self.incomplete()
        rows = raw.rows(self.object)
        with transaction.atomic():
            log.record(
                self.object, by=request.user, verb="downloaded", changes={"responses": [None, len(rows)]}
            )
        return export.response(raw.columns(self.object), rows, f"{self.object.code}-vastaukset", "csv")

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        context = super().get_context_data(
            crumbs=self.crumbs(self.object, str(self.heading)),
            cancel_url=self.address("workspace_results", self.object),
            codebook_url=self.address("raw_codebook", self.object),
            **kwargs,
        )
        return context | {"heading": self.heading}


class RawCodebook(Running, ObjectMixin):
    """What the columns of the file of single answers mean."""

    def get(self, request: Request, *args: Any, **kwargs: Any) -> HttpResponse:
        answer = JsonResponse(
            raw.codebook(self.object), json_dumps_params={"ensure_ascii": False, "indent": 2}
        )
        answer["Content-Disposition"] = f'attachment; filename="{self.object.code}-muuttujat.json"'
        return answer
