"""Requests to act for a company: asking, deciding, and the code that comes by post."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, ClassVar

from django.contrib import messages
from django.http import Http404, HttpResponseRedirect
from django.urls import reverse
from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _

from talkoot.city.organisations import actions
from talkoot.city.organisations.audiences import WorkspaceView
from talkoot.city.organisations.forms import AskForm, CodeForm, DecisionForm
from talkoot.city.organisations.models import Representation
from talkoot.city.organisations.tables import RepresentationTable
from talkoot.kit.crud.views import DetailPage, FormPage, ListPage, ObjectMixin, StepPage
from talkoot.kit.crud.views.changes import Confirmation, StepForm
from talkoot.kit.states import NotAllowedNow

if TYPE_CHECKING:
    from django import forms
    from django.db.models import QuerySet
    from django.http import HttpResponse

    from talkoot.kit.access.request import Request

STEPS = ("approved", "declined", "code_sent")
LETTER = "letter"
OWN_SHOWN = 50  # the newest; a person asks for a few companies


class RequestList(WorkspaceView, ListPage):
    model = Representation
    permission = "organisations.see_representations"
    table_class = RepresentationTable
    export_name = "edustuspyynnot"

    def get_queryset(self) -> QuerySet[Representation]:
        return super().get_queryset().select_related("user", "organisation", "city")


class RequestDetail(WorkspaceView, DetailPage):
    model = Representation
    permission = "organisations.see_representations"
    template_name = "organisations/representation.html"
    shows_timeline = True

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        code = self.request.session.pop(f"{LETTER}{self.object.pk}", "")
        place = self.object.organisation.establishments.first()
        context = super().get_context_data(letter_code=code, place=place, **kwargs)
        context["next_states"] = [state for state in context["next_states"] if state in STEPS]
        return context


class Decide(WorkspaceView, StepPage):
    """Approve or decline with a reason, or send a code by post."""

    model = Representation
    permission = "organisations.decide_representation"
    HEADINGS: ClassVar[dict[str, Any]] = {
        "approved": _("Approve the request"),
        "declined": _("Decline the request"),
        "code_sent": _("Send a code by post"),
    }

    def permission_object(self) -> object:
        if self.kwargs["to"] not in STEPS:
            raise Http404
        return super().permission_object()

    def get_form(self, data: Any = None, files: Any = None) -> forms.Form:
        form_class = StepForm if self.kwargs["to"] == "code_sent" else DecisionForm
        form = form_class(data)
        if self.kwargs["to"] == "code_sent":
            del form.fields["reason"]
        return form

    def save(self, form: forms.Form) -> str:
        if self.kwargs["to"] == "code_sent":
            code = actions.send_code(self.object, by=self.request.user)
            self.request.session[f"{LETTER}{self.object.pk}"] = code
        else:
            actions.decide(
                self.object, self.kwargs["to"], by=self.request.user, reason=form.cleaned_data["reason"]
            )
        return self._address()

    def _address(self) -> str:
        return reverse(
            "organisations:representation", kwargs={"city": self.request.city.slug, "pk": self.object.pk}
        )

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(**kwargs) | {"heading": self.HEADINGS[self.kwargs["to"]]}


class Ask(FormPage):
    """One's own requests, and a new one."""

    request: Any
    model = Representation
    permission = "organisations.ask_representation"
    layout = "ui/bare.html"
    template_name = "organisations/ask.html"
    form_class = AskForm
    heading = _("Represent a company")
    submit_label = _("Send the request")
    saved_notice = _("Request sent. The city answers by email.")

    def save(self, form: AskForm) -> str:
        data = form.cleaned_data
        actions.ask_to_represent(
            organisation=form.organisation,
            city=form.city,
            role=data["role"],
            position=data["position"],
            message=data["message"],
            by=self.request.user,
        )
        return reverse("organisations:ask")

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        own = Representation.objects.filter(user=self.request.user.pk).select_related("organisation")
        return super().get_context_data(own=own[:OWN_SHOWN], **kwargs)


class _Own(ObjectMixin, FormPage):
    """A request of the reader's own."""

    request: Any
    model = Representation
    layout = "ui/bare.html"

    def get_queryset(self) -> QuerySet[Representation]:
        return Representation.objects.filter(user=self.request.user.pk).select_related("organisation", "user")


class ConfirmWithCode(_Own):
    permission = "organisations.confirm_representation"
    form_class = CodeForm
    heading = _("Write the code of the letter")
    submit_label = _("Confirm")
    saved_notice = _("Confirmed. You can now act for the company.")

    def permission_object(self) -> object:
        if self.object.state != Representation.State.CODE_SENT:
            raise Http404
        return self.object

    def saved(self, form: CodeForm) -> HttpResponse:
        try:
            actions.confirm_with_code(self.object, form.cleaned_data["code"], by=self.request.user)
        except actions.CodeWrong as wrong:
            sentence = ngettext(
                "The code is not right. You have %(n)s try left.",
                "The code is not right. You have %(n)s tries left.",
                wrong.left,
            )
            form.add_error("code", sentence % {"n": wrong.left})
            return self.again(form)
        except NotAllowedNow:
            form.add_error(
                "code",
                gettext("The code is too old or has been tried too often. Ask the city for a new one."),
            )
            return self.again(form)
        return super().saved(form)

    def save(self, form: Any) -> str:
        return reverse("accounts:home")


class WithdrawOwn(_Own):
    """The person no longer asks; the city sees that the request was taken back."""

    permission = "organisations.withdraw_representation"
    template_name = "organisations/withdraw.html"
    form_class = Confirmation
    heading = _("Withdraw the request")
    submit_label = _("Withdraw the request")
    saved_notice = _("Withdrawn.")

    def get(self, request: Request, *args: Any, **kwargs: Any) -> HttpResponse:
        return super().get(request, *args, **kwargs) if self.object.waits else self.not_now(self.object)

    def not_now(self, obj: Representation) -> HttpResponse:
        sentence = gettext(
            "The request to represent %(name)s has been answered: %(state)s. Nothing was changed."
        )
        messages.info(self.request, sentence % {"name": obj.organisation, "state": obj.get_state_display()})
        return HttpResponseRedirect(reverse("organisations:ask"))

    def save(self, form: forms.Form) -> str:
        actions.withdraw_request(self.object, by=self.request.user)
        return reverse("organisations:ask")

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        url = reverse("organisations:ask")
        return super().get_context_data(cancel_url=url, **kwargs) | {"heading": self.heading}
