from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar, Self

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from talkoot.city.accounts.roles import CHOICES
from talkoot.city.organisations.models.municipality import Unit
from talkoot.city.organisations.models.organisation import Organisation
from talkoot.kit.access.querysets import VisibleQuerySet

if TYPE_CHECKING:
    from talkoot.kit.access.request import AnyUser


class MembershipQuerySet(VisibleQuerySet["Membership"]):
    def visible_to(self, user: AnyUser) -> Self:
        """Those with whom one shares an organisation."""
        if not user.is_authenticated or not user.is_active:
            return self.none()
        return self.filter(organisation__in=user.memberships.values("organisation"))


class Membership(models.Model):
    """One person in one role in one organisation; a person may have several."""

    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.CASCADE, related_name="memberships", verbose_name=_("person")
    )
    organisation = models.ForeignKey(
        Organisation, models.CASCADE, related_name="memberships", verbose_name=_("organisation")
    )
    role = models.CharField(_("role"), max_length=30, choices=CHOICES)
    unit = models.ForeignKey(
        Unit, models.SET_NULL, null=True, blank=True, related_name="memberships", verbose_name=_("unit")
    )

    objects: ClassVar[models.Manager[Membership]] = models.Manager.from_queryset(MembershipQuerySet)()

    class Meta:
        ordering = ("organisation", "user", "role")
        verbose_name = _("membership")
        verbose_name_plural = _("memberships")
        constraints = (
            models.UniqueConstraint(
                fields=("user", "organisation", "role"), name="organisations_one_role_once"
            ),
        )

    def __str__(self) -> str:
        return f"{self.user} · {self.get_role_display()} · {self.organisation}"

    @property
    def city(self) -> object:
        """The city whose staff this is, if any."""
        return getattr(self.organisation, "municipality", None)
