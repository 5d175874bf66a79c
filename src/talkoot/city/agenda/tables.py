from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _

from talkoot.city.agenda.models import Task
from talkoot.kit.crud.table import Column, Table
from talkoot.kit.typography import weekday_date

if TYPE_CHECKING:
    from talkoot.kit.typography import Number

KINDS = {Task.State.DONE: "ok", Task.State.DROPPED: ""}


def lateness(days: Number) -> str:
    """“6 days late”."""
    return ngettext("%(n)s day late", "%(n)s days late", int(days)) % {"n": days}


def status(task: Task) -> str:
    """What a person reads about when: late, the day, done or dropped."""
    if late := task.days_late():
        return lateness(late)
    if task.state == Task.State.OPEN:
        return weekday_date(task.due)
    return str(task.get_state_display())


def status_kind(task: Task) -> str:
    """The sign beside it: late, wait, ok or none."""
    if task.state == Task.State.OPEN:
        return "late" if task.is_late else "wait"
    return KINDS[Task.State(task.state)]


class TaskTable(Table):
    caption = _("Tasks")
    empty = _("No tasks here.")
    default_order = ("due", "pk")
    columns = (
        Column(
            key="title",
            label=_("Task"),
            value=str,
            order_by=("title",),
            link=lambda t: t.get_absolute_url(),
        ),
        Column(
            key="due",
            label=_("Due"),
            value=lambda t: t,
            raw=lambda t: t.due,
            order_by=("due",),
            template="agenda/_status.html",
        ),
        Column(
            key="owner", label=_("Responsible person"), value=lambda t: str(t.owner or gettext("Nobody yet"))
        ),
        Column(key="unit", label=_("Unit"), value=lambda t: str(t.unit or "–")),
        Column(
            key="verb", label=_("Part of the work"), value=lambda t: t.get_verb_display(), order_by=("verb",)
        ),
        Column(key="state", label=_("State"), value=lambda t: t.get_state_display(), only_export=True),
        Column(key="subject", label=_("About"), value=lambda t: t.subject_name, only_export=True),
    )
