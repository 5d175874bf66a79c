from __future__ import annotations

import secrets
from typing import TYPE_CHECKING, Any, ClassVar, Self

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from talkoot.city.organisations.models import Municipality, Organisation, SizeClass
from talkoot.city.organisations.permissions import cities_of
from talkoot.kit import clock
from talkoot.kit.access.querysets import VisibleQuerySet
from talkoot.listen.surveys.models.rounds import Round
from talkoot.listen.surveys.permissions import MANAGERS

if TYPE_CHECKING:
    from talkoot.kit.access.request import AnyUser

LETTERS = "abcdefghijkmnpqrstuvwxyz23456789"
LENGTH = 24


def fresh_token() -> str:
    """120 bits in letters that are not mistaken for each other on paper."""
    return "".join(secrets.choice(LETTERS) for _letter in range(LENGTH))


class InvitationQuerySet(VisibleQuerySet["Invitation"]):
    def visible_to(self, user: AnyUser) -> Self:
        """Those who run the survey in the city that invites."""
        return self.filter(city__organisation__in=cities_of(user, MANAGERS))


class Invitation(models.Model):
    """A company that was asked to answer, with its personal link. It says whether an answer came, never which one.

    Size, sector (a letter) and whether a street is known are those of the day of the invitation. An e-mail address
    is kept until the round closes.
    """

    audit_exclude = ("token", "email")

    round = models.ForeignKey(
        Round, models.CASCADE, related_name="invitations", verbose_name=_("survey round")
    )
    city = models.ForeignKey(
        Municipality, models.CASCADE, related_name="survey_invitations", verbose_name=_("city")
    )
    organisation = models.ForeignKey(
        Organisation, models.CASCADE, related_name="survey_invitations", verbose_name=_("organisation")
    )
    email = models.EmailField(_("e-mail"), blank=True)
    language = models.CharField(_("language"), max_length=2, choices=settings.LANGUAGES, default="fi")
    size_class = models.CharField(_("company size"), max_length=8, choices=SizeClass.choices, blank=True)
    industry = models.CharField(_("sector"), max_length=1, blank=True)
    postal = models.BooleanField(_("has a postal address"), default=True)
    token = models.CharField(max_length=40, unique=True, default=fresh_token, editable=False)
    made_on = models.DateField(_("invited on"), default=clock.today)
    mailed_on = models.DateField(_("sent by mail on"), null=True, blank=True)
    reminded_on = models.DateField(_("reminded on"), null=True, blank=True)
    answered = models.BooleanField(_("has answered"), default=False)

    objects: ClassVar[models.Manager[Invitation]] = models.Manager.from_queryset(InvitationQuerySet)()

    class Meta:
        ordering = ("round", "organisation__name", "pk")
        verbose_name = _("invitation to a survey")
        verbose_name_plural = _("invitations to surveys")
        constraints = (
            models.UniqueConstraint(fields=("round", "organisation"), name="surveys_invited_once"),
        )
        indexes = (models.Index(fields=("round", "size_class", "industry"), name="surveys_invited_groups"),)

    def __str__(self) -> str:
        return f"{self.organisation} · {self.round}"


class DraftQuerySet(VisibleQuerySet["Draft"]):
    def visible_to(self, user: AnyUser) -> Self:
        """Nobody looks into what has not been sent; whoever has its address goes on with it."""
        return self.none()


class Draft(models.Model):
    """One respondent's answers so far, kept under the token of the address until they are sent.

    `answers`: {code of a question: value}, as `answering.kinds` describes the values. Sending empties it.
    `prefilled`: questions that the register answered; the respondent confirms them. `place`: the number of the
    question that comes next.
    """

    token = models.CharField(max_length=40, unique=True, default=fresh_token, editable=False)
    round = models.ForeignKey(Round, models.CASCADE, related_name="drafts", verbose_name=_("survey round"))
    city = models.ForeignKey(Municipality, models.CASCADE, related_name="+", verbose_name=_("city"))
    invitation = models.OneToOneField(
        Invitation,
        models.CASCADE,
        null=True,
        blank=True,
        related_name="draft",
        verbose_name=_("invitation to a survey"),
    )
    answers: models.JSONField[Any, Any] = models.JSONField(_("answers"), default=dict, blank=True)
    prefilled: models.JSONField[Any, Any] = models.JSONField(
        _("answered by the register"), default=list, blank=True
    )
    place = models.PositiveSmallIntegerField(_("place"), default=0)
    language = models.CharField(_("language"), max_length=2, blank=True)
    by_officer = models.BooleanField(_("recorded by an officer"), default=False)
    links_sent = models.PositiveSmallIntegerField(_("links sent"), default=0)
    asked_contact = models.BooleanField(_("asked to be contacted"), default=False)
    changed_at = models.DateTimeField(_("changed"), default=clock.now)
    sent = models.BooleanField(_("sent"), default=False)

    objects: ClassVar[models.Manager[Draft]] = models.Manager.from_queryset(DraftQuerySet)()

    class Meta:
        ordering = ("pk",)
        verbose_name = _("unfinished answer")
        verbose_name_plural = _("unfinished answers")

    def __str__(self) -> str:
        return str(self.round)
