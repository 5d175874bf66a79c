from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING, ClassVar, Self

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from talkoot.city.accounts.roles import CHOICES, Role
from talkoot.city.organisations.models.municipality import Unit
from talkoot.city.organisations.models.organisation import Organisation
from talkoot.kit import clock
from talkoot.kit.access.querysets import VisibleQuerySet

if TYPE_CHECKING:
    from talkoot.kit.access.request import AnyUser

LIFETIME = dt.timedelta(days=14)


def expiry() -> dt.datetime:
    """An invitation that is sent now holds until then."""
    return clock.now() + LIFETIME


class InvitationQuerySet(VisibleQuerySet["Invitation"]):
    def visible_to(self, user: AnyUser) -> Self:
        """Those who give roles in the organisation."""
        if not user.is_authenticated or not user.is_active:
            return self.none()
        givers = user.memberships.filter(role__in=(Role.CITY_ADMIN, Role.COMPANY_ADMIN))
        return self.filter(organisation__in=givers.values("organisation"))

    def waiting(self) -> Self:
        return self.filter(accepted_at=None)


class Invitation(models.Model):
    """A role offered to an e-mail address; the link is in the message only, here is its digest."""

    audit_exclude = ("token_hash",)

    email = models.EmailField(_("e-mail"))
    organisation = models.ForeignKey(
        Organisation, models.CASCADE, related_name="invitations", verbose_name=_("organisation")
    )
    role = models.CharField(_("role"), max_length=30, choices=CHOICES)
    unit = models.ForeignKey(
        Unit, models.SET_NULL, null=True, blank=True, related_name="+", verbose_name=_("unit")
    )
    token_hash = models.CharField(max_length=64, unique=True, editable=False)
    sent_at = models.DateTimeField(_("sent"), default=clock.now)
    expires_at = models.DateTimeField(_("valid until"), default=expiry)
    accepted_at = models.DateTimeField(_("accepted"), null=True, blank=True)
    invited_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+", verbose_name=_("invited by")
    )

    objects: ClassVar[models.Manager[Invitation]] = models.Manager.from_queryset(InvitationQuerySet)()

    class Meta:
        ordering = ("-sent_at", "pk")
        verbose_name = _("invitation")
        verbose_name_plural = _("invitations")
        constraints = (
            models.UniqueConstraint(
                fields=("organisation", "email", "role"),
                condition=models.Q(accepted_at=None),
                name="organisations_one_open_invitation",
            ),
        )

    def __str__(self) -> str:
        return f"{self.email} · {self.get_role_display()}"

    @property
    def city(self) -> object:
        """The city that invites, if it is one."""
        return getattr(self.organisation, "municipality", None)

    @property
    def is_expired(self) -> bool:
        return self.accepted_at is None and clock.now() >= self.expires_at
