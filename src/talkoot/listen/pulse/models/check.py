from __future__ import annotations

from typing import TYPE_CHECKING, Any, ClassVar, Self

from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from talkoot.choose.methods.models import Method
from talkoot.city.accounts.roles import CITY_ROLES
from talkoot.city.organisations.models import Municipality
from talkoot.city.organisations.permissions import cities_of
from talkoot.kit import clock
from talkoot.kit.access.querysets import VisibleQuerySet
from talkoot.kit.crud.models import Versioned
from talkoot.kit.prepared import Prepared
from talkoot.kit.states import Stateful

if TYPE_CHECKING:
    from talkoot.kit.access.request import AnyUser
    from talkoot.kit.prepared import Asked


class CheckQuerySet(VisibleQuerySet["Check"]):
    def visible_to(self, user: AnyUser) -> Self:
        """Open ones are on public pages; the rest are for the staff of the city, or of every city when shared."""
        seen = models.Q(state=Check.State.OPEN)
        if staff := cities_of(user, CITY_ROLES):
            seen |= models.Q(city__organisation__in=staff) | models.Q(city=None)
        return self.filter(seen)

    def asked_on(self, place: str, city: Municipality | None) -> Check | None:
        """The question that is open on a page of this place, if one is."""
        given = {"city": city.pk} if city is not None else {}
        return next(iter(_asked(place=place, **given)), None)


@Prepared
def _asked(place: Asked, city: Asked | None = None) -> Any:
    return Check.objects.filter(place=place, city=city, state=Check.State.OPEN)[:1]


class Check(Versioned, Stateful):
    """One question at the foot of a page, answered with one tap. The pages of methods belong to all cities."""

    question_fi: str

    class Place(models.TextChoices):
        METHOD = "method", _("The page of each method (shared by the cities)")
        MODEL = "model", _("The operating model of the city")

    class State(models.TextChoices):
        DRAFT = "draft", _("Draft")
        OPEN = "open", _("Asked now")
        CLOSED = "closed", _("Not asked any more")

    TRANSITIONS = {
        State.DRAFT: {State.OPEN: "pulse.ask"},
        State.OPEN: {State.CLOSED: "pulse.ask"},
        State.CLOSED: {State.OPEN: "pulse.ask"},
    }

    city = models.ForeignKey(
        Municipality, models.CASCADE, null=True, blank=True, related_name="checks", verbose_name=_("city")
    )
    place = models.CharField(_("place"), max_length=10, choices=Place.choices, default=Place.METHOD)
    question = models.CharField(_("question"), max_length=150)
    state = models.CharField(_("state"), max_length=10, choices=State.choices, default=State.DRAFT)
    opened_at = models.DateTimeField(_("asked since"), null=True, blank=True)
    example = models.BooleanField(_("example"), default=False)

    objects: ClassVar[models.Manager[Check]] = models.Manager.from_queryset(CheckQuerySet)()

    class Meta:
        ordering = ("-pk",)
        verbose_name = _("quick question")
        verbose_name_plural = _("quick questions")
        constraints = (
            models.CheckConstraint(
                condition=models.Q(place="method", city=None) | models.Q(place="model", city__isnull=False),
                name="pulse_check_belongs_to_its_page",
            ),
            models.UniqueConstraint(
                fields=("place",),
                condition=models.Q(state="open", city=None),
                name="pulse_one_shared_check_at_once",
            ),
            models.UniqueConstraint(
                fields=("place", "city"),
                condition=models.Q(state="open", city__isnull=False),
                name="pulse_one_check_of_a_city_at_once",
            ),
        )

    def __str__(self) -> str:
        return self.question or ""

    def get_absolute_url(self) -> str:
        """In the workspace of its city; a shared one is seen from the workspace of any."""
        return reverse("pulse:check", kwargs={"city": self.city.slug, "pk": self.pk}) if self.city else ""


class TapQuerySet(VisibleQuerySet["Tap"]):
    def visible_to(self, user: AnyUser) -> Self:
        """Staff, and only as counts: a page shows none of fewer than five."""
        return self.filter(check_asked__in=Check.objects.visible_to(user)) if cities_of(user) else self.none()  # type: ignore[attr-defined]  # our queryset


class Tap(models.Model):
    """One answer: what, about which method, on which day. Nothing tells who gave it."""

    class Answer(models.TextChoices):
        YES = "yes", _("Yes")
        PARTLY = "partly", _("Partly")
        NO = "no", _("No")

    check_asked = models.ForeignKey(
        Check, models.CASCADE, related_name="taps", verbose_name=_("quick question")
    )
    method = models.ForeignKey(
        Method, models.CASCADE, null=True, blank=True, related_name="+", verbose_name=_("method")
    )
    answer = models.CharField(_("answer"), max_length=6, choices=Answer.choices)
    on = models.DateField(_("day"), default=clock.today)

    objects: ClassVar[models.Manager[Tap]] = models.Manager.from_queryset(TapQuerySet)()

    class Meta:
        ordering = ("pk",)
        verbose_name = _("answer to a quick question")
        verbose_name_plural = _("answers to quick questions")
        indexes = (models.Index(fields=("check_asked", "method", "answer"), name="pulse_taps"),)

    def __str__(self) -> str:
        return self.get_answer_display()
