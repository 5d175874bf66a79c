from __future__ import annotations

from http import HTTPStatus
from typing import TYPE_CHECKING, Any, ClassVar

from django.db.models import Q
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from talkoot.city.organisations.audiences import WorkspaceView
from talkoot.kit.crud.views import DetailPage, FormPage, ListPage, ObjectMixin
from talkoot.listen.pulse import actions
from talkoot.listen.pulse.filters import FeedbackFilter
from talkoot.listen.pulse.forms import AnswerForm, HandOverForm
from talkoot.listen.pulse.models import Feedback
from talkoot.listen.pulse.tables import FeedbackTable

if TYPE_CHECKING:
    from django import forms
    from django.db import models
    from django.http import HttpResponse

    from talkoot.kit.access.request import Request


class _InCity:
    """Feedback of this city, and what was sent to no city."""

    request: Any

    def in_city(self, rows: models.QuerySet[Any]) -> models.QuerySet[Any]:
        return rows.filter(Q(city=self.request.city) | Q(city=None))

    def address(self, name: str, feedback: Feedback) -> str:
        return reverse(f"pulse:{name}", kwargs={"city": self.request.city.slug, "pk": feedback.pk})


class FeedbackList(_InCity, WorkspaceView, ListPage):
    permission = "pulse.see"
    model = Feedback
    table_class = FeedbackTable
    filterset_class = FeedbackFilter
    template_name = "pulse/list.html"
    export_name = "palaute"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        context = super().get_context_data(**kwargs)
        for feedback in context["page"].object_list:
            feedback.url = self.address("detail", feedback)
        rows: Any = self.get_queryset()
        context["waiting"] = rows.waiting().count()
        context["late"] = rows.late().count()
        return context


class FeedbackDetail(_InCity, WorkspaceView, DetailPage):
    permission = "pulse.see"
    model = Feedback
    template_name = "pulse/detail.html"
    shows_timeline = True

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        context = super().get_context_data(**kwargs)
        steps = context["next_states"]
        if Feedback.State.ANSWERED in steps:
            context["answer_url"] = self.address("answer", self.object)
        if Feedback.State.HANDED_OVER in steps:
            context["hand_over_url"] = self.address("hand_over", self.object)
        context["crumbs"] = [
            (_("Feedback"), reverse("pulse:list", kwargs={"city": self.request.city.slug})),
            (str(self.object), None),
        ]
        return context


class _Step(_InCity, WorkspaceView, ObjectMixin, FormPage):
    """A form that moves feedback on; the second one to send it is told so."""

    permission = "pulse.answer"
    model = Feedback
    template_name = "pulse/step.html"

    target: ClassVar[Feedback.State]

    def act(self, form: forms.Form) -> None:
        raise NotImplementedError

    def get(self, request: Request, *args: Any, **kwargs: Any) -> HttpResponse:
        if self.target not in Feedback.TRANSITIONS.get(self.object.state, {}):
            return self.told(self.object, status=200)
        return super().get(request, *args, **kwargs)

    def save(self, form: forms.Form) -> str:
        self.act(form)
        return self.address("detail", self.object)

    def not_now(self, obj: Feedback) -> HttpResponse:
        """Someone was quicker: what was answered, and whether what was typed was sent."""
        return self.told(obj, status=409)

    def told(self, feedback: Feedback, status: int) -> HttpResponse:
        context = {
            "object": feedback,
            "layout": self.layout,
            "heading": _("This feedback has been answered") if feedback.answer else _("Already changed"),
            "back_url": self.address("detail", feedback),
            "sent": status == HTTPStatus.CONFLICT,
        }
        return render(self.request, "pulse/not_now.html", context, status=status)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        kwargs["cancel_url"] = self.address("detail", self.object)
        return super().get_context_data(**kwargs) | {"heading": self.heading}


class Answer(_Step):
    target = Feedback.State.ANSWERED
    form_class = AnswerForm
    heading = gettext_lazy("Answer feedback")
    submit_label = gettext_lazy("Send the answer")
    saved_notice = gettext_lazy("Answered.")

    def act(self, form: forms.Form) -> None:
        actions.answer(feedback=self.object, text=form.cleaned_data["answer"], by=self.request.user)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        sent = _("The answer is sent to the address that was left. The address is then removed.")
        kept = _("No e-mail address was left: the answer is kept here and is not sent.")
        return super().get_context_data(where_it_goes=sent if self.object.email else kept, **kwargs)


class HandOver(_Step):
    target = Feedback.State.HANDED_OVER
    form_class = HandOverForm
    heading = gettext_lazy("Hand feedback over")
    submit_label = gettext_lazy("Hand over")
    saved_notice = gettext_lazy("Handed over.")

    def act(self, form: forms.Form) -> None:
        actions.hand_over(feedback=self.object, to=form.cleaned_data["handed_to"], by=self.request.user)
