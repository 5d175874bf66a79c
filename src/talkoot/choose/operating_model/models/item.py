from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar, Self

from django.core.exceptions import ValidationError
from django.core.validators import MaxValueValidator
from django.db import models
from django.db.models import Prefetch
from django.urls import reverse
from django.utils.dates import MONTHS
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from talkoot.choose.methods.models import Method
from talkoot.choose.operating_model.models.model import OperatingModel
from talkoot.city.organisations.models import Municipality, Unit
from talkoot.city.roadmap.models import Goal
from talkoot.kit.access.querysets import VisibleQuerySet
from talkoot.kit.crud.models import Versioned
from talkoot.kit.ui.translated import columns

if TYPE_CHECKING:
    from talkoot.kit.access.request import AnyUser


_METHOD = ("model", "method__code", "method__category", *columns("method__name"))
_PARTS = (
    *("person_days", "euros", "starts_on", "months", "target", "source_url", "example"),
    *columns("why", "indicator", "indicator_unit", "source", "owner_unit__name", "goal__name"),
    "owner_unit__person_days",
)
_UNIT = ("person_days", *columns("name"))


class ItemQuerySet(VisibleQuerySet["ModelMethod"]):
    def visible_to(self, user: AnyUser) -> Self:
        return self.filter(model__in=OperatingModel.objects.visible_to(user))  # type: ignore[attr-defined]  # our queryset

    def with_parts(self) -> Self:
        """With all that a page of the model shows of each method."""
        units = Unit.objects.only(*_UNIT).order_by("code")
        rows = self.with_methods(*_PARTS).select_related("owner_unit", "goal")
        return rows.prefetch_related(Prefetch("partner_units", units, to_attr="partners"))

    def with_methods(self, *fields: str) -> Self:
        """These fields of each, with the name and the address of its method, in the order of their codes."""
        return self.select_related("method").only(*fields, *_METHOD).order_by("method__code")


class ModelMethod(Versioned):
    """A method in a model: who is responsible, what it takes, when it is done and how it is known to help."""

    indicator_fi: str | None
    partners: list[Unit]  # as `with_parts` reads them
    model = models.ForeignKey(
        OperatingModel, models.CASCADE, related_name="items", verbose_name=_("operating model")
    )
    method = models.ForeignKey(Method, models.PROTECT, related_name="in_models", verbose_name=_("method"))
    owner_unit = models.ForeignKey(
        Unit,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="owned_methods",
        verbose_name=_("responsible unit"),
    )
    partner_units = models.ManyToManyField(Unit, blank=True, related_name="+", verbose_name=_("takes part"))
    person_days = models.PositiveIntegerField(
        _("person-days a year"), null=True, blank=True, validators=[MaxValueValidator(10_000)]
    )
    euros = models.PositiveIntegerField(
        _("euros a year"), null=True, blank=True, validators=[MaxValueValidator(100_000_000)]
    )
    starts_on = models.DateField(_("start"), null=True, blank=True)
    months = models.JSONField(_("months"), default=list, blank=True)
    why = models.TextField(_("why this method"), blank=True)
    indicator = models.CharField(_("indicator"), max_length=200, blank=True)
    indicator_unit = models.CharField(_("unit"), max_length=60, blank=True)
    target = models.DecimalField(_("target value"), max_digits=12, decimal_places=2, null=True, blank=True)
    goal = models.ForeignKey(
        Goal, models.SET_NULL, null=True, blank=True, related_name="+", verbose_name=_("goal of the roadmap")
    )
    source = models.CharField(_("source"), max_length=300, blank=True)
    source_url = models.URLField(_("web address of the source"), max_length=500, blank=True)
    example = models.BooleanField(_("example"), default=False)

    objects: ClassVar[models.Manager[ModelMethod]] = models.Manager.from_queryset(ItemQuerySet)()

    class Meta:
        ordering = ("model", "method__code")
        verbose_name = _("method in the model")
        verbose_name_plural = _("methods in the model")
        constraints = (
            models.UniqueConstraint(fields=("model", "method"), name="operating_model_method_once"),
        )

    def __str__(self) -> str:
        return str(self.method)

    def get_absolute_url(self) -> str:
        return reverse("operating_model:detail", kwargs={"city": self.city.slug, "pk": self.model_id})

    @property
    def city(self) -> Municipality:
        return self.model.city

    @property
    def is_continuous(self) -> bool:
        return len(set(self.months)) == len(MONTHS)

    @property
    def unit_names(self) -> str:
        """The responsible unit, then those that take part, as `with_parts` reads them."""
        units = (self.owner_unit or gettext("Not named yet"), *self.partners)
        return ", ".join([str(unit) for unit in units])

    @property
    def month_names(self) -> str:
        """ "All year", or the months in the reader's language."""
        if self.is_continuous:
            return gettext("all year")
        return ", ".join(str(MONTHS[month]) for month in sorted(self.months)) or "–"

    def clean(self) -> None:
        """Months are numbers from 1 to 12; a unit belongs to the city. Raises ValidationError."""
        if any(month not in range(1, 13) for month in self.months):
            raise ValidationError({"months": _("Months are numbers from 1 to 12.")})
        if self.owner_unit and self.owner_unit.city_id != self.model.city_id:
            raise ValidationError({"owner_unit": _("Choose a unit of this city.")})
