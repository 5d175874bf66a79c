from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar, Self

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from talkoot.kit import clock
from talkoot.kit.access.querysets import VisibleQuerySet

if TYPE_CHECKING:
    from talkoot.kit.access.request import AnyUser


class MessageQuerySet(VisibleQuerySet["Message"]):
    def visible_to(self, user: AnyUser) -> Self:
        """Whoever keeps the service running."""
        return self.all() if user.is_active and getattr(user, "is_superuser", False) else self.none()


class Message(models.Model):
    """One message to one address: the outbox, and afterwards the proof that it was sent."""

    class State(models.TextChoices):
        QUEUED = "queued", _("Waiting")
        SENT = "sent", _("Sent")
        FAILED = "failed", _("Not delivered")
        SUPPRESSED = "suppressed", _("Not sent: the receiver does not want it")

    to = models.EmailField(_("receiver"))
    kind = models.CharField(_("kind"), max_length=60)
    subject = models.CharField(_("subject"), max_length=200)
    body = models.TextField(_("text"))
    language = models.CharField(_("language"), max_length=2, choices=settings.LANGUAGES)
    state = models.CharField(_("state"), max_length=10, choices=State.choices, default=State.QUEUED)
    tries = models.PositiveSmallIntegerField(_("tries"), default=0)
    error = models.TextField(_("what went wrong"), blank=True)
    created_at = models.DateTimeField(_("written"), default=clock.now)
    sent_at = models.DateTimeField(_("sent"), null=True, blank=True)

    objects: ClassVar[models.Manager[Message]] = models.Manager.from_queryset(MessageQuerySet)()

    class Meta:
        ordering = ("-created_at", "-pk")
        verbose_name = _("message")
        verbose_name_plural = _("messages")
        indexes = (models.Index(fields=("state", "created_at"), name="mail_state"),)
        constraints = (
            models.CheckConstraint(
                condition=models.Q(state="sent", sent_at__isnull=False)
                | ~models.Q(state="sent") & models.Q(sent_at=None),
                name="mail_sent_has_time",
            ),
        )

    def __str__(self) -> str:
        return self.subject


class SuppressionQuerySet(VisibleQuerySet["Suppression"]):
    def visible_to(self, user: AnyUser) -> Self:
        """Nobody: the list is asked about one address at a time."""
        return self.none()


class Suppression(models.Model):
    """An address, as a keyed hash, that gets no messages of a kind; the kind "" means of no kind."""

    address_hash = models.CharField(_("e-mail, as a fingerprint"), max_length=64)
    kind = models.CharField(max_length=60, blank=True)
    at = models.DateTimeField(default=clock.now)

    objects: ClassVar[models.Manager[Suppression]] = models.Manager.from_queryset(SuppressionQuerySet)()

    class Meta:
        verbose_name = _("address that wants no messages")
        verbose_name_plural = _("addresses that want no messages")
        constraints = (
            models.UniqueConstraint(fields=("address_hash", "kind"), name="mail_suppression_once"),
        )

    def __str__(self) -> str:
        return self.kind or "*"
