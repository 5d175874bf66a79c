"""The yearly rhythm of a city: what every room has to say about it, and the tasks of its people."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from talkoot.city.agenda.models import Task
from talkoot.kit.calendar import Entry
from talkoot.kit.plate import ClockEntry, offers, resolve

if TYPE_CHECKING:
    from talkoot.city.accounts.models import User
    from talkoot.city.organisations.models import Municipality

MOST = 500


def entries(city: Municipality, year: int) -> list[Entry]:
    """All that the rooms put on the city's annual clock, by day."""
    found = [entry for offer in offers(ClockEntry) for entry in resolve(offer.entries)(city, year)]
    return sorted(found, key=lambda entry: (entry.day, entry.uid))


def tasks_of(user: User) -> list[Entry]:
    """A person's open tasks as calendar entries, those due first and no more than a calendar reads with ease."""
    own = Task.objects.visible_to(user).open().of(user).select_related("city", "unit")  # type: ignore[attr-defined]  # our queryset
    return [_entry(task) for task in own.order_by("due", "pk")[:MOST]]


def _entry(task: Task) -> Entry:
    return Entry(
        uid=f"task-{task.pk}",
        title=_("Due: %(title)s") % {"title": task.title},
        start=task.due,
        url=task.get_absolute_url(),
        description=task.text,
        verb=task.verb,  # type: ignore[arg-type]  # one of the four by its choices
    )
