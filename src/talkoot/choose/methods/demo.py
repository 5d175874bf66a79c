"""The library from demo/methods.yaml. It is real content: the demo only brings it in."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.db import transaction

from talkoot.choose.methods.models import Criterion, Goal, Method
from talkoot.choose.methods.scores import interval
from talkoot.kit.exchange import yaml_file

if TYPE_CHECKING:
    from pathlib import Path

LANGUAGES = ("fi", "sv", "en")
CITIES = {"V": "092", "K": "245", "J": "186"}
RENAMED = {"person_days_note": "effort_note", "evidence": "evidence_text"}
PLAIN = (
    "category",
    "cadence",
    "target",
    "sizes",
    "industries",
    "lead_units",
    "person_days_low",
    "person_days_high",
    "effort_text",
    "effort_basis",
    "euros_low",
    "euros_high",
    "euros_text",
    "euros_basis",
    "evidence_basis",
    "description_basis",
    "description_sources",
)
TRANSLATED = (
    "name",
    "purpose",
    "what",
    "why",
    "how",
    "where",
    "cadence_note",
    "person_days_note",
    "effort_source",
    "euros_note",
    "evidence",
)


def load(folder: Path) -> None:
    """Add the methods that are not there yet; what has been edited since stays."""
    rows = yaml_file(folder / "methods.yaml")
    with transaction.atomic():
        known = set(Method.objects.values_list("code", flat=True))
        added = [_add(row) for row in rows if row["id"] not in known]
        by_code = {method.code: method for method in Method.objects.all()}
        for row in rows:
            if row["id"] in added and row["requires"]:
                by_code[row["id"]].requires.set([by_code[code] for code in row["requires"]])


def _add(row: dict[str, Any]) -> str:
    method = Method(code=row["id"], state=Method.State.PUBLISHED, **_values(row))
    method.full_clean()
    method.save()
    for criterion in Criterion.values:
        marked = criterion in row["goals"]
        low, high = interval(marked=marked)
        source = {f"source_{code}": row[f"goals_source_{code}"] for code in LANGUAGES}
        goal = Goal(method=method, criterion=criterion, marked=marked, low=low, high=high, **source)
        goal.basis = row["goals_basis"]
        goal.full_clean()
        goal.save()
    return method.code


def _values(row: dict[str, Any]) -> dict[str, Any]:
    values = {name: row[name] for name in PLAIN if row.get(name) is not None}
    for name in TRANSLATED:
        for code in LANGUAGES:
            if text := row.get(f"{name}_{code}"):
                values[f"{RENAMED.get(name, name)}_{code}"] = text
    values["cities_seen"] = [CITIES[letter] for letter in row["cities_seen"]]
    return values | {"translation_states": row.get("translation_state") or {}}
