from __future__ import annotations

import datetime as dt
import uuid
from typing import TYPE_CHECKING, ClassVar, Self

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from talkoot.kit import clock
from talkoot.kit.access.querysets import VisibleQuerySet

if TYPE_CHECKING:
    from talkoot.kit.access.request import AnyUser

WAITS = dt.timedelta(hours=2)


class PendingImportQuerySet(VisibleQuerySet["PendingImport"]):
    def visible_to(self, user: AnyUser) -> Self:
        """Who added the file, as long as it waits."""
        if not user.is_authenticated or not user.is_active:
            return self.none()
        return self.waiting().filter(created_by=user)

    def waiting(self) -> Self:
        return self.filter(created_at__gt=clock.now() - WAITS)

    def expired(self) -> Self:
        return self.filter(created_at__lte=clock.now() - WAITS)


class PendingImport(models.Model):
    """A file between its preview and the decision to take it; forgotten after two hours."""

    token = models.UUIDField(primary_key=True, default=uuid.uuid4)
    address = models.CharField(max_length=300)
    name = models.CharField(_("name"), max_length=200)
    content = models.BinaryField(_("content of the file"))
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.CASCADE, related_name="+", verbose_name=_("added by")
    )
    created_at = models.DateTimeField(default=clock.now, db_index=True)

    objects: ClassVar[models.Manager[PendingImport]] = models.Manager.from_queryset(PendingImportQuerySet)()

    class Meta:
        verbose_name = _("file waiting to be imported")
        verbose_name_plural = _("files waiting to be imported")

    def __str__(self) -> str:
        return self.name
