from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar, Self

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from talkoot.city.accounts.roles import COMPANY_ROLES
from talkoot.city.organisations.permissions import cities_of
from talkoot.kit.access.querysets import VisibleQuerySet

if TYPE_CHECKING:
    from talkoot.city.organisations.models import Municipality
    from talkoot.kit.access.request import AnyUser


class ParticipantQuerySet(VisibleQuerySet["Participant"]):
    def visible_to(self, user: AnyUser) -> Self:
        """The staff of the pilot's city see all its participants, a company sees itself."""
        own = Q(organisation__in=cities_of(user, COMPANY_ROLES))
        return self.filter(own | Q(pilot__city__organisation__in=cities_of(user)))


class Participant(models.Model):
    """A company or another body that takes part in a pilot."""

    pilot = models.ForeignKey(
        "pilots.Pilot", models.CASCADE, related_name="participants", verbose_name=_("pilot")
    )
    organisation = models.ForeignKey(
        "organisations.Organisation",
        models.PROTECT,
        related_name="participations",
        verbose_name=_("organisation"),
    )

    objects: ClassVar[models.Manager[Participant]] = models.Manager.from_queryset(ParticipantQuerySet)()

    class Meta:
        ordering = ("pilot", "organisation__name")
        verbose_name = _("participant of a pilot")
        verbose_name_plural = _("participants of pilots")
        constraints = (
            models.UniqueConstraint(fields=("pilot", "organisation"), name="pilots_participant_once"),
        )

    def __str__(self) -> str:
        return f"{self.organisation} · {self.pilot}"

    @property
    def city(self) -> Municipality:
        """The city of the pilot, in whose log the participant is recorded."""
        return self.pilot.city
