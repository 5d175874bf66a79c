"""The life of a closed round: answers come in, results are worked out, the results are published."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.db import transaction

from talkoot.kit import clock
from talkoot.kit.audit import log
from talkoot.kit.states import transition
from talkoot.listen.surveys import storing
from talkoot.listen.surveys.building.texts import code_for
from talkoot.listen.surveys.errors import AlreadyPublished, NothingAsked
from talkoot.listen.surveys.models import Questionnaire, Results, Round

if TYPE_CHECKING:
    from collections.abc import Iterable

    from talkoot.city.organisations.models import Municipality
    from talkoot.kit.access.request import AnyUser
    from talkoot.kit.exchange import Record
    from talkoot.listen.surveys.storing import Stored


@transaction.atomic
def import_answers(*, survey: Round, records: Iterable[Record], by: AnyUser | None) -> int:
    """Add respondents with their answers; returns how many. Raises as `add`."""
    made = storing.row_of(survey)
    return add(survey=survey, rows=(made(record.values) for record in records), by=by)


@transaction.atomic
def add(*, survey: Round, rows: Iterable[Stored], by: AnyUser | None) -> int:
    """Add respondents with their answers; returns how many.

    Raises:
        AlreadyPublished: published results are taken back before answers are added.
    """
    if survey.state == Round.State.PUBLISHED:
        raise AlreadyPublished
    count = storing.insert(survey, rows)
    log.record(survey, by=by, verb="imported", changes={"responses": [None, count]})
    return count


def keep_reading(*, survey: Round, reading: dict[str, Any]) -> None:
    """Remember how the columns of a file were read, for the next file of the round."""
    survey.reading = reading
    Round.objects.filter(pk=survey.pk).update(reading=reading)


@transaction.atomic
def create(*, survey: Round, cities: Iterable[Municipality] = (), by: AnyUser) -> Round:
    """Save a new round under a code made of its name; it is the word in its open link."""
    taken = set(Round.objects.values_list("code", flat=True))
    survey.code = code_for(survey.name_en or survey.name_fi, taken, "kysely")  # type: ignore[attr-defined]  # a translated column
    survey.save()
    survey.cities.set(cities)
    log.record(survey, by=by, verb="created", changes=log.difference({}, log.snapshot(survey)))
    return survey


@transaction.atomic
def step(*, survey: Round, to: str, by: AnyUser, reason: str = "") -> Round:
    """Open, close, publish or take back; the days are kept. Opening freezes the questionnaire.

    Raises what `transition` raises, ResultsMissing, and NothingAsked.
    """
    today = clock.today()
    stamps = {}
    if to == Round.State.OPEN:
        asked = Questionnaire.objects.select_for_update(of=("self",)).get(pk=survey.questionnaire_id)
        if not asked.questions.exists():
            raise NothingAsked
        stamps["opened_on"] = max(survey.opened_on or today, today)
    if to == Round.State.CLOSED and survey.state == Round.State.OPEN:
        stamps["closed_on"] = min(survey.closed_on or today, today)
        stamps["opened_on"] = min(survey.opened_on or today, stamps["closed_on"])
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
