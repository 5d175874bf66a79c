from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar, Self

from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from talkoot.city.roadmap.models.roadmap import Goal, Roadmap, published_or_own
from talkoot.kit.access.querysets import VisibleQuerySet
from talkoot.kit.crud.models import Versioned

if TYPE_CHECKING:
    import datetime as dt

    from talkoot.city.organisations.models import Municipality
    from talkoot.kit.access.request import AnyUser

EMISSIONS = "emissions"


class IndicatorQuerySet(VisibleQuerySet["Indicator"]):
    def visible_to(self, user: AnyUser) -> Self:
        return self.filter(published_or_own(user, "roadmap__"))


class Indicator(Versioned):
    """A figure that is followed yearly. `key` names those that the house knows: "emissions" is the city's total."""

    name_fi: str
    unit_fi: str

    class Direction(models.TextChoices):
        DOWN = "down", _("Less is better")
        UP = "up", _("More is better")

    roadmap = models.ForeignKey(Roadmap, models.CASCADE, related_name="indicators", verbose_name=_("roadmap"))
    goal = models.ForeignKey(
        Goal, models.SET_NULL, null=True, blank=True, related_name="indicators", verbose_name=_("goal")
    )
    key = models.SlugField(_("key"), max_length=40, blank=True)
    code = models.CharField(_("code"), max_length=20, blank=True)
    name = models.CharField(_("name"), max_length=200)
    unit = models.CharField(_("unit"), max_length=30)
    direction = models.CharField(
        _("direction"), max_length=4, choices=Direction.choices, default=Direction.DOWN
    )
    base_year = models.PositiveSmallIntegerField(_("base year"), null=True, blank=True)
    target_year = models.PositiveSmallIntegerField(_("target year"), null=True, blank=True)
    target_value = models.DecimalField(
        _("target value"), max_digits=14, decimal_places=3, null=True, blank=True
    )
    target_note = models.CharField(_("what the target says"), max_length=300, blank=True)
    target_source = models.CharField(_("source of the target"), max_length=300, blank=True)
    target_url = models.URLField(_("web address"), max_length=500, blank=True)
    method = models.CharField(_("who calculates and how"), max_length=300, blank=True)
    order = models.PositiveSmallIntegerField(_("order"), default=0)
    example = models.BooleanField(_("example"), default=False, editable=False)

    objects: ClassVar[models.Manager[Indicator]] = models.Manager.from_queryset(IndicatorQuerySet)()

    class Meta:
        ordering = ("roadmap", "order", "pk")
        verbose_name = _("indicator")
        verbose_name_plural = _("indicators")
        constraints = (
            models.UniqueConstraint(
                fields=("roadmap", "key"), condition=~models.Q(key=""), name="roadmap_one_indicator_a_key"
            ),
        )

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        return reverse("roadmap:indicator", kwargs={"city": self.city.slug, "pk": self.pk})

    @property
    def city(self) -> Municipality:
        return self.roadmap.city


class ValueQuerySet(VisibleQuerySet["Value"]):
    def visible_to(self, user: AnyUser) -> Self:
        return self.filter(published_or_own(user, "indicator__roadmap__"))

    def known_on(self, day: dt.date | None) -> Self:
        """Values that had been published by `day`; all of them without a day."""
        return (
            self
            if day is None
            else self.filter(models.Q(published_on=None) | models.Q(published_on__lte=day))
        )


class Value(models.Model):
    """One figure of one year, as one source gave it. A corrected figure is a new row; the old one stays."""

    indicator = models.ForeignKey(
        Indicator, models.CASCADE, related_name="values", verbose_name=_("indicator")
    )
    year = models.PositiveSmallIntegerField(_("year"))
    value = models.DecimalField(_("value"), max_digits=14, decimal_places=3)
    unit = models.CharField(_("unit"), max_length=30)
    estimate = models.BooleanField(_("estimate"), default=False)
    note = models.CharField(_("note"), max_length=300, blank=True)
    source = models.CharField(_("source"), max_length=300)
    url = models.URLField(_("web address"), max_length=500, blank=True)
    published_on = models.DateField(_("published on"), null=True, blank=True)
    retrieved_on = models.DateField(_("retrieved on"), null=True, blank=True)
    method_version = models.CharField(_("method and its version"), max_length=120, blank=True)
    example = models.BooleanField(_("example"), default=False, editable=False)

    objects: ClassVar[models.Manager[Value]] = models.Manager.from_queryset(ValueQuerySet)()

    class Meta:
        ordering = ("indicator", "year", "published_on", "pk")
        verbose_name = _("value")
        verbose_name_plural = _("values")
        constraints = (
            models.UniqueConstraint(
                fields=("indicator", "year", "published_on", "value"), name="roadmap_no_value_twice"
            ),
        )

    def __str__(self) -> str:
        return f"{self.indicator} {self.year}: {self.value} {self.unit}"

    def get_absolute_url(self) -> str:
        return self.indicator.get_absolute_url()

    @property
    def city(self) -> Municipality:
        return self.indicator.city
