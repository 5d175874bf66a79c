from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar, Self

from django.core.validators import MaxValueValidator, MinValueValidator, RegexValidator
from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from talkoot.kit.access.querysets import VisibleQuerySet
from talkoot.kit.crud.models import Versioned
from talkoot.kit.ui.translated import columns

if TYPE_CHECKING:
    from talkoot.kit.access.request import AnyUser

RUG = [
    ("lake", _("Lake blue")),
    ("ochre", _("Ochre")),
    ("lingon", _("Lingonberry red")),
    ("spruce", _("Spruce green")),
    ("lichen", _("Lichen grey")),
    ("clay", _("Clay")),
]


class MunicipalityQuerySet(VisibleQuerySet["Municipality"]):
    def visible_to(self, user: AnyUser) -> Self:
        """Municipalities are public."""
        return self.all()

    def brief(self) -> Self:
        """With what naming and linking to cities, and asking who works in them, needs."""
        return self.only("code", "slug", "organisation", *columns("name"))


class Municipality(Versioned):
    """A city that runs the operating model here, known by its three-digit municipality code."""

    name_fi: str
    code = models.CharField(
        _("municipality code"), max_length=3, unique=True, validators=[RegexValidator(r"^\d{3}$")]
    )
    slug = models.SlugField(_("name in the address"), unique=True)
    name = models.CharField(_("name"), max_length=100)
    organisation = models.OneToOneField(
        "organisations.Organisation",
        models.PROTECT,
        related_name="municipality",
        verbose_name=_("organisation"),
    )
    bilingual = models.BooleanField(_("serves in Finnish and in Swedish"), default=False)
    population = models.PositiveIntegerField(_("number of inhabitants"), null=True, blank=True)
    population_source = models.CharField(_("source"), max_length=300, blank=True)
    name_in = models.CharField(
        _("in the city"),
        max_length=100,
        blank=True,
        help_text=_("In Finnish “Vantaalla”, in English “in Vantaa”."),
    )
    name_of = models.CharField(
        _("of the city"),
        max_length=100,
        blank=True,
        help_text=_("In Finnish “Vantaan”, in English “Vantaa’s”."),
    )
    contact_email = models.EmailField(_("contact e-mail"), blank=True)
    hue = models.PositiveSmallIntegerField(_("hue"), default=165, validators=[MaxValueValidator(360)])
    rug_a = models.CharField(_("first accent"), max_length=10, choices=RUG, blank=True)
    rug_b = models.CharField(_("second accent"), max_length=10, choices=RUG, blank=True)
    rug_c = models.CharField(_("third accent"), max_length=10, choices=RUG, blank=True)
    chroma = models.FloatField(
        _("chroma"), default=0.085, validators=[MinValueValidator(0.03), MaxValueValidator(0.16)]
    )

    objects: ClassVar[models.Manager[Municipality]] = models.Manager.from_queryset(MunicipalityQuerySet)()

    class Meta:
        ordering = ("code",)
        verbose_name = _("city")
        verbose_name_plural = _("cities")
        constraints = (
            models.CheckConstraint(condition=models.Q(hue__lte=360), name="organisations_hue"),
            models.CheckConstraint(
                condition=models.Q(chroma__gte=0.03, chroma__lte=0.16), name="organisations_chroma"
            ),
        )

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        return reverse("public:home", kwargs={"city": self.slug})

    @property
    def city(self) -> Municipality:
        """Itself, so that one predicate serves a city and what belongs to it."""
        return self


class UnitQuerySet(VisibleQuerySet["Unit"]):
    def visible_to(self, user: AnyUser) -> Self:
        """Units are named in the public model."""
        return self.all()


class Unit(Versioned):
    """A unit of the city and the working time that it has for company climate cooperation."""

    name_fi: str
    city = models.ForeignKey(Municipality, models.CASCADE, related_name="units", verbose_name=_("city"))
    code = models.CharField(_("code"), max_length=20)
    name = models.CharField(_("name"), max_length=150)
    person_days = models.PositiveIntegerField(
        _("person-days a year"), null=True, blank=True, help_text=_("For climate cooperation with companies.")
    )
    example = models.BooleanField(_("example"), default=False)

    objects: ClassVar[models.Manager[Unit]] = models.Manager.from_queryset(UnitQuerySet)()

    class Meta:
        ordering = ("city", "code")
        verbose_name = _("unit")
        verbose_name_plural = _("units")
        constraints = (models.UniqueConstraint(fields=("city", "code"), name="organisations_unit_code"),)

    def __str__(self) -> str:
        return self.name
