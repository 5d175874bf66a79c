"""What the demo's cities have heard, told and asked; invented and marked as examples. Days count from the first load."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING, Any

from django.db import transaction
from django.utils import timezone

from talkoot.choose.methods.models import Method
from talkoot.city.accounts.models import User
from talkoot.city.organisations.demo import entries
from talkoot.city.organisations.models import Municipality, Organisation, Unit
from talkoot.kit import clock
from talkoot.kit.audit import log
from talkoot.listen.pulse.models import Check, Heard, Outcome, Tap

if TYPE_CHECKING:
    from pathlib import Path

LANGUAGES = ("fi", "sv", "en")
MORNING = dt.time(9)


@transaction.atomic
def load(folder: Path) -> None:
    """Add what is not there yet, known by city and Finnish text."""
    cities = {city.code: city for city in Municipality.objects.all()}
    told = {row["key"]: _outcome(row, cities) for row in entries(folder / "outcomes.yaml", "outcomes")}
    for row in entries(folder / "heard.yaml", "heard"):
        _heard(row, cities, told.get(row.get("outcome")))
    for row in entries(folder / "checks.yaml", "checks"):
        _check(row, cities)


def _texts(row: dict[str, Any], *names: str) -> dict[str, str]:
    return {f"{name}_{code}": row[f"{name}_{code}"] for name in names for code in LANGUAGES}


def _day(days: int) -> dt.date:
    return clock.today() + dt.timedelta(days=days)


def _moment(days: int) -> dt.datetime:
    return timezone.make_aware(dt.datetime.combine(_day(days), MORNING))


def _methods(row: dict[str, Any]) -> Any:
    return Method.objects.filter(code__in=row.get("methods", ()))


def _outcome(row: dict[str, Any], cities: dict[str, Municipality]) -> Outcome | None:
    city = cities.get(row["city"])
    known = Outcome.objects.filter(city=city, said_fi=row["said_fi"]).first()
    if city is None or known is not None:
        return known
    outcome = Outcome(
        city=city,
        theme=row["theme"],
        done_on=_day(row["done_in_days"]),
        state=Outcome.State.PUBLISHED,
        published_at=_moment(row["done_in_days"]),
        example=True,
        **_texts(row, "said", "done"),
    )
    outcome.full_clean()
    outcome.save()
    outcome.methods.set(_methods(row))
    log.record(outcome, by=None, verb="imported")
    return outcome


def _heard(row: dict[str, Any], cities: dict[str, Municipality], outcome: Outcome | None) -> None:
    city = cities.get(row["city"])
    if city is None or Heard.objects.filter(city=city, message=row["message"]).exists():
        return
    heard = Heard(
        city=city,
        kind=row["kind"],
        state=row["state"],
        message=row["message"],
        language=row["language"],
        page=row.get("page", ""),
        sender=row.get("sender", ""),
        heard_on=_day(row["received_in_days"]),
        received_at=_moment(row["received_in_days"]),
        due_on=_day(row["due_in_days"]),
        owner=User.objects.filter(email=row.get("owner") or "").first(),
        unit=Unit.objects.filter(city=city, code=row.get("unit") or "").first(),
        organisation=Organisation.objects.filter(business_id=row.get("organisation") or "").first(),
        outcome=outcome,
        example=True,
        **_end(row),
    )
    heard.full_clean()
    heard.save()
    heard.methods.set(_methods(row))
    log.record(heard, by=None, verb="imported")


def _end(row: dict[str, Any]) -> dict[str, Any]:
    """How it ended, if it has; the lead has been told of what was late on the first day."""
    if row["state"] == Heard.State.ANSWERED:
        day = row["answered_in_days"]
        person = User.objects.filter(email=row.get("owner") or "").first()
        return {
            "answer": row["answer"],
            "answered_at": _moment(day),
            "answered_by": person,
            "in_time": day <= row["due_in_days"],
        }
    late = row["state"] in Heard.WAITING and row["due_in_days"] < 0
    ends = {"handed_to": row.get("handed_to", ""), "closed_because": row.get("closed_because", "")}
    return ends | {"escalated_at": clock.now() if late else None}


def _check(row: dict[str, Any], cities: dict[str, Municipality]) -> None:
    city = cities.get(row["city"] or "")
    if Check.objects.filter(city=city, place=row["place"], question_fi=row["question_fi"]).exists():
        return
    check = Check(
        city=city,
        place=row["place"],
        state=Check.State.OPEN,
        opened_at=clock.now(),
        example=True,
        **_texts(row, "question"),
    )
    check.full_clean()
    check.save()
    log.record(check, by=None, verb="imported")
    methods = {method.code: method for method in Method.objects.all()}
    taps = [
        Tap(check_asked=check, method=methods.get(given.get("method")), answer=answer)
        for given in row["answers"]
        for answer in Tap.Answer.values
        for _ in range(given[f"n_{answer}"])
    ]
    Tap.objects.bulk_create(taps)
