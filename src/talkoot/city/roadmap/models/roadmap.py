from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar, Self

from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from talkoot.city.accounts.roles import CITY_ROLES
from talkoot.city.organisations.models import Municipality
from talkoot.kit.access.querysets import VisibleQuerySet
from talkoot.kit.crud.models import Versioned

if TYPE_CHECKING:
    from talkoot.kit.access.request import AnyUser


def published_or_own(user: AnyUser, path: str = "") -> models.Q:
    """Rows of published roadmaps, and all rows of the cities where the person works."""
    published = models.Q(**{f"{path}published": True})
    if not user.is_authenticated or not user.is_active:
        return published
    staff = user.memberships.filter(role__in=CITY_ROLES)
    return published | models.Q(**{f"{path}city__organisation__in": staff.values("organisation")})


class RoadmapQuerySet(VisibleQuerySet["Roadmap"]):
    def visible_to(self, user: AnyUser) -> Self:
        """Anyone reads what is published; staff also what is not."""
        return self.filter(published_or_own(user))


class Roadmap(Versioned):
    """A city's roadmap or climate programme, as the city has decided it."""

    name_fi: str
    city = models.ForeignKey(Municipality, models.CASCADE, related_name="roadmaps", verbose_name=_("city"))
    name = models.CharField(_("name"), max_length=200)
    text = models.TextField(_("in a few words"), max_length=2000, blank=True)
    code = models.SlugField(_("code"), max_length=40, blank=True)
    version_name = models.CharField(_("version"), max_length=40, blank=True)
    theme_word = models.CharField(
        _("what a theme is called"),
        max_length=40,
        blank=True,
        help_text=_("For example theme, lane or area."),
    )
    decision = models.CharField(_("decision"), max_length=300, blank=True)
    decided_on = models.DateField(_("decided on"), null=True, blank=True)
    start_year = models.PositiveSmallIntegerField(_("first year"), null=True, blank=True)
    target_year = models.PositiveSmallIntegerField(_("target year"), null=True, blank=True)
    source = models.CharField(_("source"), max_length=300, blank=True)
    url = models.URLField(_("web address"), max_length=500, blank=True)
    retrieved_on = models.DateField(_("retrieved on"), null=True, blank=True)
    published = models.BooleanField(_("shown to all"), default=False)
    example = models.BooleanField(_("example"), default=False, editable=False)

    objects: ClassVar[models.Manager[Roadmap]] = models.Manager.from_queryset(RoadmapQuerySet)()

    class Meta:
        ordering = ("city", "pk")
        verbose_name = _("roadmap")
        verbose_name_plural = _("roadmaps")
        constraints = (
            models.CheckConstraint(
                condition=models.Q(start_year=None)
                | models.Q(target_year=None)
                | models.Q(target_year__gte=models.F("start_year")),
                name="roadmap_years_in_order",
            ),
        )

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        return reverse("roadmap:detail", kwargs={"city": self.city.slug, "pk": self.pk})


class ThemeQuerySet(VisibleQuerySet["Theme"]):
    def visible_to(self, user: AnyUser) -> Self:
        return self.filter(published_or_own(user, "roadmap__"))


class Theme(Versioned):
    """A theme (lane) of a roadmap."""

    name_fi: str
    roadmap = models.ForeignKey(Roadmap, models.CASCADE, related_name="themes", verbose_name=_("roadmap"))
    code = models.CharField(_("code"), max_length=20, blank=True)
    name = models.CharField(_("name"), max_length=200)
    order = models.PositiveSmallIntegerField(_("order"), default=0)
    example = models.BooleanField(_("example"), default=False, editable=False)

    objects: ClassVar[models.Manager[Theme]] = models.Manager.from_queryset(ThemeQuerySet)()

    class Meta:
        ordering = ("roadmap", "order", "pk")
        verbose_name = _("theme")
        verbose_name_plural = _("themes")

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        return self.roadmap.get_absolute_url()

    @property
    def city(self) -> Municipality:
        return self.roadmap.city


class GoalQuerySet(VisibleQuerySet["Goal"]):
    def visible_to(self, user: AnyUser) -> Self:
        return self.filter(published_or_own(user, "roadmap__"))


class Goal(Versioned):
    """What a roadmap or one of its themes aims at; methods of the operating model and commitments of companies tie to it."""

    name_fi: str
    roadmap = models.ForeignKey(Roadmap, models.CASCADE, related_name="goals", verbose_name=_("roadmap"))
    theme = models.ForeignKey(
        Theme,
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="goals",
        verbose_name=_("theme"),
        help_text=_("Empty: a goal of the whole roadmap."),
    )
    code = models.CharField(_("code"), max_length=20, blank=True)
    name = models.CharField(_("name"), max_length=300)
    text = models.TextField(_("description"), max_length=4000, blank=True)
    target_year = models.PositiveSmallIntegerField(_("target year"), null=True, blank=True)
    order = models.PositiveSmallIntegerField(_("order"), default=0)
    source = models.CharField(_("source"), max_length=300, blank=True)
    url = models.URLField(_("web address"), max_length=500, blank=True)
    example = models.BooleanField(_("example"), default=False, editable=False)

    objects: ClassVar[models.Manager[Goal]] = models.Manager.from_queryset(GoalQuerySet)()

    class Meta:
        ordering = ("roadmap", "order", "pk")
        verbose_name = _("goal")
        verbose_name_plural = _("goals")

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        return self.roadmap.get_absolute_url()

    @property
    def city(self) -> Municipality:
        return self.roadmap.city
