"""The library that Talkoot ships, and others written like it: `library/README.md` says what the keys mean.

It is real content, not a part of the demo: `talkoot import library` brings it to a city that begins with nothing.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from talkoot.choose.methods.models import Basis, Criterion, Goal, Method
from talkoot.choose.methods.scores import interval
from talkoot.kit.audit import log
from talkoot.kit.exchange import yaml_file

FOLDER = Path(__file__).parent / "library"
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


class Unfit(Exception):
    """A method of the file that cannot be taken: its code, and a sentence that names what is wrong."""

    def __init__(self, code: str, what: str) -> None:
        super().__init__(_("Method %(code)s: %(what)s") % {"code": code, "what": what})
        self.code = code


def rows_of(place: Path) -> list[dict[str, Any]]:
    """The methods of a file or of all files of a folder, by code."""
    files = sorted(place.glob("*.yaml")) if place.is_dir() else [place]
    rows = [row for file in files for row in yaml_file(file, "methods")]
    return sorted(rows, key=lambda row: str(row.get("id")))


@transaction.atomic
def bring_in(rows: list[dict[str, Any]]) -> list[Method]:
    """Add the methods that are not there yet; what has been edited since stays. Raises Unfit."""
    known = set(Method.objects.values_list("code", flat=True))
    fresh = {str(row.get("id")): row for row in rows if row.get("id") not in known}
    added = {code: _checked(code, row) for code, row in fresh.items()}
    for code, row in fresh.items():
        if row.get("requires"):
            added[code].requires.set(Method.objects.filter(code__in=row["requires"]))
    log.record_many(added.values(), by=None, verb="imported")
    return list(added.values())


def _checked(code: str, row: dict[str, Any]) -> Method:
    try:
        return _add(row)
    except KeyError as error:
        raise Unfit(code, _("%(name)s is missing.") % {"name": error.args[0]}) from error
    except ValidationError as error:
        name, said = next(iter(error.message_dict.items()))
        raise Unfit(code, f"{name}: {said[0]}") from error


def _add(row: dict[str, Any]) -> Method:
    method = Method(code=row["id"], state=Method.State.PUBLISHED, **_values(row))
    method.full_clean()
    method.save()
    for criterion in Criterion.values:
        marked = criterion in row["goals"]
        low, high = interval(marked=marked)
        source = {f"source_{code}": row.get(f"goals_source_{code}") for code in LANGUAGES}
        goal = Goal(method=method, criterion=criterion, marked=marked, low=low, high=high, **source)
        goal.basis = row.get("goals_basis") or Basis.JUDGEMENT
        goal.full_clean()
        goal.save()
    return method


def _values(row: dict[str, Any]) -> dict[str, Any]:
    values = {name: row[name] for name in PLAIN if row.get(name) is not None}
    for name in TRANSLATED:
        for code in LANGUAGES:
            if text := row.get(f"{name}_{code}"):
                values[f"{RENAMED.get(name, name)}_{code}"] = text
    values["cities_seen"] = [CITIES.get(letter, letter) for letter in row.get("cities_seen") or ()]
    return values | {"translation_states": row.get("translation_state") or {}}
