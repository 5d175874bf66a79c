"""After the answer: thanks, what next, and a contact request if one is wanted; and the link to oneself before it."""

from __future__ import annotations

from http import HTTPStatus
from typing import TYPE_CHECKING, Any

from django.db import transaction
from django.db.models import F
from django.http import HttpResponseRedirect
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from talkoot.kit.mail import outbox
from talkoot.kit.plate import NextStep, offers, resolve
from talkoot.listen.surveys import contacts
from talkoot.listen.surveys.contacts import ContactForm
from talkoot.listen.surveys.forms import LinkForm
from talkoot.listen.surveys.models import Draft
from talkoot.listen.surveys.views.answering import Answering, InDraft

if TYPE_CHECKING:
    from django.http import HttpResponse
    from django.http.response import HttpResponseBase

    from talkoot.kit.access.request import Request

LINKS_MOST = 3
SLOT = "surveys:thanks"


class Thanks(Answering):
    template_name = "surveys/answer/thanks.html"

    def when_sent(self, request: Request, *args: Any, **kwargs: Any) -> HttpResponseBase:
        """The page itself: it is for those who have sent their answer."""
        return super(Answering, self).dispatch(request, *args, **kwargs)

    def get(self, request: Request, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if not self.is_sent:
            return HttpResponseRedirect(self.address("answer"))
        return super().get(request, *args, **kwargs)

    def post(self, request: Request, *args: Any, **kwargs: Any) -> HttpResponseBase:
        """Ask to be contacted, once."""
        form = ContactForm(request.POST, survey=self.survey)
        if not self.may_ask():
            return HttpResponseRedirect(self.address("thanks"))
        if not form.is_valid():
            context = self.get_context_data(form=form)
            return self.render_to_response(context, status=HTTPStatus.UNPROCESSABLE_ENTITY)
        self.ask(form)
        return HttpResponseRedirect(self.address("thanks"))

    def may_ask(self) -> bool:
        """Once an answer, as long as the answer's draft is remembered."""
        return self.draft is not None and self.draft.sent and not self.draft.asked_contact

    @transaction.atomic
    def ask(self, form: ContactForm) -> None:
        draft: Any = self.draft
        fresh = Draft.objects.filter(pk=draft.pk, asked_contact=False).update(asked_contact=True)
        if fresh:
            contacts.ask(
                survey=self.survey,
                city=self.request.city,
                values=form.cleaned_data,
                language=get_language() or "",
                methods=form.methods(),
            )

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        may_ask = self.may_ask()
        if may_ask:
            kwargs.setdefault("form", ContactForm(survey=self.survey))
        found = [
            (step.label, resolve(step.url)(self.request)) for step in offers(NextStep) if step.slot == SLOT
        ]
        return super().get_context_data(
            heading=_("Thank you for answering"),
            next_steps=[(label, url) for label, url in found if url],
            may_ask=may_ask,
            promised=contacts.promised_day(),
            **kwargs,
        )


class SendLink(InDraft):
    """Mails the address of one's own answer to oneself. The address of the mail is not kept with the answer."""

    template_name = "surveys/answer/link.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        kwargs.setdefault("form", LinkForm())
        return super().get_context_data(too_many=self.draft.links_sent >= LINKS_MOST, **kwargs)

    def post(self, request: Request, *args: Any, **kwargs: Any) -> HttpResponse:
        form = LinkForm(request.POST)
        if not form.is_valid():
            context = self.get_context_data(form=form)
            return self.render_to_response(context, status=HTTPStatus.UNPROCESSABLE_ENTITY)
        if self.draft.links_sent < LINKS_MOST:
            self.mail(form.cleaned_data["email"])
        return self.render_to_response(self.get_context_data(form=LinkForm(), mailed=True))

    @transaction.atomic
    def mail(self, email: str) -> None:
        Draft.objects.filter(pk=self.draft.pk).update(links_sent=F("links_sent") + 1)
        outbox.send(
            to=email,
            subject=_("Go on with your answer: %(survey)s"),
            template="surveys/mail/link.txt",
            context={"survey": self.survey.name, "url": self.own_url(), "closes": self.survey.closed_on},
            language=get_language() or "fi",
            kind="surveys.link",
        )
