"""Changes in the municipality's role, for each city that they concern."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.db import transaction

from talkoot.city.changes.models import Effect, RoleChange
from talkoot.city.organisations.demo import add, day, entries
from talkoot.city.organisations.models import Municipality, Unit

if TYPE_CHECKING:
    from pathlib import Path

BASIS = {"judgement": "Arvio tätä aineistoa varten"}


@transaction.atomic
def load(folder: Path) -> None:
    for row in entries(folder / "role_changes.yaml", "role_changes"):
        for city in Municipality.objects.filter(code__in=row["cities"]):
            _change(row, city)


def _change(row: dict[str, Any], city: Municipality) -> None:
    area: dict[str, Any] = next((one for one in row["areas"] or [] if one["city"] == city.code), {})
    values: dict[str, Any] = {
        "planned_on": day(row["planned_on"]),
        "actual_on": day(row["actual_on"]),
        "source": row["url"].split("/")[2],
        "url": row["url"],
    }
    for code in ("fi", "sv", "en"):
        parts = (row[f"text_{code}"], area.get(f"text_{code}"), row.get(f"caution_{code}"))
        values |= {
            f"name_{code}": row[f"name_{code}"],
            f"text_{code}": "\n\n".join(part for part in parts if part),
        }
    change = add(RoleChange, {"city": city, "key": row["id"]}, values)
    for moment in ("before", "after"):
        _effects(change, row[moment] or {}, moment)


def _effects(change: RoleChange, row: dict[str, Any], moment: str) -> None:
    rest = {"basis": BASIS.get(row.get("basis", ""), ""), "example": True}
    for code in row.get("unavailable_methods") or []:
        add(Effect, {"change": change, "kind": f"unavailable_{moment}", "method_code": code}, rest)
    for code, days in (row.get("unit_capacity") or {}).items():
        if unit := Unit.objects.filter(city=change.city, code=code).first():
            known = {"change": change, "kind": f"capacity_{moment}", "unit": unit}
            add(Effect, known, rest | {"person_days": days})
