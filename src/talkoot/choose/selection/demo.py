"""An example run for each city, with the example weights of demo/weights.yaml; the worker calculates it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils.translation import gettext as _
from django.utils.translation import override

from talkoot.choose.selection import actions, cases
from talkoot.choose.selection.criteria import CODES, EQUAL_LIMITS
from talkoot.choose.selection.models import Run
from talkoot.choose.selection.plan import Plan
from talkoot.city.organisations.models import Municipality
from talkoot.kit import clock
from talkoot.kit.exchange import yaml_file

if TYPE_CHECKING:
    from pathlib import Path


def load(folder: Path) -> None:
    """One run a city; a city that has runs is left as it is."""
    for row in yaml_file(folder / "weights.yaml"):
        city = Municipality.objects.get(code=row["city"])
        if Run.objects.filter(city=city).exists():
            continue
        stated = {item["criterion"]: (item["low"], item["high"]) for item in row["ranges"]}
        plan = Plan(
            weights={code: stated.get(code, EQUAL_LIMITS) for code in CODES},
            days={unit.code: unit.person_days or 0 for unit in city.units.exclude(person_days=None)},
            scenario="all" if cases.scenarios(city) else "now",
        )
        with override("fi"):
            name = _("Selection {year}").format(year=clock.today().year)
        actions.start(city=city, name=name, plan=plan, by=None, example=True)
