from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar, Self

from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from talkoot.city.accounts.roles import CITY_ROLES
from talkoot.city.organisations.permissions import cities_of
from talkoot.kit.access.querysets import VisibleQuerySet
from talkoot.kit.crud.models import Versioned

if TYPE_CHECKING:
    from talkoot.city.organisations.models.municipality import Municipality
    from talkoot.kit.access.request import AnyUser


class SizeClass(models.TextChoices):
    """Number of staff. A company without a size class is unknown, never micro."""

    MICRO = "0-9", _("0–9 people")
    SMALL = "10-49", _("10–49 people")
    MEDIUM = "50-249", _("50–249 people")
    LARGE = "250+", _("250 people or more")
    UNKNOWN = "", _("Not known")


class OrganisationQuerySet(VisibleQuerySet["Organisation"]):
    def visible_to(self, user: AnyUser) -> Self:
        """City staff see the register of their city; a company's people see their own company."""
        if not user.is_authenticated or not user.is_active:
            return self.none()
        own = user.memberships.values("organisation")
        staff = user.memberships.filter(role__in=CITY_ROLES).values("organisation")
        near = Establishment.objects.filter(city__organisation__in=staff).values("organisation")
        return self.filter(models.Q(pk__in=own) | models.Q(pk__in=near))

    def seen_in(self, city: Municipality, user: AnyUser) -> Self:
        """`visible_to` within one city; its staff see all of it, so a register of thousands is asked once."""
        here = self.in_city(city)
        return here if city.organisation_id in cities_of(user) else here.visible_to(user)

    def in_city(self, city: Municipality) -> Self:
        """Organisations with an establishment in the city; asked row by row, so that a page reads only its own."""
        return self.filter(
            models.Exists(Establishment.objects.filter(city=city, organisation=models.OuterRef("pk")))
        )

    def named(self, text: str) -> Self:
        """Organisations whose name holds `text` or whose business ID starts with it.

        SQLite ignores the case of a–z only, so the usual spellings are asked for one by one.
        """
        bare = text.strip()
        names = models.Q(business_id__startswith=bare)
        for spelling in {bare, bare.lower(), bare.upper(), bare.capitalize(), bare.title()}:
            names |= models.Q(name__icontains=spelling)
        return self.filter(names)


class Organisation(Versioned):
    """A company, an association or another body, identified by its business ID (Y-tunnus)."""

    class Kind(models.TextChoices):
        COMPANY = "company", _("Company")
        ASSOCIATION = "association", _("Association")
        SCHOOL = "school", _("School")
        RESEARCH = "research", _("Research institute")
        HOUSING = "housing", _("Housing company")
        AUTHORITY = "authority", _("Public authority")

    name = models.CharField(_("name"), max_length=250)
    business_id = models.CharField(_("business ID"), max_length=9, unique=True, null=True, blank=True)
    kind = models.CharField(_("kind"), max_length=20, choices=Kind.choices, default=Kind.COMPANY)
    industry = models.CharField(
        _("sector"), max_length=6, blank=True, help_text=_("Code of TOL 2008 or TOL 2025.")
    )
    industry_version = models.CharField(_("classification"), max_length=8, blank=True)
    parent = models.ForeignKey(
        "self",
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="subsidiaries",
        verbose_name=_("parent company"),
    )
    service_language = models.CharField(_("service language"), max_length=2, blank=True)
    ceased_on = models.DateField(_("ceased on"), null=True, blank=True)
    source = models.CharField(_("source"), max_length=200, blank=True)
    retrieved_on = models.DateField(_("retrieved on"), null=True, blank=True)
    extra = models.JSONField(_("other fields of the source"), default=dict, blank=True)
    example = models.BooleanField(_("example"), default=False)

    objects: ClassVar[models.Manager[Organisation]] = models.Manager.from_queryset(OrganisationQuerySet)()

    class Meta:
        ordering = ("name", "pk")
        verbose_name = _("organisation")
        verbose_name_plural = _("organisations")
        indexes = (
            models.Index(fields=("kind", "industry"), name="organisations_kind"),
            models.Index(fields=("name", "id"), name="organisations_by_name"),
            models.Index(
                fields=("name", "id"),
                condition=models.Q(ceased_on=None),
                name="organisations_living_by_name",
            ),
        )

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        """The page in the workspace of the city where the organisation's first establishment is."""
        place = self.establishments.select_related("city").first()
        if place is None:
            return reverse("accounts:home")
        return reverse("organisations:detail", kwargs={"city": place.city.slug, "pk": self.pk})

    @property
    def section(self) -> str:
        """The section letter of the industry code, or empty when it is not known."""
        return self.industry[:1] if self.industry[:1].isalpha() else ""


class EstablishmentQuerySet(VisibleQuerySet["Establishment"]):
    def visible_to(self, user: AnyUser) -> Self:
        return self.filter(organisation__in=Organisation.objects.visible_to(user))  # type: ignore[attr-defined]  # our queryset


class Establishment(models.Model):
    """A place where an organisation works, in one municipality."""

    organisation = models.ForeignKey(
        Organisation, models.CASCADE, related_name="establishments", verbose_name=_("organisation")
    )
    city = models.ForeignKey(
        "organisations.Municipality", models.PROTECT, related_name="establishments", verbose_name=_("city")
    )
    street = models.CharField(_("street address"), max_length=200, blank=True)
    postcode = models.CharField(_("postcode"), max_length=5, blank=True)
    post_office = models.CharField(_("post office"), max_length=60, blank=True)
    size_class = models.CharField(
        _("company size"), max_length=8, choices=SizeClass.choices, default=SizeClass.UNKNOWN, blank=True
    )

    objects: ClassVar[models.Manager[Establishment]] = models.Manager.from_queryset(EstablishmentQuerySet)()

    class Meta:
        ordering = ("organisation", "pk")
        verbose_name = _("establishment")
        verbose_name_plural = _("establishments")
        indexes = (models.Index(fields=("organisation", "city"), name="organisations_place"),)

    def __str__(self) -> str:
        return f"{self.organisation} · {self.city}"
