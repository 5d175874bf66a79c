from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar, Self, TypeVar

from django.db import models

from talkoot.kit import clock
from talkoot.kit.access.querysets import VisibleQuerySet

if TYPE_CHECKING:
    from talkoot.kit.access.request import AnyUser


M = TypeVar("M", bound=models.Model)


class _KeepersOnly(VisibleQuerySet[M]):
    def visible_to(self, user: AnyUser) -> Self:
        """Whoever keeps the service running."""
        return self.all() if user.is_active and getattr(user, "is_superuser", False) else self.none()


class Slot(models.Model):
    """A slot of time in which a recurring job has been put into the queue; the constraint makes it happen once."""

    name = models.CharField(max_length=80)
    slot = models.DateTimeField()

    objects: ClassVar[models.Manager[Slot]] = models.Manager.from_queryset(_KeepersOnly)()

    class Meta:
        constraints = (models.UniqueConstraint(fields=("name", "slot"), name="jobs_slot_once"),)

    def __str__(self) -> str:
        return f"{self.name} {self.slot:%Y-%m-%d %H:%M}"


class Heartbeat(models.Model):
    """A worker that is alive said so at `at`; a job whose worker has fallen silent is an orphan."""

    worker = models.CharField(max_length=64, unique=True)
    at = models.DateTimeField(default=clock.now)

    objects: ClassVar[models.Manager[Heartbeat]] = models.Manager.from_queryset(_KeepersOnly)()

    def __str__(self) -> str:
        return self.worker


class Progress(models.Model):
    """How far a long job is, and whether someone has asked it to stop."""

    job = models.CharField(max_length=64, unique=True)
    done = models.PositiveIntegerField(default=0)
    total = models.PositiveIntegerField(default=0)
    cancelled = models.BooleanField(default=False)
    at = models.DateTimeField(default=clock.now)

    objects: ClassVar[models.Manager[Progress]] = models.Manager.from_queryset(_KeepersOnly)()

    def __str__(self) -> str:
        return f"{self.done}/{self.total}"

    @property
    def percent(self) -> int:
        """0–100, whole per cent."""
        return 100 * self.done // self.total if self.total else 0
