"""What a task is about, as the room of the subject shows it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.urls import NoReverseMatch

from talkoot.city.agenda import tables
from talkoot.city.agenda.models import Task
from talkoot.kit.plate import TaskSource, offers, resolve

if TYPE_CHECKING:
    from talkoot.city.accounts.models import User
    from talkoot.kit.access.request import Request

OWN_MOST = 10


def url_of(task: Task) -> str:
    """The page of a task's subject, or empty when no room shows it."""
    source = next((offer for offer in offers(TaskSource) if offer.model == task.subject_model), None)
    if source is None:
        return ""
    try:
        return str(resolve(source.url)(task) or "")
    except NoReverseMatch:
        return ""


def own_tasks(request: Request, user: User) -> dict[str, Any] | None:  # noqa: ARG001 -- the shape of every panel
    """{"tasks": open tasks of one's own, the nearest first, "more": how many are not shown}; nothing for outsiders."""
    own = Task.objects.visible_to(user).open().of(user).select_related("city").order_by("due", "pk")  # type: ignore[attr-defined]  # our queryset
    count = own.count()
    if not count:
        return None
    shown = [
        {
            "title": str(task),
            "url": task.get_absolute_url(),
            "detail": str(task.city),
            "kind": tables.status_kind(task),
            "status": tables.status(task),
        }
        for task in own[:OWN_MOST]
    ]
    return {"tasks": shown, "more": count - len(shown)}
