from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from talkoot.kit.plate import DataRecord, NavItem, Panel, Permission, Recurring, Seed

_PUBLIC_TASK = _("Task in the public interest (GDPR 6(1)(e))")
_RULES = "talkoot.city.agenda.permissions"

OFFERS = [
    Seed(order=80, load="talkoot.city.agenda.demo.load"),
    Recurring(name="agenda.remind", every=15, job="talkoot.city.agenda.jobs.remind"),
    Panel(
        slot="accounts.me",
        template="agenda/_own_tasks.html",
        context="talkoot.city.agenda.subjects.own_tasks",
        order=10,
    ),
    NavItem(
        label=_("All tasks"),
        url_name="agenda:list",
        audience="workspace",
        verb="act",
        order=1,
        permission="agenda.see",
    ),
    NavItem(
        label=_("Annual clock"),
        url_name="agenda:clock",
        audience="workspace",
        verb="choose",
        order=60,
        permission="agenda.see",
    ),
    Permission(
        name="agenda.see",
        sentence=_("See the tasks of the city."),
        predicate="talkoot.city.organisations.permissions.works_in_city",
    ),
    Permission(
        name="agenda.edit",
        sentence=_("Create, edit and drop tasks of the city."),
        predicate=f"{_RULES}.edits_tasks",
    ),
    Permission(
        name="agenda.finish",
        sentence=_("Mark a task done: one’s own, or any task if one edits them."),
        predicate=f"{_RULES}.finishes_task",
    ),
    Permission(
        name="agenda.feed",
        sentence=_("Subscribe to one’s own tasks in a calendar."),
        predicate="talkoot.kit.access.permissions.anyone",
    ),
    DataRecord(
        model="agenda.Task",
        personal=["owner", "created_by"],
        purpose=_("To know who does what by which day."),
        legal_basis=_PUBLIC_TASK,
        retention=_("Five years after the task is done"),
        publicity="internal",
        export=True,
    ),
    DataRecord(
        model="agenda.ChecklistItem",
        personal=["done_by"],
        purpose=_("To know which steps of a task are done."),
        legal_basis=_PUBLIC_TASK,
        retention=_("Five years after the task is done"),
        publicity="internal",
        export=True,
    ),
    DataRecord(
        model="agenda.CalendarFeed",
        personal=["user"],
        purpose=_("To show a person’s tasks in the calendar they use."),
        legal_basis=_PUBLIC_TASK,
        retention=_("Until the person renews the address or leaves"),
        publicity="secret",
        export=False,
    ),
]
