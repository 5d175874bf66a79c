from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar, Self

from django.core.validators import RegexValidator
from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from talkoot.city.organisations.models import Municipality, Unit
from talkoot.kit.access.querysets import VisibleQuerySet
from talkoot.kit.crud.models import Versioned

if TYPE_CHECKING:
    import datetime as dt

    from talkoot.kit.access.request import AnyUser


class RoleChangeQuerySet(VisibleQuerySet["RoleChange"]):
    def visible_to(self, user: AnyUser) -> Self:
        """Changes of the law are public."""
        return self.all()


class RoleChange(Versioned):
    """A change in what the municipality must or may do, with the day that was planned and the day it came."""

    name_fi: str
    city = models.ForeignKey(
        Municipality, models.CASCADE, related_name="role_changes", verbose_name=_("city")
    )
    key = models.SlugField(_("key"), max_length=40)
    name = models.CharField(_("name"), max_length=200)
    text = models.TextField(_("what changes"), max_length=4000, blank=True)
    planned_on = models.DateField(_("planned day"), null=True, blank=True)
    actual_on = models.DateField(_("day it came into effect"), null=True, blank=True)
    source = models.CharField(_("source"), max_length=300, blank=True)
    url = models.URLField(_("web address"), max_length=500, blank=True)
    retrieved_on = models.DateField(_("retrieved on"), null=True, blank=True)
    example = models.BooleanField(_("example"), default=False, editable=False)

    objects: ClassVar[models.Manager[RoleChange]] = models.Manager.from_queryset(RoleChangeQuerySet)()

    class Meta:
        ordering = ("city", "-actual_on", "-planned_on", "pk")
        verbose_name = _("change in the municipality’s role")
        verbose_name_plural = _("changes in the municipality’s role")
        constraints = (
            models.UniqueConstraint(fields=("city", "key"), name="changes_one_key_a_city"),
            models.CheckConstraint(
                condition=models.Q(planned_on__isnull=False) | models.Q(actual_on__isnull=False),
                name="changes_has_a_day",
            ),
        )

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        return reverse("changes:detail", kwargs={"city": self.city.slug, "pk": self.pk})

    @property
    def day(self) -> dt.date | None:
        """The day it came into effect, or the planned day while it has not."""
        return self.actual_on or self.planned_on


class EffectQuerySet(VisibleQuerySet["Effect"]):
    def visible_to(self, user: AnyUser) -> Self:
        return self.filter(change__in=RoleChange.objects.visible_to(user))  # type: ignore[attr-defined]  # our queryset


class Effect(models.Model):
    """What a change does to a city's choice: a method is not available, or a unit has other working time."""

    class Kind(models.TextChoices):
        UNAVAILABLE_BEFORE = "unavailable_before", _("Method not available before the day")
        UNAVAILABLE_AFTER = "unavailable_after", _("Method not available from the day on")
        CAPACITY_BEFORE = "capacity_before", _("Person-days of a unit before the day")
        CAPACITY_AFTER = "capacity_after", _("Person-days of a unit from the day on")

    change = models.ForeignKey(RoleChange, models.CASCADE, related_name="effects", verbose_name=_("change"))
    kind = models.CharField(_("effect"), max_length=20, choices=Kind.choices)
    method_code = models.CharField(
        _("code of the method"), max_length=10, blank=True, validators=[RegexValidator(r"^M\d{2,3}$")]
    )
    unit = models.ForeignKey(
        Unit, models.CASCADE, null=True, blank=True, related_name="change_effects", verbose_name=_("unit")
    )
    person_days = models.PositiveIntegerField(_("person-days a year"), null=True, blank=True)
    basis = models.CharField(_("basis"), max_length=300, blank=True)
    example = models.BooleanField(_("example"), default=False, editable=False)

    objects: ClassVar[models.Manager[Effect]] = models.Manager.from_queryset(EffectQuerySet)()

    class Meta:
        ordering = ("change", "kind", "pk")
        verbose_name = _("effect of a change")
        verbose_name_plural = _("effects of changes")
        constraints = (
            models.CheckConstraint(
                condition=models.Q(kind__startswith="unavailable", unit=None, person_days=None)
                & ~models.Q(method_code="")
                | models.Q(
                    kind__startswith="capacity", unit__isnull=False, person_days__isnull=False, method_code=""
                ),
                name="changes_effect_is_whole",
            ),
        )

    def __str__(self) -> str:
        return f"{self.get_kind_display()}: {self.method_code or self.unit}"

    @property
    def city(self) -> Municipality:
        return self.change.city
