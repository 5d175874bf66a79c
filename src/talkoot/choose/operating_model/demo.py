"""The demo's models: in force only what a city has told; all else is marked as an example."""

from __future__ import annotations

import datetime as dt
import re
from typing import TYPE_CHECKING, Any

from django.db import transaction
from django.utils import timezone

from talkoot.choose.methods.models import Method
from talkoot.choose.operating_model.jobs import make_documents
from talkoot.choose.operating_model.models import ModelMethod, OperatingModel
from talkoot.city.accounts.models import User
from talkoot.city.organisations.models import Municipality
from talkoot.city.roadmap.models import Goal
from talkoot.kit.exchange import yaml_file

if TYPE_CHECKING:
    from pathlib import Path

LANGUAGES = ("fi", "sv", "en")
COUNT = "count"


def load(folder: Path) -> None:
    """Each city's model of demo/models.yaml; one that exists stays as people have left it."""
    for row in yaml_file(folder / "models.yaml"):
        city = Municipality.objects.get(code=row["city"])
        if not OperatingModel.objects.filter(city=city, number=row["version"]).exists():
            _load(row, city)


def _load(row: dict[str, Any], city: Municipality) -> None:
    section = str(row["decision_fi"]).partition("§")[2].strip()
    decided = dt.date.fromisoformat(row["approved_on"])
    model = OperatingModel(
        city=city,
        number=row["version"],
        state=row["state"],
        starts_on=dt.date.fromisoformat(row["valid_from"]),
        review_on=decided.replace(year=decided.year + 1),
        prepared_by=User.objects.filter(email=row["prepared_by"]).first(),
        approved_by=User.objects.filter(email=row["approved_by"]).first(),
        decided_on=decided,
        section=section.split()[0],
        published_at=timezone.make_aware(dt.datetime.combine(decided, dt.time(12))),
        example=bool(row["decision_example"]),
        **_texts(row, "summary", "intro"),
        **{f"deciding_body_{code}": _body(row[f"decision_{code}"]) for code in LANGUAGES},
    )
    model.full_clean()
    model.save()
    units = {unit.code: unit for unit in city.units.all()}
    for item in row["methods"]:
        _load_item(item, model, units)
    if model.state in OperatingModel.PUBLIC:
        transaction.on_commit(lambda: make_documents.enqueue(model.pk))


def _load_item(row: dict[str, Any], model: OperatingModel, units: dict[str, Any]) -> None:
    indicator = row["indicator"]
    item = ModelMethod(
        model=model,
        method=Method.objects.get(code=row["method"]),
        owner_unit=units[row["owner_unit"]],
        person_days=row["person_days"],
        starts_on=dt.date.fromisoformat(row["start"]),
        months=row["months"],
        target=indicator["target"],
        goal=Goal.objects.filter(code=row["roadmap_goal"], roadmap__city=model.city).first(),
        source_url=row["url"] or "",
        example=row["example"],
        **_texts(row, "why", "why"),
        **_texts(indicator, "name", "indicator"),
        **_texts(row, "source", "source"),
        **{
            f"indicator_unit_{code}": "" if indicator["unit"] == COUNT else indicator["unit"]
            for code in LANGUAGES
        },
    )
    item.full_clean()
    item.save()
    item.partner_units.set(units[code] for code in row["partner_units"])


def _body(decision: str) -> str:
    """The name of the body, which stands before the day of the decision."""
    return re.split(r"\s(?:den\s)?\d", decision, maxsplit=1)[0]


def _texts(row: dict[str, Any], key: str, field: str) -> dict[str, str]:
    return {f"{field}_{code}": row[f"{key}_{code}"] for code in LANGUAGES}
