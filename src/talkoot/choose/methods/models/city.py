from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar, Self, TypeVar

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from talkoot.choose.methods.models.method import Criterion, Method, range_or_unknown
from talkoot.city.organisations.permissions import cities_of
from talkoot.kit.access.querysets import VisibleQuerySet
from talkoot.kit.crud.models import Versioned

if TYPE_CHECKING:
    from talkoot.kit.access.request import AnyUser

M = TypeVar("M", bound=models.Model)
_NOT_NEGATIVE = (MinValueValidator(0),)
_SCALE = (MinValueValidator(0), MaxValueValidator(100))


class OwnCityQuerySet(VisibleQuerySet[M]):
    def visible_to(self, user: AnyUser) -> Self:
        """What a city has set for itself is seen by its own staff."""
        return self.filter(city__organisation__in=cities_of(user))


class CityEffort(Versioned):
    """What a method takes in one city in a year, in the city's own judgement. A missing pair is not known."""

    city = models.ForeignKey(
        "organisations.Municipality", models.CASCADE, related_name="efforts", verbose_name=_("city")
    )
    method = models.ForeignKey(Method, models.CASCADE, related_name="city_efforts", verbose_name=_("method"))
    person_days_low = models.FloatField(
        _("person-days a year, at least"), null=True, blank=True, validators=_NOT_NEGATIVE
    )
    person_days_high = models.FloatField(
        _("person-days a year, at most"), null=True, blank=True, validators=_NOT_NEGATIVE
    )
    euros_low = models.FloatField(
        _("euros a year, at least"), null=True, blank=True, validators=_NOT_NEGATIVE
    )
    euros_high = models.FloatField(
        _("euros a year, at most"), null=True, blank=True, validators=_NOT_NEGATIVE
    )
    reason = models.CharField(_("reason"), max_length=500)
    example = models.BooleanField(_("example"), default=False)

    objects: ClassVar[models.Manager[CityEffort]] = models.Manager.from_queryset(
        OwnCityQuerySet["CityEffort"]
    )()

    class Meta:
        ordering = ("city", "method")
        verbose_name = _("city’s own effort")
        verbose_name_plural = _("city’s own efforts")
        constraints = (
            models.UniqueConstraint(fields=("city", "method"), name="methods_city_effort_once"),
            models.CheckConstraint(
                condition=range_or_unknown("person_days"),
                name="methods_city_person_days",
            ),
            models.CheckConstraint(
                condition=range_or_unknown("euros"),
                name="methods_city_euros",
            ),
            models.CheckConstraint(condition=~Q(reason=""), name="methods_city_effort_reason"),
        )

    def __str__(self) -> str:
        return f"{self.method} · {self.city}"

    def get_absolute_url(self) -> str:
        return reverse("methods:workspace_detail", kwargs={"city": self.city.slug, "code": self.method.code})


class CityScore(Versioned):
    """A city's own interval on 0–100 for a method and a criterion, in place of the library's."""

    city = models.ForeignKey(
        "organisations.Municipality", models.CASCADE, related_name="scores", verbose_name=_("city")
    )
    method = models.ForeignKey(Method, models.CASCADE, related_name="city_scores", verbose_name=_("method"))
    criterion = models.CharField(_("criterion"), max_length=1, choices=Criterion.choices)
    low = models.FloatField(_("at least"), validators=_SCALE)
    high = models.FloatField(_("at most"), validators=_SCALE)
    reason = models.CharField(_("reason"), max_length=500)
    example = models.BooleanField(_("example"), default=False)

    objects: ClassVar[models.Manager[CityScore]] = models.Manager.from_queryset(
        OwnCityQuerySet["CityScore"]
    )()

    class Meta:
        ordering = ("city", "method", "criterion")
        verbose_name = _("city’s own score")
        verbose_name_plural = _("city’s own scores")
        constraints = (
            models.UniqueConstraint(fields=("city", "method", "criterion"), name="methods_city_score_once"),
            models.CheckConstraint(
                condition=Q(low__gte=0, high__lte=100, high__gte=F("low")), name="methods_city_score_scale"
            ),
            models.CheckConstraint(condition=~Q(reason=""), name="methods_city_score_reason"),
        )

    def __str__(self) -> str:
        return f"{self.method} · {self.city} · {self.get_criterion_display()}"

    def get_absolute_url(self) -> str:
        return reverse("methods:workspace_detail", kwargs={"city": self.city.slug, "code": self.method.code})
