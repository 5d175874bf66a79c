"""The life of a closed round: answers come in, results are worked out, the results are published."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.db import transaction

from talkoot.city.organisations.models import Municipality
from talkoot.kit import clock
from talkoot.kit.audit import log
from talkoot.kit.states import transition
from talkoot.listen.surveys.errors import AlreadyPublished
from talkoot.listen.surveys.models import Answer, Question, Response, Results, Round
from talkoot.listen.surveys.sheet import ELSEWHERE, own_questions

if TYPE_CHECKING:
    from collections.abc import Iterable

    from talkoot.kit.access.request import AnyUser
    from talkoot.kit.exchange import Record

BATCH = 1000


@transaction.atomic
def import_answers(*, survey: Round, records: Iterable[Record], by: AnyUser | None) -> int:
    """Add respondents with their answers; returns how many.

    Raises:
        AlreadyPublished: published results are taken back before answers are added.
    """
    if survey.state == Round.State.PUBLISHED:
        raise AlreadyPublished
    rows = [record.values for record in records]
    cities = {city.code: city for city in Municipality.objects.all()}
    responses = Response.objects.bulk_create(
        [_response(survey, row, cities) for row in rows], batch_size=BATCH
    )
    _save_answers(
        own_questions(survey), dict(zip((r.number for r in responses), rows, strict=True)), responses
    )
    log.record(survey, by=by, verb="imported", changes={"responses": [None, len(responses)]})
    return len(responses)


def _response(survey: Round, row: dict[str, Any], cities: dict[str, Municipality]) -> Response:
    return Response(
        round=survey,
        number=row["respondent"],
        city=None if row["municipality"] == ELSEWHERE else cities[row["municipality"]],
        kind=row["kind"],
        size_class=row["size"],
        industry=row["industry"].upper(),
        language=row["language"],
        by_officer=row["by_officer"],
    )


def _save_answers(
    questions: list[Question], rows: dict[int, dict[str, Any]], responses: list[Response]
) -> None:
    options = {(q.code, option.code): option.pk for q in questions for option in q.options.all()}
    chosen: list[tuple[Answer, tuple[str, ...]]] = []
    for response in responses:
        for question in questions:
            cell = rows[response.number][question.code]
            if not cell:
                continue
            text = cell if question.kind == Question.Kind.TEXT else ""
            codes = () if text else ((cell,) if isinstance(cell, str) else cell)
            chosen.append((Answer(response=response, question=question, text=text), codes))
    Answer.objects.bulk_create([answer for answer, _codes in chosen], batch_size=BATCH)
    links = Answer.options.through
    links.objects.bulk_create(
        [
            links(answer_id=answer.pk, option_id=options[answer.question.code, code])
            for answer, codes in chosen
            for code in codes
        ],
        batch_size=BATCH,
    )


def step(*, survey: Round, to: str, by: AnyUser, reason: str = "") -> Round:
    """Open, close, publish or take back; the day is kept. Raises what `transition` raises, and ResultsMissing."""
    stamps = {}
    if to == Round.State.OPEN:
        stamps["opened_on"] = clock.today()
    if to == Round.State.CLOSED and survey.state == Round.State.OPEN:
        stamps["closed_on"] = clock.today()
    return transition(survey, to, by=by, reason=reason, **stamps)


def calculate(*, survey: Round, by: AnyUser | None) -> list[Results]:
    """Work the results out and keep them in place of earlier ones. For jobs and commands: it loads scipy."""
    from talkoot.listen.surveys import results  # noqa: PLC0415 -- scipy stays out of web processes

    contents = results.calculate(survey)
    with transaction.atomic():
        Results.objects.filter(round=survey).delete()
        kept = [
            Results(
                round=survey, city=city, calculated_at=clock.now(), method=results.METHOD, content=content
            )
            for city, content in contents.items()
        ]
        Results.objects.bulk_create(kept)
        log.record(survey, by=by, verb="calculated")
    return kept
