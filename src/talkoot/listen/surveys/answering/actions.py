"""An answer on its way: begun, kept page by page, sent once."""

from __future__ import annotations

import secrets
from typing import TYPE_CHECKING, Any

from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.utils.translation import get_language

from talkoot.city.organisations.models import Establishment, Municipality
from talkoot.kit import clock
from talkoot.kit.audit import log
from talkoot.kit.files import actions as files
from talkoot.kit.files.models import StoredFile
from talkoot.listen.surveys import contacts
from talkoot.listen.surveys.answering import kinds, path, plan
from talkoot.listen.surveys.errors import AnswerMissing, RoundClosed
from talkoot.listen.surveys.models import Draft, Invitation, Response, Round
from talkoot.listen.surveys.sheet import ELSEWHERE

if TYPE_CHECKING:
    from collections.abc import Mapping

    from django.db.models import QuerySet

    from talkoot.kit.access.request import AnyUser
    from talkoot.listen.surveys.answering.plan import Plan

FILE_USE = "surveys.answer"
NUMBERS = 100_000_000, 999_999_999


def begin(
    *,
    survey: Round,
    city: Municipality,
    invitation: Invitation | None = None,
    language: str = "",
    by: AnyUser | None = None,
) -> Draft:
    """An empty draft; one that was invited has what the register knows, to be confirmed. `by`: the officer who writes."""
    answers = _from_register(survey, invitation) if invitation else {}
    values: dict[str, Any] = {
        "round": survey,
        "city": city,
        "answers": answers,
        "prefilled": list(answers),
        "language": language or get_language() or "",
        "by_officer": by is not None,
    }
    if invitation is None:
        return Draft.objects.create(**values)
    draft, _made = Draft.objects.get_or_create(
        token=invitation.token, defaults=values | {"invitation": invitation}
    )
    return draft


def _from_register(survey: Round, invitation: Invitation) -> dict[str, Any]:
    """Size, sector and municipality, as far as the questionnaire asks them and the register knows them."""
    company = invitation.organisation
    places = Establishment.objects.filter(organisation=company, city=invitation.city).order_by("pk")
    place = places.first()
    known = {
        "size": place.size_class if place else "",
        "industry": company.section,
        "municipality": invitation.city.code,
    }
    asked = [question for question in plan.of(survey.questionnaire).questions if question.base]
    return {q.code: known[q.base] for q in asked if q.option(known[q.base])}


def keep(*, draft: Draft, values: Mapping[str, Any], place: int) -> Draft:
    """Save a page of answers; a value of None takes an answer away. A new file is kept with them.

    Raises:
        RoundClosed: the round does not take answers now, or this answer has been sent; nothing was changed.
    """
    with transaction.atomic():
        current = _mine(draft)
        answers = dict(current.answers)
        for code, value in values.items():
            kept = _kept_file(value, current) if isinstance(value, UploadedFile) else value
            if kept != answers.get(code):
                _let_go(answers.get(code))
            answers[code] = kept
        current.answers = {code: value for code, value in answers.items() if value is not None}
        current.place, current.changed_at = place, clock.now()
        current.language = get_language() or current.language
        current.save(update_fields=("answers", "place", "changed_at", "language"))
    return current


def _mine(draft: Draft) -> Draft:
    current = Draft.objects.select_for_update(of=("self",)).select_related("round", "city").get(pk=draft.pk)
    if current.sent or not current.round.takes_answers(clock.today()):
        raise RoundClosed
    return current


def _kept_file(file: UploadedFile[Any], draft: Draft) -> dict[str, Any]:
    kept = files.store(
        file, name=file.name or "", use=FILE_USE, by=None, scope=draft.city.slug, publicity="secret"
    )
    return {"file": kept.pk, "name": kept.name}


def _let_go(value: Any) -> None:
    """Forget the file of an answer that is taken away; other answers need nothing."""
    pk = value.get("file") if isinstance(value, dict) else None
    file = StoredFile.objects.filter(pk=pk, use=FILE_USE).first() if isinstance(pk, int) else None
    if file is not None:
        files.remove(file, by=None)


def forget(drafts: QuerySet[Draft]) -> int:
    """Delete drafts with the files of those that were never sent; returns how many drafts."""
    for draft in drafts.filter(sent=False):
        for value in draft.answers.values():
            _let_go(value)
    return drafts.delete()[0]


@transaction.atomic
def send(*, draft: Draft, by: AnyUser | None = None) -> None:
    """Make the draft an answer, all or nothing; sent a second time it changes nothing.

    The answer does not know from which draft or invitation it came, and its number says nothing of the order.

    Raises:
        AnswerMissing: a question that must be answered is not; nothing was changed.
        RoundClosed: the round does not take answers now; the draft stays.
    """
    current = (
        Draft.objects.select_for_update(of=("self",))
        .select_related("round__questionnaire", "city")
        .get(pk=draft.pk)
    )
    if current.sent:
        return
    if not current.round.takes_answers(clock.today()):
        raise RoundClosed
    questions = plan.of(current.round.questionnaire)
    if absent := path.missing(questions, current.answers):
        raise AnswerMissing(absent.number)
    if current.invitation_id and not _claim(current):
        return
    answers = _given(current, questions)
    _response(current, questions, answers)
    current.answers, current.prefilled, current.sent, current.changed_at = {}, [], True, clock.now()
    current.save(update_fields=("answers", "prefilled", "sent", "changed_at"))
    if current.by_officer:
        log.record(current.round, by=by, verb="recorded")


def _claim(draft: Draft) -> bool:
    """One answer a personal link, whatever else happens at the same moment."""
    return bool(Invitation.objects.filter(draft=draft, answered=False).update(answered=True))


def _response(draft: Draft, questions: Plan, answers: dict[str, Any]) -> Response:
    base = {q.base: draft.answers.get(q.code) for q in questions.questions if q.base}
    code = base.get("municipality")
    city = draft.city if code is None else _city(code)
    return Response.objects.create(
        round=draft.round,
        number=_free_number(draft.round),
        city=city,
        size_class=base.get("size") or "",
        industry=(base.get("industry") or "")[:1].upper(),
        language=draft.language,
        by_officer=draft.by_officer,
        answers=answers,
    )


def _city(code: str) -> Municipality | None:
    return None if code == ELSEWHERE else Municipality.objects.filter(code=code).first()


def _free_number(survey: Round) -> int:
    low, high = NUMBERS
    while True:
        number = low + secrets.randbelow(high - low)
        if not Response.objects.filter(round=survey, number=number).exists():
            return number


def _given(draft: Draft, questions: Plan) -> dict[str, Any]:
    """What was answered to the questions that were shown; contact details go their own way."""
    given = {}
    for question in path.shown(questions, draft.answers):
        value = draft.answers.get(question.code)
        if value is None or question.base:
            continue
        if question.kind == "contact":
            told = questions.wished(draft.answers) if value.get(kinds.TELLS) else []
            contacts.ask(
                survey=draft.round, city=draft.city, values=value, language=draft.language, methods=told
            )
        else:
            given[question.code] = kinds.chosen(question, value) if question.kind == "multiple" else value
    return given
