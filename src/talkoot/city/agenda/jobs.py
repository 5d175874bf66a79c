from __future__ import annotations

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from talkoot.city.accounts.models import User
from talkoot.city.accounts.roles import Role
from talkoot.city.agenda.models import Task
from talkoot.kit import clock
from talkoot.kit.jobs import job
from talkoot.kit.mail import outbox


@job()
def remind() -> int:
    """Remind once of each task whose moment has come; returns of how many.

    The owner is told; of a task without an owner those of its unit, or else the city's coordinators.
    """
    due = Task.objects.open().filter(reminder_at__lte=clock.now(), reminded_at=None)  # type: ignore[attr-defined]  # our queryset
    return sum(_remind(task) for task in due.select_related("city__organisation", "owner", "unit"))


@transaction.atomic
def _remind(task: Task) -> bool:
    """Mark and mail in one transaction: a job that dies between does neither, one that runs again sends nothing."""
    moment = clock.now()
    if not Task.objects.filter(pk=task.pk, reminded_at=None).update(reminded_at=moment):
        return False
    subject = _("Late: %(title)s") if task.is_late else _("Due %(day)s: %(title)s")
    for person in _receivers(task):
        outbox.send(
            to=person.email,
            subject=subject,
            template="agenda/mail/reminder.txt",
            context={
                "title": task.title,
                "day": f"{task.due:%-d.%-m.%Y}",
                "task": task,
                "path": task.get_absolute_url(),
            },
            language=person.language,
        )
    return True


def _receivers(task: Task) -> list[User]:
    if task.owner is not None:
        return [task.owner] if task.owner.is_active else []
    members = User.objects.filter(is_active=True, memberships__organisation=task.city.organisation)
    of_unit = members.filter(memberships__unit=task.unit_id).distinct() if task.unit_id else members.none()
    return list(of_unit) or list(members.filter(memberships__role=Role.COORDINATOR).distinct())
