from __future__ import annotations

from typing import TYPE_CHECKING

from django.urls import reverse

if TYPE_CHECKING:
    from talkoot.city.agenda.models import Task


def of_task(task: Task) -> str:
    """Where the feedback that a task is about is answered."""
    return reverse("pulse:detail", kwargs={"city": task.city.slug, "pk": task.subject_id})
