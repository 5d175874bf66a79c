from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar, Self

from django.core.validators import RegexValidator
from django.db import models
from django.utils.translation import gettext_lazy as _

from talkoot.city.organisations.models.municipality import Municipality
from talkoot.city.organisations.models.organisation import SizeClass
from talkoot.kit.access.querysets import VisibleQuerySet

if TYPE_CHECKING:
    from talkoot.kit.access.request import AnyUser


class PopulationTotalQuerySet(VisibleQuerySet["PopulationTotal"]):
    def visible_to(self, user: AnyUser) -> Self:
        """Official statistics are public."""
        return self.all()

    def latest(self, city: Municipality) -> Self:  # type: ignore[override]  # of a city, not of a field
        """Totals of the latest year that the city has."""
        year = self.filter(city=city).aggregate(year=models.Max("year"))["year"]
        return self.filter(city=city, year=year)


class PopulationTotal(models.Model):
    """How many companies a city has in one sector and one size class in one year; null is not known, never zero.

    An empty `industry` means all sectors, an empty `size_class` all sizes.
    """

    city = models.ForeignKey(
        Municipality, models.CASCADE, related_name="population_totals", verbose_name=_("city")
    )
    year = models.PositiveSmallIntegerField(_("year"))
    industry = models.CharField(
        _("sector"), max_length=5, blank=True, validators=[RegexValidator(r"^([A-X]|\d{2,5})?$")]
    )
    size_class = models.CharField(_("company size"), max_length=8, choices=SizeClass.choices, blank=True)
    enterprises = models.PositiveIntegerField(_("enterprises"), null=True, blank=True)
    establishments = models.PositiveIntegerField(_("establishments"), null=True, blank=True)
    staff = models.PositiveIntegerField(_("staff"), null=True, blank=True)
    estimate = models.BooleanField(_("estimate"), default=False)
    source = models.CharField(_("source"), max_length=300)
    retrieved_on = models.DateField(_("retrieved on"), null=True, blank=True)

    objects: ClassVar[models.Manager[PopulationTotal]] = models.Manager.from_queryset(
        PopulationTotalQuerySet
    )()

    class Meta:
        ordering = ("city", "-year", "industry", "size_class")
        verbose_name = _("number of companies")
        verbose_name_plural = _("numbers of companies")
        constraints = (
            models.UniqueConstraint(
                fields=("city", "year", "industry", "size_class"), name="organisations_one_total_a_cell"
            ),
        )

    def __str__(self) -> str:
        return f"{self.city} {self.year} {self.industry} {self.size_class}".strip()
