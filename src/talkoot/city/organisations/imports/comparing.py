"""What importing rows would do to the register, found with the same rules by which they are written."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.utils.translation import gettext as _

from talkoot.city.organisations.imports import companies, plain
from talkoot.city.organisations.models import Organisation, SizeClass
from talkoot.kit import typography
from talkoot.kit.exchange import NEW, changed

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from talkoot.city.organisations.imports.companies import Company
    from talkoot.city.organisations.models import Establishment
    from talkoot.kit.exchange import Record, Standing


def compare(records: Sequence[Record]) -> list[Standing]:
    """One standing a row. A row of a known company may change it, its place, both or neither."""
    read = [plain.company(record) for record in records]
    known = _known([company.business_id for company in read])
    places = companies.places_of(row.pk for row in known.values())
    return [_standing(company, known, places) for company in read]


def _known(numbers: Sequence[str]) -> dict[str | None, Organisation]:
    found: dict[str | None, Organisation] = {}
    for start in range(0, len(numbers), companies.BATCH):
        part = numbers[start : start + companies.BATCH]
        found |= {row.business_id: row for row in Organisation.objects.filter(business_id__in=part)}
    return found


def _standing(
    company: Company, known: Mapping[str | None, Organisation], places: Mapping[int, Sequence[Establishment]]
) -> Standing:
    row = known.get(company.business_id)
    if row is None:
        return NEW
    changes = {
        name: (in_words(name, getattr(row, name)), in_words(name, value))
        for name, value in companies.differences(row, companies.given_values(company)).items()
    }
    for place in company.places:
        changes |= _of_place(companies.nearest(places.get(row.pk, ()), place), companies.place_values(place))
    classified = changes.pop("industry_version", None)
    if classified and not changes:
        changes["industry"] = classified
    return changed(changes)


def _of_place(place: Establishment | None, values: Mapping[str, Any]) -> dict[str, tuple[str, str]]:
    if place is None:
        return {"municipality": ("", _("A new place of business"))} | {
            name: ("", in_words(name, value)) for name, value in values.items()
        }
    return {
        name: (in_words(name, getattr(place, name)), in_words(name, value))
        for name, value in companies.differences(place, dict(values)).items()
    }


def in_words(name: str, value: Any) -> str:
    """A value of the register as the table of companies shows it."""
    if isinstance(value, dt.date):
        return typography.date(value)
    if name == "kind" and value:
        return str(Organisation.Kind(value).label)
    if name == "size_class":
        return str(SizeClass(value).label)
    if name == "service_language":
        return str(dict(settings.LANGUAGES).get(value, value))
    return "" if value is None else str(value)
