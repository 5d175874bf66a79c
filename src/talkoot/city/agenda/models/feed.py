from __future__ import annotations

import secrets
from typing import TYPE_CHECKING, ClassVar, Self

from django.conf import settings
from django.core import signing
from django.db import models
from django.utils.translation import gettext_lazy as _

from talkoot.kit import clock
from talkoot.kit.access.querysets import VisibleQuerySet

if TYPE_CHECKING:
    from talkoot.kit.access.request import AnyUser

_SIGNER = signing.Signer(salt="talkoot.agenda.feed")


def fresh_nonce() -> str:
    return secrets.token_urlsafe(16)


class CalendarFeedQuerySet(VisibleQuerySet["CalendarFeed"]):
    def visible_to(self, user: AnyUser) -> Self:
        """One's own only."""
        return self.filter(user=user.pk) if user.is_authenticated and user.is_active else self.none()

    def by_token(self, token: str) -> CalendarFeed | None:
        """The feed that an address names, or None if the address is old or made up."""
        try:
            nonce = _SIGNER.unsign(token)
        except signing.BadSignature:
            return None
        return self.filter(nonce=nonce, user__is_active=True).select_related("user").first()


class CalendarFeed(models.Model):
    """A person's calendar address. The row alone does not open it: the address carries our signature too."""

    audit_exclude = ("nonce",)

    user = models.OneToOneField(
        settings.AUTH_USER_MODEL, models.CASCADE, related_name="calendar_feed", verbose_name=_("person")
    )
    nonce = models.CharField(max_length=32, unique=True, default=fresh_nonce, editable=False)
    renewed_at = models.DateTimeField(default=clock.now)

    objects: ClassVar[models.Manager[CalendarFeed]] = models.Manager.from_queryset(CalendarFeedQuerySet)()

    class Meta:
        verbose_name = _("calendar address")
        verbose_name_plural = _("calendar addresses")

    def __str__(self) -> str:
        return str(self.user)

    @property
    def token(self) -> str:
        return _SIGNER.sign(self.nonce)
