"""Our own plain table of companies, one row an establishment; also PRH's JSON when a page takes it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.functional import lazy
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from talkoot.city.organisations.fields import (
    BusinessIdField,
    IndustryField,
    LanguageField,
    MunicipalityField,
    PostcodeField,
    SizeField,
    by_code_and_name,
)
from talkoot.city.organisations.imports import prh
from talkoot.city.organisations.imports.companies import Company, Place
from talkoot.city.organisations.industries import TOL2008
from talkoot.city.organisations.models import Organisation
from talkoot.kit.exchange import Column, Sheet

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from talkoot.city.organisations.models import Municipality
    from talkoot.kit.exchange import Record

SOURCE = "CSV"
DAYS = ("%Y-%m-%d", "%d.%m.%Y")


class KindField(forms.CharField):
    """Cleans to a kind by its key or its name in the reader's language; empty leaves what is known."""

    def clean(self, value: Any) -> Any:
        text = super().clean(value).strip().casefold()
        kinds = {key: key for key in Organisation.Kind.values}
        kinds |= {str(label).casefold(): key for key, label in Organisation.Kind.choices}
        if text and text not in kinds:
            allowed = ", ".join(str(label) for label in Organisation.Kind.labels)
            raise ValidationError(_("Use one of these: %(kinds)s.") % {"kinds": allowed})
        return kinds.get(text, "")


def sheet(city: Municipality | None = None) -> Sheet:
    """What a file may hold: companies of one city, or of all that use the service."""
    cities = by_code_and_name(city)
    return Sheet(
        columns=(*_identity(cities), *_details()),
        unique=("business_id", "municipality", "street"),
        json_rows=_rows_of(cities),
    )


def _identity(cities: Mapping[str, Municipality]) -> tuple[Column, ...]:
    """Which company it is and where."""
    return (
        Column(
            key="business_id",
            label=gettext_lazy("Business ID"),
            field=BusinessIdField(),
            aliases=("Y-tunnus", "businessId", "FO-nummer", "Yritystunnus"),
            example="9000011-8",
        ),
        Column(
            key="name",
            label=gettext_lazy("Name"),
            field=forms.CharField(max_length=250),
            aliases=("Yritys", "Yrityksen nimi", "Toiminimi", "Företag", "Företagets namn", "Company"),
            example="Ruisrivi Leipomo Oy (esimerkki)",
        ),
        Column(
            key="municipality",
            label=gettext_lazy("Municipality"),
            field=MunicipalityField(cities=cities),
            aliases=("municipalityCode", "Kuntakoodi", "Kotipaikka", "Hemort", "Kommunkod"),
            help=gettext_lazy("The name or the code of the city, such as Vantaa or 092."),
            example=next((str(one.code) for one in cities.values()), ""),
        ),
    )


def _details() -> tuple[Column, ...]:
    """What may be left open."""
    return (
        Column(
            key="kind",
            label=gettext_lazy("Kind"),
            field=KindField(required=False, help_text=lazy(_kinds, str)()),
            example=str(Organisation.Kind.COMPANY.label),
        ),
        Column(
            key="industry",
            label=gettext_lazy("Sector"),
            field=IndustryField(required=False),
            aliases=("industry_tol2008", "TOL2008", "mainBusinessLine", "Päätoimiala", "Bransch"),
            help=gettext_lazy("A letter or a code of TOL 2008, for example C or 10710."),
            example="10710",
        ),
        Column(
            key="size_class",
            label=gettext_lazy("Company size"),
            field=SizeField(),
            aliases=("staff_class", "Henkilöstö", "Henkilöstömäärä", "Personal", "Antal anställda", "Staff"),
            help=gettext_lazy(
                "A class (0–9, 10–49, 50–249, 250+) or the number of staff. Empty is not known."
            ),
            example="10–49",
        ),
        Column(
            key="street",
            label=gettext_lazy("Street address"),
            field=_text(200),
            aliases=("Osoite", "Lähiosoite", "Adress", "Address"),
            example="Esimerkkikatu 3",
        ),
        Column(
            key="postcode",
            label=gettext_lazy("Postcode"),
            field=PostcodeField(),
            aliases=("Postnr", "Zip"),
            example="04400",
        ),
        Column(
            key="post_office",
            label=gettext_lazy("Post office"),
            field=_text(60),
            aliases=("Postort", "City"),
            example="Järvenpää",
        ),
        Column(
            key="service_language",
            label=gettext_lazy("Language we use with you"),
            field=LanguageField(),
            aliases=("Asiointikieli", "Kieli", "Språk", "Language"),
            example="fi",
        ),
        Column(
            key="ceased_on",
            label=gettext_lazy("Ceased on"),
            field=forms.DateField(required=False, input_formats=DAYS),
            aliases=("Lakannut", "Päättynyt", "endDate"),
            help=gettext_lazy("The day if the company has ceased, such as 3.12.2026; otherwise empty."),
        ),
    )


def _kinds() -> str:
    allowed = ", ".join(str(label) for label in Organisation.Kind.labels)
    return _("One of these: %(values)s.") % {"values": allowed}


def _text(length: int) -> forms.CharField:
    return forms.CharField(required=False, max_length=length)


def _rows_of(cities: Mapping[str, Municipality]) -> Callable[[Any], list[dict[str, Any]]]:
    """Rows of a JSON document in PRH's layout: companies with an address in our cities."""

    def rows(document: Any) -> list[dict[str, Any]]:
        found = document if isinstance(document, list) else document["companies"]
        return [row for raw in found if (row := _row(raw, cities))]

    return rows


def _row(raw: dict[str, Any], cities: Mapping[str, Municipality]) -> dict[str, Any] | None:
    places = prh.places_in(raw.get("addresses") or [], cities)
    if not places:
        return None
    line = raw.get("mainBusinessLine") or {}
    return {
        "business_id": raw["businessId"]["value"],
        "name": prh.present_name(raw["names"]),
        "municipality": places[0].city.code,
        "industry": line.get("type") or "",
        "street": places[0].street,
        "postcode": places[0].postcode,
        "post_office": places[0].post_office,
        "ceased_on": raw.get("endDate") or "",
    }


def company(record: Record) -> Company:
    """A clean row as a company with one place."""
    values = record.values
    place = Place(
        city=values["municipality"],
        street=values["street"],
        postcode=values["postcode"],
        post_office=values["post_office"],
        size_class=values["size_class"] or None,
    )
    return Company(
        business_id=values["business_id"],
        name=values["name"],
        kind=values["kind"],
        industry=values["industry"],
        industry_version=TOL2008 if values["industry"] else "",
        service_language=values["service_language"],
        ceased_on=values["ceased_on"],
        places=[place],
        extra=dict(record.extra),
    )
