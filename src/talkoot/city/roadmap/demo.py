"""Roadmaps of the three cities and their emissions: only figures whose source was seen."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

from django.db import transaction
from django.db.models import Q

from talkoot.city.organisations.demo import add, day, entries, translated
from talkoot.city.organisations.models import Municipality
from talkoot.city.roadmap.models import Goal, Indicator, Roadmap, Theme, Value
from talkoot.city.roadmap.models.indicator import EMISSIONS

if TYPE_CHECKING:
    from pathlib import Path

COUNT = {"unit_fi": "kpl", "unit_sv": "st.", "unit_en": "pcs"}
EMISSIONS_NAME = {
    "name_fi": "Kaupungin alueen päästöt",
    "name_sv": "Utsläppen i stadens område",
    "name_en": "Emissions in the city’s area",
}
KILOTONNES = "kt CO2e"
COMPUTED, TARGET = "computed", "target"


@transaction.atomic
def load(folder: Path) -> None:
    for row in entries(folder / "roadmaps.yaml", "roadmaps"):
        _roadmap(row)
    path = folder / "emissions.yaml"
    for row in entries(path, "emissions") + entries(path, "missing"):
        _emissions(row)


def _roadmap(row: dict[str, Any]) -> None:
    city = Municipality.objects.get(code=row["city"])
    values = translated(row, name="name", text="text", theme_word="theme_word", decision="decision") | {
        "version_name": row["version"],
        "decided_on": day(row["decided"]),
        "source": urlsplit(row["url"]).hostname or "",
        "url": row["url"],
        "retrieved_on": day(row["fetched"]),
        "published": True,
    }
    roadmap = add(Roadmap, {"city": city, "code": row["id"]}, values)
    themes = {one["id"]: _theme(roadmap, one, place) for place, one in enumerate(row["themes"])}
    goals = {one["id"]: _goal(roadmap, one, place, themes) for place, one in enumerate(row["goals"])}
    for place, one in enumerate(row["indicators"]):
        _indicator(roadmap, one, place, goals)


def _theme(roadmap: Roadmap, row: dict[str, Any], place: int) -> Theme:
    return add(
        Theme, {"roadmap": roadmap, "code": row["id"]}, translated(row, name="name") | {"order": place}
    )


def _goal(roadmap: Roadmap, row: dict[str, Any], place: int, themes: dict[str, Theme]) -> Goal:
    values = translated(row, name="name", text="text") | {
        "theme": themes.get(row["theme"] or ""),
        "order": place,
        "url": row["url"] or "",
        "source": urlsplit(row["url"] or "").hostname or "",
        "example": row["example"],
    }
    return add(Goal, {"roadmap": roadmap, "code": row["id"]}, values)


def _indicator(roadmap: Roadmap, row: dict[str, Any], place: int, goals: dict[str, Goal]) -> None:
    is_total = row["unit"] == KILOTONNES and row["name_fi"] == EMISSIONS_NAME["name_fi"]
    target = row["target"] or {}
    values = (
        translated(row, name="name")
        | _units(row["unit"])
        | {
            "key": EMISSIONS if is_total else "",
            "goal": goals.get(row["goal"]),
            "order": place,
            "direction": Indicator.Direction.DOWN if is_total else Indicator.Direction.UP,
            "target_year": target.get("year"),
            "target_value": target.get("value"),
            "target_url": target.get("url") or "",
            "target_source_fi": urlsplit(target.get("url") or "").hostname or "",
        }
    )
    indicator = add(Indicator, {"roadmap": roadmap, "code": row["id"]}, values)
    if not is_total:
        for one in row["values"]:
            _value(indicator, one)


def _units(unit: str) -> dict[str, str]:
    shown = _spelled(unit)
    return COUNT if unit == "count" else {f"unit_{code}": shown for code in ("fi", "sv", "en")}


def _spelled(unit: str) -> str:
    return unit.replace("CO2e", "CO₂e")


def _value(indicator: Indicator, row: dict[str, Any]) -> None:
    host = urlsplit(row.get("url") or "").hostname or ""
    sources = {f"source_{code}": row.get(f"source_{code}") or host for code in ("fi", "sv", "en")}
    values = (
        sources
        | translated(row, note="note")
        | {
            "unit": _spelled(row.get("unit") or "") or indicator.unit_fi,
            "estimate": row.get("kind") == COMPUTED,
            "url": row.get("url") or "",
            "published_on": day(row.get("published")),
            "retrieved_on": day(row.get("fetched")),
            "method_version": row.get("method_version") or "",
        }
    )
    add(Value, {"indicator": indicator, "year": row["year"], "value": Decimal(str(row["value"]))}, values)


def _emissions(row: dict[str, Any]) -> None:
    """A figure of the city's total, its target, or the indicator alone where nothing has been imported."""
    indicator = _total(row["city"])
    if indicator is None or "value" not in row:
        return
    if row["kind"] == TARGET:
        method = translated(row, method="method", target_source="source")
        Indicator.objects.filter(Q(method_fi="") | Q(method_fi=None), pk=indicator.pk).update(**method)
    else:
        _value(indicator, row)


def _total(code: str) -> Indicator | None:
    known = Indicator.objects.filter(roadmap__city__code=code, key=EMISSIONS).first()
    roadmap = Roadmap.objects.filter(city__code=code).first()
    if known or roadmap is None:
        return known
    values = EMISSIONS_NAME | _units(KILOTONNES)
    return add(Indicator, {"roadmap": roadmap, "key": EMISSIONS}, values)
