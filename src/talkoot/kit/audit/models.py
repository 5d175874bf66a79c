from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar, Self

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from talkoot.kit import clock
from talkoot.kit.access.querysets import VisibleQuerySet

if TYPE_CHECKING:
    from talkoot.kit.access.request import AnyUser


class EventQuerySet(VisibleQuerySet["Event"]):
    def visible_to(self, user: AnyUser) -> Self:
        """Whoever keeps a city's affairs in order reads that city's log."""
        if not user.is_authenticated or not user.is_active:
            return self.none()
        return self.filter(scope__in=list(user.administered_scopes()))

    def about(self, obj: models.Model) -> Self:
        """The timeline of one object, newest first."""
        return self.filter(model=obj._meta.label, object_id=str(obj.pk))


class Event(models.Model):
    """Who did what to which object, when and why, with old and new values. Rows are only ever added."""

    at = models.DateTimeField(_("time"), default=clock.now)
    actor = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+", verbose_name=_("person")
    )
    actor_name = models.CharField(_("who"), max_length=200, blank=True)
    verb = models.CharField(_("what"), max_length=40)
    model = models.CharField(max_length=80)
    object_id = models.CharField(max_length=40)
    object_name = models.CharField(_("object"), max_length=300)
    scope = models.CharField(max_length=40, blank=True)
    reason = models.TextField(_("reason"), blank=True)
    changes = models.JSONField(_("changes"), default=dict)

    objects: ClassVar[models.Manager[Event]] = models.Manager.from_queryset(EventQuerySet)()

    class Meta:
        ordering = ("-at", "-id")
        verbose_name = _("event in the log")
        verbose_name_plural = _("events in the log")
        indexes = (
            models.Index(fields=("model", "object_id", "-at"), name="audit_object"),
            models.Index(fields=("scope", "-at"), name="audit_scope"),
        )

    def __str__(self) -> str:
        return f"{self.verb} {self.object_name}"
