from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING, ClassVar, Self

from django.conf import settings
from django.core.validators import RegexValidator
from django.db import models
from django.urls import reverse
from django.utils.text import Truncator
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from talkoot.city.accounts.roles import CITY_ROLES
from talkoot.city.organisations.models import Municipality
from talkoot.city.organisations.permissions import cities_of
from talkoot.kit import clock
from talkoot.kit.access.querysets import VisibleQuerySet
from talkoot.kit.crud.models import Versioned
from talkoot.kit.states import Stateful

if TYPE_CHECKING:
    from talkoot.kit.access.request import AnyUser

ANSWERED_WITHIN = dt.timedelta(days=14)
OWN_PATH = RegexValidator(r"^/(?!/)[^\\\s]*$", _("The page must be one of ours, such as /vantaa/."))


def due_day() -> dt.date:
    """The last day on which an answer to what arrives today is on time."""
    return clock.today() + ANSWERED_WITHIN


class FeedbackQuerySet(VisibleQuerySet["Feedback"]):
    def visible_to(self, user: AnyUser) -> Self:
        """The staff of the city that it was sent to; what was sent to no city, the staff of every city."""
        organisations = cities_of(user, CITY_ROLES)
        if not organisations:
            return self.none()
        return self.filter(models.Q(city__organisation__in=organisations) | models.Q(city=None))

    def waiting(self) -> Self:
        """Not yet answered or handed over."""
        return self.filter(state=Feedback.State.RECEIVED)

    def late(self) -> Self:
        """Waiting, and the due day has passed."""
        return self.waiting().filter(due_on__lt=clock.today())


class Feedback(Versioned, Stateful):
    """What someone said about a page or the cooperation, and what was answered within 14 days."""

    class State(models.TextChoices):
        RECEIVED = "received", _("Received")
        ANSWERED = "answered", _("Answered")
        HANDED_OVER = "handed_over", _("Handed over")

    TRANSITIONS = {
        State.RECEIVED: {State.ANSWERED: "pulse.answer", State.HANDED_OVER: "pulse.answer"},
        State.HANDED_OVER: {State.ANSWERED: "pulse.answer"},
    }
    audit_exclude = ("email", "message", "answer")

    city = models.ForeignKey(
        Municipality, models.CASCADE, null=True, blank=True, related_name="feedback", verbose_name=_("city")
    )
    message = models.TextField(_("Feedback"), max_length=5000)
    page = models.CharField(_("Page"), max_length=300, blank=True, validators=[OWN_PATH])
    email = models.EmailField(_("E-mail"), blank=True)
    language = models.CharField(_("language"), max_length=2, choices=settings.LANGUAGES, default="fi")
    received_at = models.DateTimeField(_("received"), default=clock.now)
    due_on = models.DateField(_("answer by"), default=due_day)
    state = models.CharField(_("state"), max_length=12, choices=State.choices, default=State.RECEIVED)
    answer = models.TextField(_("answer"), max_length=5000, blank=True)
    answered_at = models.DateTimeField(_("answered"), null=True, blank=True)
    answered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="answered_feedback",
        verbose_name=_("answered by"),
    )
    mailed_at = models.DateTimeField(_("answer sent"), null=True, blank=True)
    handed_to = models.CharField(_("handed over to"), max_length=200, blank=True)

    objects: ClassVar[models.Manager[Feedback]] = models.Manager.from_queryset(FeedbackQuerySet)()

    class Meta:
        ordering = ("due_on", "pk")
        verbose_name = _("feedback")
        verbose_name_plural = _("feedback")
        constraints = (
            models.CheckConstraint(
                condition=~models.Q(state="answered") | ~models.Q(answer=""),
                name="pulse_answered_has_an_answer",
            ),
            models.CheckConstraint(
                condition=~models.Q(state="handed_over") | ~models.Q(handed_to=""),
                name="pulse_handed_over_names_whom",
            ),
        )
        indexes = (models.Index(fields=("city", "state", "due_on"), name="pulse_waiting"),)

    def __str__(self) -> str:
        """Without what was written: the log outlives the message."""
        return gettext("Feedback %(number)s") % {"number": self.pk}

    def get_absolute_url(self) -> str:
        return reverse("pulse:detail", kwargs={"city": self.city.slug if self.city else "", "pk": self.pk})

    @property
    def summary(self) -> str:
        """The beginning of the message, for lists."""
        return Truncator(self.message).chars(80)

    @property
    def days_left(self) -> int:
        """Days until the answer is due; negative when late."""
        return (self.due_on - clock.today()).days

    @property
    def days_late(self) -> int:
        return max(0, -self.days_left)

    @property
    def is_late(self) -> bool:
        return self.state == self.State.RECEIVED and self.days_left < 0
