"""Tasks: made, changed, finished, dropped; each with its event in the log."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils import timezone

from talkoot.city.agenda.models import CalendarFeed, ChecklistItem, Task
from talkoot.city.agenda.models.feed import fresh_nonce
from talkoot.kit import clock
from talkoot.kit.audit import log
from talkoot.kit.states import transition

if TYPE_CHECKING:
    from collections.abc import Sequence

    from django.db.models import Model

    from talkoot.city.accounts.models import User
    from talkoot.city.organisations.models import Municipality, Unit
    from talkoot.kit.access.request import AnyUser

REMINDER_HOUR = dt.time(8)
REMIND_BEFORE = 3


def reminder_for(due: dt.date, days_before: int | None = REMIND_BEFORE) -> dt.datetime | None:
    """The moment to remind, at eight o'clock so many days before; None for no reminder."""
    if days_before is None:
        return None
    return timezone.make_aware(dt.datetime.combine(due - dt.timedelta(days=days_before), REMINDER_HOUR))


@transaction.atomic
def create_task(
    *,
    city: Municipality,
    title: str,
    owner: User | None,
    unit: Unit | None,
    due: dt.date,
    verb: str,
    by: AnyUser | None,
    subject: Model | None = None,
    text: str = "",
    checklist: Sequence[str] = (),
    example: bool = False,
) -> Task:
    """Add a task with a reminder three days before its day. `subject` is what it is about (see TaskSource)."""
    task = Task(
        city=city,
        title=title[:200],
        text=text,
        owner=owner,
        unit=unit,
        due=due,
        verb=verb,
        reminder_at=reminder_for(due),
        created_by=by if by is not None and by.is_authenticated else None,
        example=example,
    )
    if subject is not None:
        task.subject_model, task.subject_id = subject._meta.label, str(subject.pk)
        task.subject_name = str(subject)[:300]
    task.full_clean(exclude=("city",))
    task.save()
    set_checklist(task, checklist)
    log.record(task, by=by, verb="created")
    return task


def set_checklist(task: Task, texts: Sequence[str]) -> None:
    """Make the steps of a task these, in this order; a step that stays keeps its mark."""
    known = {item.text: item for item in task.items.all()}
    wanted = list(dict.fromkeys(text.strip()[:200] for text in texts if text.strip()))
    task.items.exclude(text__in=wanted).delete()
    for place, text in enumerate(wanted):
        item = known.get(text) or ChecklistItem(task=task, text=text)
        item.order = place
        item.save()


@transaction.atomic
def finish(task: Task, *, by: AnyUser) -> Task:
    """Mark a task done. Raises NotAllowedNow if it is not open, PermissionDenied if it is not one's to finish."""
    return transition(task, Task.State.DONE, by=by, done_at=clock.now())


@transaction.atomic
def reopen(task: Task, *, by: AnyUser) -> Task:
    """Open a task again. Raises NotAllowedNow or PermissionDenied."""
    return transition(task, Task.State.OPEN, by=by, done_at=None)


@transaction.atomic
def drop(task: Task, *, by: AnyUser, reason: str) -> Task:
    """Give a task up, with a reason. Raises ReasonNeeded, NotAllowedNow or PermissionDenied."""
    return transition(task, Task.State.DROPPED, by=by, reason=reason)


@transaction.atomic
def tick(item: ChecklistItem, *, done: bool, by: User) -> ChecklistItem:
    """Mark a step done or not done."""
    if not by.has_perm("agenda.finish", item.task):
        raise PermissionDenied
    item.done_at, item.done_by = (clock.now(), by) if done else (None, None)
    item.save(update_fields=("done_at", "done_by"))
    return item


@transaction.atomic
def renew_feed(user: User) -> CalendarFeed:
    """A new calendar address; the old one stops working."""
    feed, _new = CalendarFeed.objects.update_or_create(
        user=user, defaults={"nonce": fresh_nonce(), "renewed_at": clock.now()}
    )
    log.record(feed, by=user, verb="edited")
    return feed
