"""Methods for tests: one that is written out, one of which little is known."""

from __future__ import annotations

from typing import Any

from talkoot.choose.methods.models import Criterion, Goal, Method
from talkoot.choose.methods.scores import interval


def method(code: str = "M05", *, marks: str = "DE", **values: Any) -> Method:
    """A published method with a goal row for each criterion; `marks` are the marked ones."""
    defaults: dict[str, Any] = {
        "category": "KOULU",
        "name_fi": "Webinaarisarja",
        "name_sv": "Webbinarieserie",
        "name_en": "Webinar series",
        "purpose_fi": "Tunti verkossa.",
        "sizes": ["micro", "small"],
        "lead_units": ["ELI"],
        "person_days_low": 15,
        "person_days_high": 20,
        "euros_low": 0,
        "euros_high": 1500,
        "effort_basis": "judgement",
        "effort_source_fi": "Arvio",
        "state": Method.State.PUBLISHED,
        "cities_seen": ["186"],
    }
    made = Method.objects.create(code=code, **defaults | values)
    for criterion in Criterion.values:
        low, high = interval(marked=criterion in marks)
        Goal.objects.create(method=made, criterion=criterion, marked=criterion in marks, low=low, high=high)
    return made


def visible(model: Any, user: Any) -> Any:
    """Rows of a model that `user` may know of."""
    return model.objects.visible_to(user)


def published() -> Any:
    """Methods that may be chosen."""
    rows: Any = Method.objects
    return rows.published()
