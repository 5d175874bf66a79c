"""Numbers of companies by municipality, year, sector and size class, in our own plain layout; `..` is missing."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django import forms
from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from talkoot.city.organisations.fields import MunicipalityField, SizeField, by_code_and_name
from talkoot.city.organisations.industries import SECTIONS
from talkoot.city.organisations.models import PopulationTotal
from talkoot.kit.audit import log
from talkoot.kit.exchange import NEW, Column, Sheet, changed

if TYPE_CHECKING:
    from collections.abc import Sequence

    from talkoot.city.organisations.models import Municipality
    from talkoot.kit.access.request import AnyUser
    from talkoot.kit.exchange import Record, Standing

MISSING = {"..", "...", "-", ""}
TOTAL, OTHER = "TOTAL", "OTHER"
NUMBERS = ("enterprises", "establishments", "staff")


class NumberField(forms.IntegerField):
    """A count, or None where the source says `..`; never zero for missing."""

    def clean(self, value: Any) -> Any:
        text = str(value).strip().replace("\u00a0", "").replace(" ", "")
        return None if text in MISSING else super().clean(text)


class SectionField(forms.CharField):
    """A letter of TOL 2008, OTHER, or empty (TOTAL) for all sectors."""

    def clean(self, value: Any) -> Any:
        text = super().clean(value).strip().upper()
        if text in {TOTAL, ""}:
            return ""
        if text != OTHER and text not in SECTIONS and not text.isdigit():
            raise ValidationError(
                _("Use a letter or a code of the classification TOL 2008, for example C or 10710.")
            )
        return text


def sheet(city: Municipality | None = None) -> Sheet:
    """The columns of the layout `enterprises_municipality_size_industry.csv`."""
    return Sheet(
        columns=(
            Column(
                key="municipality",
                label=gettext_lazy("Municipality"),
                field=MunicipalityField(cities=by_code_and_name(city)),
                help=gettext_lazy("The name or the code of the city, such as Vantaa or 092."),
                example="092",
            ),
            Column(
                key="year",
                label=gettext_lazy("Year"),
                field=forms.IntegerField(min_value=1990, max_value=2100),
                example="2024",
            ),
            Column(
                key="industry",
                label=gettext_lazy("Sector"),
                field=SectionField(required=False),
                aliases=("industry_tol2008",),
            ),
            Column(key="size_class", label=gettext_lazy("Company size"), field=SizeField()),
            Column(key="enterprises", label=gettext_lazy("Enterprises"), field=_count()),
            Column(key="establishments", label=gettext_lazy("Establishments"), field=_count()),
            Column(key="staff", label=gettext_lazy("Staff"), field=_count()),
            Column(key="source", label=gettext_lazy("Source"), field=forms.CharField(max_length=300)),
            Column(
                key="retrieved", label=gettext_lazy("Retrieved on"), field=forms.DateField(required=False)
            ),
        ),
        unique=("municipality", "year", "industry", "size_class"),
    )


def _count() -> NumberField:
    return NumberField(required=False, min_value=0, max_value=50_000_000)


def compare(records: Sequence[Record]) -> list[Standing]:
    """Which cells are new, which get other numbers and which stay."""
    rows = [_total(record.values) for record in records]
    found = PopulationTotal.objects.filter(
        city__in={row.city_id for row in rows}, year__in={row.year for row in rows}
    )
    known = {_cell(row): row for row in found}
    return [_standing(known.get(_cell(row)), row) for row in rows]


def _cell(row: PopulationTotal) -> tuple[int, int, str, str]:
    return row.city_id, row.year, row.industry, row.size_class


def _standing(now: PopulationTotal | None, then: PopulationTotal) -> Standing:
    if now is None:
        return NEW
    shown = {**{name: name for name in NUMBERS}, "source": "source", "retrieved": "retrieved_on"}
    pairs = {key: (getattr(now, name), getattr(then, name)) for key, name in shown.items()}
    return changed({key: (_word(a), _word(b)) for key, (a, b) in pairs.items() if a != b})


def _word(value: Any) -> str:
    return _("Not known") if value is None else str(value)


@transaction.atomic
def commit(records: Sequence[Record], *, by: AnyUser | None) -> int:
    """Write the cells, replacing those of the same municipality, year, sector and size; returns how many."""
    rows = [_total(record.values) for record in records]
    PopulationTotal.objects.bulk_create(
        rows,
        batch_size=500,
        update_conflicts=True,
        unique_fields=["city", "year", "industry", "size_class"],
        update_fields=[*NUMBERS, "source", "retrieved_on", "estimate"],
    )
    for city in {row.city for row in rows}:
        count = sum(row.city_id == city.pk for row in rows)
        log.record(
            city, by=by, verb="imported", reason=rows[0].source, changes={"population_totals": [None, count]}
        )
    return len(rows)


def _total(values: dict[str, Any]) -> PopulationTotal:
    return PopulationTotal(
        city=values["municipality"],
        year=values["year"],
        industry=values["industry"],
        size_class=values["size_class"],
        source=values["source"],
        retrieved_on=values["retrieved"],
        estimate=values["source"].casefold().startswith(("estimate", "arvio", "uppskattning")),
        **{name: values[name] for name in NUMBERS},
    )
