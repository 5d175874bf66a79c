from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar, Self

from django.db import models

from talkoot.kit import clock
from talkoot.kit.access.querysets import VisibleQuerySet

if TYPE_CHECKING:
    from talkoot.kit.access.request import AnyUser


class Versioned(models.Model):
    """A row that counts its saves, so that a second writer is shown the first one's work."""

    version = models.PositiveIntegerField(default=1, editable=False)

    class Meta:
        abstract = True


class SubmissionQuerySet(VisibleQuerySet["Submission"]):
    def visible_to(self, user: AnyUser) -> Self:
        """Nobody browses these."""
        return self.none()


class Submission(models.Model):
    """A form that was sent once: its key, and where the sender was taken."""

    key = models.UUIDField(unique=True)
    result_url = models.CharField(max_length=500)
    at = models.DateTimeField(default=clock.now)

    objects: ClassVar[models.Manager[Submission]] = models.Manager.from_queryset(SubmissionQuerySet)()

    def __str__(self) -> str:
        return str(self.key)
