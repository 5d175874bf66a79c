from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.urls import reverse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from talkoot.city.organisations.industries import name_of
from talkoot.city.organisations.models import SizeClass
from talkoot.kit.crud.table import Column, Table
from talkoot.kit.typography import date
from talkoot.kit.ui.writing import escaped, written

if TYPE_CHECKING:
    from talkoot.city.organisations.models import Establishment, Organisation, Representation, Unit


def place_of(company: Organisation) -> Establishment | None:
    """The establishment in the city at hand, prefetched as `here`."""
    here: list[Establishment] = company.here  # type: ignore[attr-defined]  # put there by the view
    return here[0] if here else None


def _size(company: Organisation) -> str:
    place = place_of(company)
    return str(SizeClass(place.size_class if place else "").label)


def _link(company: Organisation) -> str:
    place = place_of(company)
    return (
        reverse("organisations:detail", kwargs={"city": place.city.slug, "pk": company.pk}) if place else ""
    )


def _business_id(company: Organisation) -> str:
    """Never broken at its hyphen."""
    return written('<span class="nowrap">', escaped(company.business_id or ""), "</span>")


def _of_place(name: str) -> Any:
    return lambda company: getattr(place_of(company), name, "")


class OrganisationTable(Table):
    caption = _("Companies and other bodies in the register")
    empty = _("No company fits the filter.")
    default_order = ("name", "pk")
    columns = (
        Column(key="name", label=_("Name"), value=str, order_by=("name",), link=_link),
        Column(
            key="business_id",
            label=_("Business ID"),
            value=_business_id,
            raw=lambda o: o.business_id,
            order_by=("business_id",),
        ),
        Column(key="kind", label=_("Kind"), value=lambda o: o.get_kind_display(), order_by=("kind",)),
        Column(
            key="industry",
            label=_("Sector"),
            value=lambda o: name_of(o.industry) or gettext("Not known"),
            raw=lambda o: o.industry,
            order_by=("industry",),
        ),
        Column(key="size", label=_("Company size"), value=_size),
        Column(key="street", label=_("Street address"), value=_of_place("street"), only_export=True),
        Column(key="postcode", label=_("Postcode"), value=_of_place("postcode"), only_export=True),
        Column(key="post_office", label=_("Post office"), value=_of_place("post_office"), only_export=True),
        Column(key="ceased_on", label=_("Ceased on"), value=lambda o: o.ceased_on, only_export=True),
        Column(key="source", label=_("Source"), value=lambda o: o.source, only_export=True),
        Column(key="retrieved_on", label=_("Retrieved on"), value=lambda o: o.retrieved_on, only_export=True),
    )


def _titles(person: Any) -> str:
    return ", ".join(str(role["about"].title) for role in person.roles_here)


def _units(person: Any) -> str:
    return ", ".join(dict.fromkeys(str(role["unit"]) for role in person.roles_here if role["unit"]))


class PersonTable(Table):
    caption = _("Who works here and in which roles")
    empty = _("No person fits the filter.")
    default_order = ("name", "email")
    columns = (
        Column(key="name", label=_("Person"), value=str, order_by=("name", "email")),
        Column(
            key="roles",
            label=_("Roles and what they allow"),
            value=_titles,
            template="organisations/_roles.html",
        ),
        Column(key="unit", label=_("Unit"), value=lambda p: _units(p) or "–", raw=_units),
    )


def _unit_link(unit: Unit) -> str:
    return reverse("organisations:unit", kwargs={"city": unit.city.slug, "pk": unit.pk})


class UnitTable(Table):
    caption = _("Units and their working time for climate cooperation with companies")
    empty = _("No units yet.")
    default_order = ("code",)
    columns = (
        Column(key="name", label=_("Unit"), value=str, link=_unit_link),
        Column(key="code", label=_("Code"), value=lambda u: u.code, order_by=("code",)),
        Column(
            key="person_days",
            label=_("Person-days a year"),
            value=lambda u: gettext("Not known") if u.person_days is None else u.person_days,
            raw=lambda u: u.person_days,
            order_by=("person_days",),
            numeric=True,
        ),
        Column(key="people", label=_("People"), value=lambda u: u.people, numeric=True),
    )


def _request_link(request: Representation) -> str:
    return reverse("organisations:representation", kwargs={"city": request.city.slug, "pk": request.pk})


class RepresentationTable(Table):
    caption = _("Requests to represent a company")
    empty = _("No requests.")
    default_order = ("-requested_at",)
    columns = (
        Column(key="user", label=_("Person"), value=lambda r: str(r.user), link=_request_link),
        Column(key="organisation", label=_("Organisation"), value=lambda r: str(r.organisation)),
        Column(key="role", label=_("Role"), value=lambda r: r.get_role_display()),
        Column(
            key="requested_at",
            label=_("Requested"),
            value=lambda r: date(r.requested_at),
            raw=lambda r: r.requested_at,
            order_by=("requested_at",),
        ),
        Column(key="state", label=_("State"), value=lambda r: r.get_state_display(), order_by=("state",)),
    )
