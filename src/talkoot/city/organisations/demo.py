"""The cities, their units and the invented companies of the demo; a second load changes nothing."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING, Any, TypeVar

from django.db import transaction

from talkoot.city.organisations.imports import population
from talkoot.city.organisations.industries import TOL2008, with_section
from talkoot.city.organisations.models import Establishment, Municipality, Organisation, PopulationTotal, Unit
from talkoot.kit.exchange import Unreadable, yaml_file

if TYPE_CHECKING:
    from pathlib import Path

    from django.db.models import Model

M = TypeVar("M", bound="Model")
LANGUAGES = ("fi", "sv", "en")
KINDS = {"housing_company": "housing", "research_body": "research"}


def entries(path: Path, key: str) -> list[dict[str, Any]]:
    """The entries under `key` of a demo file; none when there is no such file."""
    return yaml_file(path, key) if path.exists() else []


def translated(row: dict[str, Any], **names: str) -> dict[str, Any]:
    """{field_fi: …, field_sv: …, field_en: …} for each field=key of the file."""
    return {
        f"{field}_{code}": row.get(f"{key}_{code}") or ("" if field != "name" else None)
        for field, key in names.items()
        for code in LANGUAGES
    }


def day(text: str | None) -> dt.date | None:
    """A whole date, or None for a month, a year or nothing."""
    return dt.date.fromisoformat(text) if text and len(text) == len("2026-11-24") else None


def add(model: type[M], known: dict[str, Any], values: dict[str, Any]) -> M:
    """The row with natural key `known`; made with `values`, checked whole, if it is not there."""
    row = model._default_manager.filter(**known).first()
    if row is None:
        row = model(**known, **values)
        row.full_clean()
        row.save()
    return row


@transaction.atomic
def load(folder: Path) -> None:
    for row in entries(folder / "cities.yaml", "cities"):
        _city(row)
    for row in entries(folder / "units.yaml", "units"):
        _unit(row)
    for row in entries(folder / "organisations.yaml", "organisations"):
        _organisation(row)
    _population(folder / "population.csv")


def _city(row: dict[str, Any]) -> None:
    if Municipality.objects.filter(code=row["code"]).exists():
        return
    organisation = add(
        Organisation,
        {"name": row["official_name_fi"], "kind": Organisation.Kind.AUTHORITY},
        {"industry": "O", "industry_version": TOL2008, "service_language": "fi"},
    )
    people = row["population"]
    rug = dict(zip(("rug_a", "rug_b", "rug_c"), row.get("rug") or [], strict=False))
    values = {
        **{name: row[name] for name in ("slug", "hue", "chroma", "bilingual", "contact_email")},
        **translated(row, name="name", name_in="in", name_of="of"),
        **rug,
        "population": people["value"],
        "population_source": f"{people['url']} ({people['date']})",
        "organisation": organisation,
    }
    add(Municipality, {"code": row["code"]}, values)


def _unit(row: dict[str, Any]) -> None:
    city = Municipality.objects.get(code=row["city"])
    values = {"person_days": row["person_days_per_year"], "example": row.get("example", True)}
    add(Unit, {"city": city, "code": row["code"]}, translated(row, name="name") | values)


def _organisation(row: dict[str, Any]) -> None:
    values = {
        "name": row["name"],
        "kind": KINDS.get(row["kind"], row["kind"]),
        "industry": with_section(row.get("tol2008") or row.get("industry") or ""),
        "industry_version": TOL2008,
        "service_language": row.get("service_language") or "",
        "source": "Talkoot, demo",
        "example": True,
    }
    organisation = add(Organisation, {"business_id": row["business_id"]}, values)
    for place in row["establishments"]:
        city = Municipality.objects.get(code=place["municipality"])
        size = place.get("staff_class") or ""
        office = row.get("post_office", "") if place["municipality"] == row["municipality"] else str(city)
        add(
            Establishment,
            {"organisation": organisation, "city": city, "street": place.get("street") or ""},
            {
                "postcode": place.get("postcode") or "",
                "post_office": office,
                "size_class": "" if size == "unknown" else size,
            },
        )


def _population(path: Path) -> None:
    if not path.exists() or PopulationTotal.objects.exists():
        return
    preview = population.sheet().preview(path.read_bytes())
    if preview.errors:
        raise Unreadable(str(preview.errors[0]))
    population.commit(preview.ok, by=None)
