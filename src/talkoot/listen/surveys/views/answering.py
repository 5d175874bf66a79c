"""Answering with a link alone, on a phone, without JavaScript: one short page at a time."""

from __future__ import annotations

import re
from functools import cached_property
from http import HTTPStatus
from typing import TYPE_CHECKING, Any

from django.core.exceptions import ValidationError
from django.http import Http404, HttpResponseRedirect
from django.urls import reverse
from django.utils.translation import get_language, override

from talkoot.city.organisations.audiences import PublicView
from talkoot.kit import clock
from talkoot.kit.access import limits
from talkoot.kit.crud.views.reading import Page
from talkoot.listen.surveys.answering import actions, kinds, path, plan, shown
from talkoot.listen.surveys.errors import AnswerMissing, RoundClosed
from talkoot.listen.surveys.models import Draft, Invitation, Round
from talkoot.listen.surveys.models.drafts import LENGTH, LETTERS

if TYPE_CHECKING:
    from django.http import HttpResponse
    from django.http.response import HttpResponseBase

    from talkoot.kit.access.request import Request
    from talkoot.listen.surveys.answering.plan import Asked, Plan

PERSONAL = re.compile(rf"[{LETTERS}]{{{LENGTH}}}")
BACK = "back"
BEGUN_AT_MOST = 100
"""Answers begun with an open link from one address within an hour: an office may share one."""
LANGUAGES = ("fi", "sv", "en")


class Answering(PublicView, Page):
    """What is found by the token of the address: a draft, an invitation, or an open round by its code."""

    permission = "surveys.answer"
    layout = "surveys/answer/base.html"
    draft: Draft | None = None
    invitation: Invitation | None = None
    survey: Round
    in_draft = False

    def dispatch(self, request: Request, *args: Any, **kwargs: Any) -> HttpResponseBase:  # type: ignore[override]  # our request is narrower
        """Find the survey; one that takes no answers now says so, one that has been answered thanks."""
        self._find(kwargs["token"])
        answer = self._answer(request, *args, **kwargs)
        answer["Cache-Control"] = "private, no-store"
        return answer

    def _answer(self, request: Request, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if self.is_sent:
            return self.when_sent(request, *args, **kwargs)
        if not self.survey.takes_answers(clock.today()):
            return self.closed()
        if self.in_draft and self.draft is None:
            return HttpResponseRedirect(self.address("answer"))
        return super().dispatch(request, *args, **kwargs)

    def _find(self, token: str) -> None:
        city = self.request.city
        if PERSONAL.fullmatch(token):
            drafts = Draft.objects.filter(token=token, city=city)
            self.draft = drafts.select_related("round__questionnaire", "invitation__organisation").sole()  # type: ignore[attr-defined]  # our queryset
            if self.draft is not None:
                self.survey, self.invitation = self.draft.round, self.draft.invitation
                return
            invited = Invitation.objects.filter(token=token, city=city)
            self.invitation = invited.select_related("round__questionnaire", "organisation").sole()  # type: ignore[attr-defined]  # our queryset
            if self.invitation is not None:
                self.survey = self.invitation.round
                return
        rounds = Round.objects.in_city(city).filter(code=token).exclude(state=Round.State.DRAFT)  # type: ignore[attr-defined]  # our queryset
        found = rounds.select_related("questionnaire").sole()
        if found is None:
            raise Http404
        self.survey = found

    @property
    def is_sent(self) -> bool:
        draft, invitation = self.draft, self.invitation
        return bool((draft and draft.sent) or (invitation and invitation.answered))

    def when_sent(self, request: Request, *args: Any, **kwargs: Any) -> HttpResponseBase:
        return HttpResponseRedirect(self.address("thanks"))

    @cached_property
    def plan(self) -> Plan:
        return plan.of(self.survey.questionnaire)

    def address(self, name: str, **more: Any) -> str:
        token = self.draft.token if self.draft else self.kwargs["token"]
        return reverse(f"surveys:{name}", kwargs={"city": self.request.city.slug, "token": token} | more)

    def place(self, number: int) -> str:
        """The address of the page with this question, or of the end."""
        return self.address("check") if number >= path.END else self.address("answer_page", number=number)

    def closed(self) -> HttpResponse:
        context = self.get_context_data(
            soon=self.survey.state == Round.State.OPEN
            and self.survey.opened_on is not None
            and self.survey.opened_on > clock.today()
        )
        answer: HttpResponse = self.response_class(self.request, "surveys/answer/closed.html", context)
        return answer

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(
            survey=self.survey, draft=self.draft, invitation=self.invitation, plan=self.plan, **kwargs
        )

    def who(self) -> list[tuple[Asked, str]]:
        """What the register said of the company, in words, to be confirmed."""
        draft = self.draft
        if draft is None:
            return []
        asked = [self.plan.by_code(code) for code in draft.prefilled]
        return [(q, kinds.in_words(q, draft.answers[q.code])) for q in asked if q and q.code in draft.answers]


class Start(Answering):
    """The first page of a link; with answers already given, the page where they go on."""

    template_name = "surveys/answer/start.html"

    def get(self, request: Request, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if self.draft is not None and self.draft.place:
            return HttpResponseRedirect(f"{self.place(self.draft.place)}?jatkuu")
        return super().get(request, *args, **kwargs)

    def post(self, request: Request, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if self.draft is None:
            if self.invitation is None and limits.too_many(request, f"begun:{self.survey.pk}", BEGUN_AT_MOST):
                context = self.get_context_data(too_many=True)
                return self.render_to_response(context, status=HTTPStatus.TOO_MANY_REQUESTS)
            self.draft = actions.begin(
                survey=self.survey,
                city=request.city,
                invitation=self.invitation,
                language=get_language() or "",
            )
        return HttpResponseRedirect(
            self.place(path.after(self.plan, self.draft.answers, 0, self.draft.prefilled))
        )

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(heading=self.survey.name, **kwargs)


class InDraft(Answering):
    """A page of an answer that has begun; others begin at the start."""

    in_draft = True
    draft: Draft

    def dispatch(self, request: Request, *args: Any, **kwargs: Any) -> HttpResponseBase:  # type: ignore[override]  # our request is narrower
        try:
            return super().dispatch(request, *args, **kwargs)
        except RoundClosed:
            return HttpResponseRedirect(self.address("answer"))

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        given = len(self.draft.answers) - len(self.draft.prefilled)
        return super().get_context_data(
            heading=self.survey.name, who=self.who(), given=max(given, 0), own_url=self.own_url(), **kwargs
        )

    def own_url(self) -> str:
        """The whole address that leads back here."""
        return self.request.build_absolute_uri(self.address("answer"))


class AnswerPage(InDraft):
    """One short page of questions: next and back both keep it."""

    template_name = "surveys/answer/page.html"

    @cached_property
    def page(self) -> list[Asked]:
        found = path.page_at(self.plan, self.draft.answers, self.kwargs["number"], self.draft.prefilled)
        if found is None:
            raise Http404
        return found

    def get(self, request: Request, *args: Any, **kwargs: Any) -> HttpResponseBase:
        return self.shown(None, {}, HTTPStatus.OK)

    def post(self, request: Request, *args: Any, **kwargs: Any) -> HttpResponseBase:
        sent = kinds.Sent(request.POST, request.FILES, self.draft.answers)
        values, errors = self.read(sent)
        go = request.POST.get("go", "")
        if go == BACK or go in LANGUAGES:
            errors = {code: error for code, error in errors.items() if code not in values}
        number = self.page[0].number
        answers = self.draft.answers | values
        to = number if errors or go in LANGUAGES else self.next(answers, number, go)
        self.draft = actions.keep(draft=self.draft, values=values, place=to or number)
        if errors and go != BACK:
            return self.shown(sent, errors, HTTPStatus.UNPROCESSABLE_ENTITY)
        if go in LANGUAGES:
            with override(go):
                return HttpResponseRedirect(self.place(number))
        return HttpResponseRedirect(self.place(to) if to else self.address("answer"))

    def next(self, answers: dict[str, Any], number: int, go: str) -> int:
        """Where these answers lead; back from the first page stays there."""
        skipped = self.draft.prefilled
        if go == BACK:
            return path.before(self.plan, answers, number, skipped) or number
        return path.after(self.plan, answers, self.page[-1].number, skipped)

    def read(self, sent: kinds.Sent) -> tuple[dict[str, Any], dict[str, str]]:
        """Answers that can be kept, and what is wrong with the others."""
        values: dict[str, Any] = {}
        errors: dict[str, str] = {}
        for question in self.page:
            try:
                values[question.code] = kinds.read(question, sent)
            except kinds.Missing as error:
                values[question.code], errors[question.code] = None, str(error.messages[0])
            except ValidationError as error:
                errors[question.code] = str(error.messages[0])
        return values, errors

    def shown(self, sent: kinds.Sent | None, errors: dict[str, str], status: int) -> HttpResponseBase:
        answers, number = self.draft.answers, self.page[0].number
        fields = shown.fields(self.page, self.plan, answers, sent, errors)
        pages = path.pages(path.shown(self.plan, answers), self.draft.prefilled)
        place, total, left = path.progress(pages, number)
        context = self.get_context_data(
            fields=fields,
            errors=[field for field in fields if field.error],
            multipart=any(field.kind == "file" for field in fields),
            here=self.place(number),
            place=place,
            done=place - 1,
            total=total,
            left=left,
            first=path.before(self.plan, answers, number, self.draft.prefilled) is None,
            returned="jatkuu" in self.request.GET,
        )
        return self.render_to_response(context, status=status)


class Check(InDraft):
    """All answers at a glance; from here they are sent."""

    template_name = "surveys/answer/check.html"

    def post(self, request: Request, *args: Any, **kwargs: Any) -> HttpResponseBase:
        try:
            actions.send(draft=self.draft, by=request.user)
        except AnswerMissing as error:
            return HttpResponseRedirect(f"{self.place(error.number)}?puuttuu")
        return HttpResponseRedirect(self.address("thanks"))

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        answers = self.draft.answers
        asked = path.shown(self.plan, answers)
        rows = [self.row(question) for question in asked if question.code not in self.draft.prefilled]
        last = path.before(self.plan, answers, path.END, self.draft.prefilled)
        return super().get_context_data(
            rows=rows,
            missing=path.missing(self.plan, answers),
            back=self.place(last) if last else "",
            here=self.address("check"),
            returned="jatkuu" in self.request.GET,
            **kwargs,
        )

    def row(self, question: Asked) -> tuple[str, str, str]:
        """(question, answer in words or empty, where it is changed)."""
        value = self.draft.answers.get(question.code)
        words = kinds.in_words(question, value) if value is not None else ""
        return path.text(question, self.plan, self.draft.answers), words, self.place(question.number)
