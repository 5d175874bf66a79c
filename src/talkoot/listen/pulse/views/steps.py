"""The steps of one message: taken in hand, given to someone, tagged, answered, handed over, closed; and a new note."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from talkoot.kit.crud.views import FormPage
from talkoot.kit.crud.views.changes import Confirmation
from talkoot.listen.pulse import actions
from talkoot.listen.pulse.forms import AnswerForm, AssignForm, CloseForm, HandOverForm, NoteForm, TagForm
from talkoot.listen.pulse.models import Heard
from talkoot.listen.pulse.views.workspace import ActPage, InCity, StatePage

if TYPE_CHECKING:
    from django import forms


class Answer(StatePage):
    target = Heard.State.ANSWERED
    form_class = AnswerForm
    heading = gettext_lazy("Answer the message")
    submit_label = gettext_lazy("Send the answer")
    saved_notice = gettext_lazy("Answered.")

    def act(self, form: forms.Form) -> None:
        actions.answer(heard=self.object, text=form.cleaned_data["answer"], by=self.request.user)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(where_it_goes=self.where_it_goes(), **kwargs)

    def where_it_goes(self) -> str:
        heard = self.object
        if heard.kind == Heard.Kind.NOTE:
            return _(
                "The answer is kept here. The company reads it on its own page if the note is open to it."
            )
        if heard.email:
            return _("The answer is sent to the address that was left. The address is then removed.")
        if heard.sent_by_id:
            return _("The answer is sent to the company’s person and shown on the company’s own page.")
        return _("No e-mail address was left: the answer is kept here and is not sent.")


class Take(StatePage):
    target = Heard.State.IN_HAND
    form_class = Confirmation
    heading = gettext_lazy("Take in hand")
    submit_label = gettext_lazy("Take in hand")

    def act(self, form: forms.Form) -> None:
        actions.take(heard=self.object, by=self.request.user)


class HandOver(StatePage):
    target = Heard.State.HANDED_OVER
    form_class = HandOverForm
    heading = gettext_lazy("Hand the message over")
    submit_label = gettext_lazy("Hand over")
    saved_notice = gettext_lazy("Handed over.")

    def act(self, form: forms.Form) -> None:
        actions.hand_over(heard=self.object, to=form.cleaned_data["handed_to"], by=self.request.user)


class Close(StatePage):
    target = Heard.State.CLOSED
    form_class = CloseForm
    heading = gettext_lazy("Close without an answer")
    submit_label = gettext_lazy("Close")

    def act(self, form: forms.Form) -> None:
        actions.close(heard=self.object, reason=form.cleaned_data["reason"], by=self.request.user)


class Assign(ActPage):
    form_class = AssignForm
    heading = gettext_lazy("Who answers?")
    saved_notice = gettext_lazy("Saved. The person is told by e-mail.")

    def get_form_kwargs(self) -> dict[str, Any]:
        given = {"owner": self.object.owner_id, "unit": self.object.unit_id}
        return {"city": self.request.city, "initial": given}

    def act(self, form: forms.Form) -> None:
        given = {name: form.cleaned_data[name] for name in ("owner", "unit")}
        actions.assign(heard=self.object, city=self.request.city, by=self.request.user, **given)


class Tag(ActPage):
    form_class = TagForm
    heading = gettext_lazy("Which methods is it about?")

    def get_form_kwargs(self) -> dict[str, Any]:
        return {"initial": {"methods": list(self.object.methods.values_list("pk", flat=True))}}

    def act(self, form: forms.Form) -> None:
        actions.tag(heard=self.object, methods=form.cleaned_data["methods"], by=self.request.user)


class Note(InCity, FormPage):
    """An officer writes down what a company said in a meeting or on the phone."""

    permission = "pulse.note"
    form_class = NoteForm
    heading = gettext_lazy("Write down what you heard")
    makes_new = True

    def get_form_kwargs(self) -> dict[str, Any]:
        return {"city": self.request.city}

    def save(self, form: NoteForm) -> str:
        told = {name: form.cleaned_data[name] for name in NOTED}
        method, company = form.cleaned_data["method"], form.company_found()
        sender = "" if company else form.cleaned_data["company"]
        heard = actions.note(
            city=self.request.city,
            by=self.request.user,
            organisation=company,
            sender=sender,
            methods=[method] if method else [],
            **told,
        )
        return self.address("detail", heard)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(cancel_url=self.address("list"), **kwargs)


NOTED = ("message", "heard_on", "due_on", "open_to_company")
