"""The pilots of demo/pilots.yaml. They are invented and marked as examples."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING, Any

from django.db import transaction

from talkoot.choose.methods.models import Method
from talkoot.choose.pilots.models import Participant, Pilot
from talkoot.city.organisations.models import Municipality, Organisation
from talkoot.kit.audit import log
from talkoot.kit.exchange import yaml_file

if TYPE_CHECKING:
    from pathlib import Path

LANGUAGES = ("fi", "sv", "en")
STATES = {"stopped_early": Pilot.State.STOPPED}
TEXTS = {
    "name": "name",
    "hypothesis": "hypothesis",
    "measure": "measure",
    "worked": "lesson_worked",
    "for_whom": "lesson_for_whom",
    "did_not": "lesson_did_not",
    "again": "lesson_again",
}


def load(folder: Path) -> None:
    """Add the pilots that are not there yet, known by city, method and Finnish name; others stay as they are."""
    rows = yaml_file(folder / "pilots.yaml")
    cities = {city.code: city for city in Municipality.objects.all()}
    methods = {method.code: method for method in Method.objects.all()}
    known = set(Pilot.objects.values_list("city__code", "method__code", "name_fi"))
    with transaction.atomic():
        for row in rows:
            if row["city"] in cities and (row["city"], row["method"], row["name_fi"]) not in known:
                _add(row, cities[row["city"]], methods[row["method"]])


def _add(row: dict[str, Any], city: Municipality, method: Method) -> None:
    pilot = Pilot(city=city, method=method, example=row["example"], **_values(row))
    pilot.full_clean()
    pilot.save()
    log.record(pilot, by=None, verb="imported", reason=row.get("stop_reason_fi", ""))
    for organisation in Organisation.objects.filter(business_id__in=row.get("organisations", ())):
        Participant.objects.create(pilot=pilot, organisation=organisation)


def _values(row: dict[str, Any]) -> dict[str, Any]:
    state = STATES.get(row["state"], row["state"])
    scale = row["value_function"]
    values = {
        f"{field}_{code}": row[f"{name}_{code}"]
        for name, field in TEXTS.items()
        for code in LANGUAGES
        if row.get(f"{name}_{code}")
    }
    return values | {
        "state": state,
        "criterion": row["criterion"],
        "value_low": scale["low"],
        "value_high": scale["high"],
        "agreed_on": _day(row["measure_agreed_on"]),
        "starts_on": _day(row["starts"]),
        "ends_on": _day(row["ends"]),
        "started_on": None if state == Pilot.State.PLANNED else _day(row["starts"]),
        "closed_on": _day(row["ends"]) if state in {*Pilot.OVER, Pilot.State.STOPPED} else None,
        "published_on": _day(row["published_on"]) if state == Pilot.State.PUBLISHED else None,
        "hours": row["hours"],
        "events": row["events"],
        "companies": row["n"],
    }


def _day(text: str | None) -> dt.date | None:
    return dt.date.fromisoformat(str(text)) if text else None
