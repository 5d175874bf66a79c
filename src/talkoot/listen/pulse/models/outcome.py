from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar, Self

from django.db import models
from django.urls import reverse
from django.utils.text import Truncator
from django.utils.translation import gettext_lazy as _

from talkoot.choose.methods.models import Category, Method
from talkoot.city.accounts.roles import CITY_ROLES
from talkoot.city.organisations.models import Municipality
from talkoot.city.organisations.permissions import cities_of
from talkoot.kit.access.querysets import VisibleQuerySet
from talkoot.kit.crud.models import Versioned
from talkoot.kit.states import Stateful

if TYPE_CHECKING:
    from talkoot.kit.access.request import AnyUser


class Theme(models.TextChoices):
    """The groups of the library of methods, and what does not belong to any of them."""

    BASIC = Category.BASIC.value, Category.BASIC.label
    AREA = Category.AREA.value, Category.AREA.label
    MARKET = Category.MARKET.value, Category.MARKET.label
    COMMUNICATION = Category.COMMUNICATION.value, Category.COMMUNICATION.label
    TOGETHER = Category.TOGETHER.value, Category.TOGETHER.label
    REWARD = Category.REWARD.value, Category.REWARD.label
    TRAINING = Category.TRAINING.value, Category.TRAINING.label
    COMMITMENT = Category.COMMITMENT.value, Category.COMMITMENT.label
    KNOWLEDGE = Category.KNOWLEDGE.value, Category.KNOWLEDGE.label
    PAGES = "SIVUT", _("These pages")
    OTHER = "MUU", _("Other matters")


class OutcomeQuerySet(VisibleQuerySet["Outcome"]):
    def visible_to(self, user: AnyUser) -> Self:
        """Published ones are open to all; drafts to the staff of their city."""
        seen = models.Q(state=Outcome.State.PUBLISHED)
        if staff := cities_of(user, CITY_ROLES):
            seen |= models.Q(city__organisation__in=staff)
        return self.filter(seen)

    def published(self) -> Self:
        return self.filter(state=Outcome.State.PUBLISHED)


class Outcome(Versioned, Stateful):
    """What a city has heard, in the officer's own summary, and what it did about it; never the message itself."""

    said_fi: str
    said_sv: str
    done_fi: str
    done_sv: str

    class State(models.TextChoices):
        DRAFT = "draft", _("Draft")
        PUBLISHED = "published", _("Published")
        WITHDRAWN = "withdrawn", _("Withdrawn")

    TRANSITIONS = {
        State.DRAFT: {State.PUBLISHED: "pulse.publish"},
        State.PUBLISHED: {State.WITHDRAWN: "pulse.publish"},
        State.WITHDRAWN: {State.PUBLISHED: "pulse.publish"},
    }

    city = models.ForeignKey(Municipality, models.CASCADE, related_name="outcomes", verbose_name=_("city"))
    theme = models.CharField(_("theme"), max_length=10, choices=Theme.choices, default=Theme.OTHER)
    methods = models.ManyToManyField(Method, blank=True, related_name="outcomes", verbose_name=_("methods"))
    said = models.TextField(_("what we heard"), max_length=1000)
    done = models.TextField(_("what we did"), max_length=2000)
    done_on = models.DateField(_("done on"))
    state = models.CharField(_("state"), max_length=10, choices=State.choices, default=State.DRAFT)
    published_at = models.DateTimeField(_("published"), null=True, blank=True)
    example = models.BooleanField(_("example"), default=False)

    objects: ClassVar[models.Manager[Outcome]] = models.Manager.from_queryset(OutcomeQuerySet)()

    class Meta:
        ordering = ("-done_on", "-pk")
        verbose_name = _("what we heard, what we did")
        verbose_name_plural = _("what we heard, what we did")
        constraints = (
            models.CheckConstraint(
                condition=~models.Q(state="published") | models.Q(published_at__isnull=False),
                name="pulse_published_has_time",
            ),
        )
        indexes = (models.Index(fields=("city", "state", "done_on"), name="pulse_told"),)

    def __str__(self) -> str:
        return Truncator(self.said or "").chars(80)

    def get_absolute_url(self) -> str:
        return reverse("pulse:outcome", kwargs={"city": self.city.slug, "pk": self.pk})

    def public_url(self) -> str:
        """Its place on the city's public page."""
        return f"{reverse('pulse:told', kwargs={'city': self.city.slug})}#t{self.pk}"
