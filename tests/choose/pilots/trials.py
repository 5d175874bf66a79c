"""Pilots for tests, in any state."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING, Any

from talkoot.choose.pilots.models import Pilot

if TYPE_CHECKING:
    from talkoot.choose.methods.models import Method
    from talkoot.city.organisations.models import Municipality

S = Pilot.State
SPRING = dt.date(2026, 5, 28)


def pilot(city: Municipality, method: Method, state: str = S.PLANNED, **values: Any) -> Pilot:
    """A pilot whose agreement is complete; one that is over has its days."""
    defaults: dict[str, Any] = {
        "name_fi": f"Kokeilu {Pilot.objects.count() + 1}",
        "hypothesis_fi": "Joka kolmas toimii.",
        "criterion": "D",
        "measure_fi": "Yrityksistä toteutti teon",
        "value_low": 0,
        "value_high": 50,
        "starts_on": dt.date(2026, 2, 11),
        "ends_on": SPRING,
    }
    if state in Pilot.OVER:
        defaults |= {
            "started_on": dt.date(2026, 2, 11),
            "closed_on": SPRING,
            "lesson_worked_fi": "Aamu sopi.",
            "agreed_on": dt.date(2026, 2, 1),
            "events": 3,
            "companies": 10,
        }
    if state == S.PUBLISHED:
        defaults["published_on"] = dt.date(2026, 9, 24)
    return Pilot.objects.create(city=city, method=method, state=state, **defaults | values)
