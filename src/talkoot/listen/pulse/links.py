from __future__ import annotations

from typing import TYPE_CHECKING

from django.urls import reverse

if TYPE_CHECKING:
    from talkoot.city.agenda.models import Task
    from talkoot.listen.pulse.models import Outcome


def of_task(task: Task) -> str:
    """Where the message that a task is about is answered."""
    return reverse("pulse:detail", kwargs={"city": task.city.slug, "pk": task.subject_id})


def of_outcome(outcome: Outcome) -> str:
    """Its place on the public page, or its page in the workspace before it is published."""
    published = outcome.state == outcome.State.PUBLISHED
    return outcome.public_url() if published else outcome.get_absolute_url()


def text_of_outcome(outcome: Outcome) -> str:
    return f"{outcome.said}\n{outcome.done}"
