"""What a task is about, as the room of the subject shows it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.urls import NoReverseMatch

from talkoot.kit.plate import TaskSource, offers, resolve

if TYPE_CHECKING:
    from talkoot.city.agenda.models import Task


def url_of(task: Task) -> str:
    """The page of a task's subject, or empty when no room shows it."""
    source = next((offer for offer in offers(TaskSource) if offer.model == task.subject_model), None)
    if source is None:
        return ""
    try:
        return str(resolve(source.url)(task) or "")
    except NoReverseMatch:
        return ""
