"""A round from its plan to its last answer: made, changed, invitations, reminders, answers by telephone."""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING, Any, ClassVar

from django.contrib import messages
from django.db import transaction
from django.http import HttpResponseRedirect, JsonResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from talkoot.city.organisations.audiences import WorkspaceView
from talkoot.city.organisations.industries import SECTIONS
from talkoot.kit import clock
from talkoot.kit.audit import log
from talkoot.kit.crud import export, once
from talkoot.kit.crud.views import CreatePage, DetailPage, EditPage, FormPage, ListPage, ObjectMixin
from talkoot.kit.crud.views.changes import Confirmation
from talkoot.listen.surveys import actions, inviting, jobs, letters, raw
from talkoot.listen.surveys.answering import actions as answering
from talkoot.listen.surveys.forms import InviteForm, RoundForm
from talkoot.listen.surveys.models import ContactRequest, Invitation, Round
from talkoot.listen.surveys.tables import ContactTable, InvitationTable
from talkoot.listen.surveys.views.rounds import OfCity

if TYPE_CHECKING:
    from django.db.models import QuerySet
    from django.http import HttpResponse

    from talkoot.kit.access.request import Request

OVER = (Round.State.CLOSED, Round.State.PUBLISHED)


class _Running(OfCity, WorkspaceView):
    permission = "surveys.manage"

    def address(self, name: str, survey: Round, **more: Any) -> str:
        return reverse(f"surveys:{name}", kwargs={"city": self.request.city.slug, "pk": survey.pk} | more)

    def crumbs(self, survey: Round | None, last: str) -> list[tuple[str, str]]:
        found = [(_("Surveys"), reverse("surveys:workspace_list", kwargs={"city": self.request.city.slug}))]
        if survey is not None:
            found.append((survey.name, self.address("workspace_results", survey)))
        return [*found, (last, "")]


class _NotOver(_Running, ObjectMixin, FormPage):
    """Of a round that is planned or open."""

    def get(self, request: Request, *args: Any, **kwargs: Any) -> HttpResponse:
        return self.is_over() or super().get(request, *args, **kwargs)

    def post(self, request: Request, *args: Any, **kwargs: Any) -> HttpResponse:
        return self.is_over() or super().post(request, *args, **kwargs)

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


class RoundCreate(_Running, CreatePage):
    form_class = RoundForm
    heading = gettext_lazy("New survey round")

    def get_form_kwargs(self) -> dict[str, Any]:
        return {"city": self.request.city}

    def save(self, form: Any) -> str:
        made = actions.create(survey=form.save(commit=False), by=self.request.user)
        return self.address("workspace_results", made)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(crumbs=self.crumbs(None, _("New survey round")), **kwargs)


class RoundEdit(_NotOver, EditPage):
    form_class = RoundForm

    def get_form_kwargs(self) -> dict[str, Any]:
        return {"city": self.request.city}

    def save(self, form: Any) -> str:
        super().save(form)
        return self.address("workspace_results", self.object)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(cancel_url=self.address("workspace_results", self.object), **kwargs)


class Invitations(_Running, ListPage):
    """Who has been invited and how many have answered, by size and sector against the target."""

    model = Invitation
    table_class = InvitationTable
    template_name = "surveys/invitations.html"

    @cached_property
    def survey(self) -> Round:
        """The round in the address, among those that the reader may see."""
        rows = Round.objects.visible_to(self.request.user).in_city(self.request.city)  # type: ignore[attr-defined]  # our queryset
        found: Round = get_object_or_404(rows, pk=self.kwargs["pk"])
        return found

    def permission_object(self) -> Any:
        return self.survey

    def in_city(self, rows: QuerySet[Any]) -> QuerySet[Any]:
        return rows.filter(round=self.survey, city=self.request.city).select_related("organisation")

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        survey, city = self.survey, self.request.city
        context = super().get_context_data(
            survey=survey,
            sizes=inviting.by_size(survey),
            sectors=[
                (SECTIONS.get(code, _("Not known")), *n) for code, n in inviting.by_sector(survey).items()
            ],
            to_mail=inviting.waiting(survey, city, again=False).count(),
            to_remind=inviting.waiting(survey, city, again=True).count(),
            to_print=letters.to_print(survey, city).count(),
            files=letters.of(survey, city),
            is_over=survey.state in OVER,
            takes=survey.takes_answers(clock.today()),
            open_url=self.request.build_absolute_uri(
                reverse("surveys:answer", kwargs={"city": city.slug, "token": survey.code})
            ),
            crumbs=self.crumbs(survey, _("Invitations and answers")),
            **kwargs,
        )
        return context | {"heading": _("Invitations and answers")}


class Invite(_NotOver):
    form_class = InviteForm
    template_name = "surveys/invite.html"
    heading = gettext_lazy("Invite companies")
    submit_label = gettext_lazy("Invite")
    saved_notice = gettext_lazy("Invited. Send the links by mail or print the letters.")

    def save(self, form: Any) -> str:
        survey, city = self.object, self.request.city
        found = inviting.companies(survey, city, **form.cleaned_data)
        inviting.invite(survey=survey, city=city, companies=found, by=self.request.user)
        return self.address("invitations", survey)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        left = inviting.companies(self.object, self.request.city).count()
        return super().get_context_data(left=left, **kwargs)


class Send(_NotOver):
    """Mails the personal links, or reminds the silent."""

    form_class = Confirmation
    template_name = "surveys/send.html"
    saved_notice = gettext_lazy("The messages are on their way.")
    reminds: ClassVar[bool] = False

    @property
    def heading(self) -> Any:  # type: ignore[override]  # two acts on one page
        return _("Remind those who have not answered") if self.reminds else _("Send the invitations by mail")

    @property
    def submit_label(self) -> Any:  # type: ignore[override]  # the same
        return _("Send a reminder") if self.reminds else _("Send")

    def post(self, request: Request, *args: Any, **kwargs: Any) -> HttpResponse:
        if not self.object.takes_answers(clock.today()):
            messages.warning(request, _("Open the survey first. Nothing was sent."))
            return HttpResponseRedirect(self.address("invitations", self.object))
        return super().post(request, *args, **kwargs)

    def save(self, form: Any) -> str:
        jobs.mail_invitations.enqueue(
            self.object.pk, self.request.city.pk, self.request.user.pk, self.reminds
        )
        return self.address("invitations", self.object)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        n = inviting.waiting(self.object, self.request.city, again=self.reminds).count()
        words = ngettext("%(n)s company gets the message.", "%(n)s companies get the message.", n) % {"n": n}
        return super().get_context_data(lead=words, takes=self.object.takes_answers(clock.today()), **kwargs)


class Letters(_NotOver):
    form_class = Confirmation
    template_name = "surveys/send.html"
    heading = gettext_lazy("Letters to print")
    submit_label = gettext_lazy("Make the letters")
    saved_notice = gettext_lazy("The letters are being made. They appear here within a minute.")

    def save(self, form: Any) -> str:
        jobs.make_letters.enqueue(self.object.pk, self.request.city.pk)
        return self.address("invitations", self.object)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        n = letters.to_print(self.object, self.request.city).count()
        words = ngettext(
            "%(n)s letter, with the link as a code.", "%(n)s letters, with the link as a code.", n
        )
        return super().get_context_data(lead=words % {"n": n}, takes=True, **kwargs)


class Record(_NotOver):
    """An answer that someone gives by telephone: the officer fills in the same pages, and the answer is marked."""

    form_class = Confirmation
    template_name = "surveys/send.html"
    heading = gettext_lazy("Record an answer by telephone")
    submit_label = gettext_lazy("Begin")
    saved_notice = gettext_lazy("Read the questions aloud and fill in the answers.")

    def invitation(self) -> Invitation | None:
        """Of the company in the address of the page, when it was invited and has not answered."""
        asked = self.request.GET.get("kutsu", "")
        rows = Invitation.objects.visible_to(self.request.user)  # type: ignore[attr-defined]  # our queryset
        found: Invitation | None = rows.filter(
            pk=asked if asked.isdecimal() else 0, round=self.object, city=self.request.city, answered=False
        ).first()
        return found

    def post(self, request: Request, *args: Any, **kwargs: Any) -> HttpResponse:
        if not self.object.takes_answers(clock.today()):
            messages.warning(request, _("The survey does not take answers today."))
            return HttpResponseRedirect(self.address("invitations", self.object))
        return super().post(request, *args, **kwargs)

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


class RawAnswers(_Running, ObjectMixin, FormPage):
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


class RawCodebook(_Running, ObjectMixin):
    """What the columns of the file of single answers mean."""

    def get(self, request: Request, *args: Any, **kwargs: Any) -> HttpResponse:
        answer = JsonResponse(
            raw.codebook(self.object), json_dumps_params={"ensure_ascii": False, "indent": 2}
        )
        answer["Content-Disposition"] = f'attachment; filename="{self.object.code}-muuttujat.json"'
        return answer


class ContactList(WorkspaceView, ListPage):
    permission = "surveys.manage"
    model = ContactRequest
    table_class = ContactTable

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        context = super().get_context_data(**kwargs)
        for row in context["page"].object_list:
            row.url = reverse("surveys:contact", kwargs={"city": self.request.city.slug, "pk": row.pk})
        return context

    def get_queryset(self) -> QuerySet[Any]:
        rows: QuerySet[Any] = super().get_queryset().select_related("round")
        return rows


class ContactDetail(WorkspaceView, DetailPage):
    permission = "surveys.manage"
    model = ContactRequest
    template_name = "surveys/contact.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        one = self.object
        url = reverse("surveys:contacts", kwargs={"city": self.request.city.slug})
        facts = [
            (_("Name"), one.name),
            (_("Company"), one.organisation),
            (_("E-mail"), one.email),
            (_("Telephone"), one.phone),
            (_("What it is about"), one.message),
            (_("Language"), one.get_language_display()),
        ]
        context = super().get_context_data(
            facts=[(label, value) for label, value in facts if value],
            crumbs=[(_("Contact requests"), url), (_("Contact request"), "")],
            **kwargs,
        )
        return context | {"heading": _("Contact request")}
