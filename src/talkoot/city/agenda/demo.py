"""Tasks of the demo's people; their days count from the day of the first load."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING, Any

from django.db import transaction

from talkoot.city.accounts.models import User
from talkoot.city.agenda import actions
from talkoot.city.agenda.models import Task
from talkoot.city.organisations.demo import entries
from talkoot.city.organisations.models import Municipality, Unit
from talkoot.kit import clock

if TYPE_CHECKING:
    from pathlib import Path


@transaction.atomic
def load(folder: Path) -> None:
    for row in entries(folder / "tasks.yaml", "tasks"):
        _task(row)


def _task(row: dict[str, Any]) -> None:
    """A task speaks its owner's language; it has one title, as a person would write it."""
    city = Municipality.objects.get(code=row["city"])
    owner = User.objects.filter(email=row["owner"] or "").first()
    language = owner.language if owner else "fi"
    title = row[f"title_{language}"]
    if Task.objects.filter(city=city, title=title).exists():
        return
    task = actions.create_task(
        city=city,
        title=title,
        owner=owner,
        unit=Unit.objects.filter(city=city, code=row["unit"] or "").first(),
        due=clock.today() + dt.timedelta(days=row["due_in_days"]),
        verb=row["verb"],
        by=None,
        checklist=[step[f"text_{language}"] for step in row["checklist"]],
        example=row["example"],
    )
    if task.is_late:
        Task.objects.filter(pk=task.pk).update(reminded_at=clock.now())
