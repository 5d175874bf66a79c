"""The example weights of demo/weights.yaml, and an example run with them for each city; the worker calculates it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext as _
from django.utils.translation import override

from talkoot.choose.selection import actions, cases
from talkoot.choose.selection.criteria import CODES, EQUAL_LIMITS
from talkoot.choose.selection.models import Preference, Run
from talkoot.choose.selection.plan import LANGUAGES, Plan
from talkoot.city.organisations.models import Municipality
from talkoot.kit import clock
from talkoot.kit.audit import log
from talkoot.kit.exchange import yaml_file

if TYPE_CHECKING:
    from pathlib import Path

    from talkoot.choose.selection.weighing import Limits


def load(folder: Path) -> None:
    """The weights of groups, and one run a city with them; what a city has is left as it is."""
    rows = yaml_file(folder / "weights.yaml")
    for code in dict.fromkeys(row["city"] for row in rows):
        city = Municipality.objects.get(code=code)
        stated = [row for row in rows if row["city"] == code]
        for row in stated:
            _state(city, row)
        if not Run.objects.filter(city=city).exists():
            _start(city, [_limits(row) for row in stated])


def _limits(row: dict[str, Any]) -> Limits:
    stated = {item["criterion"]: (item["low"], item["high"]) for item in row["ranges"]}
    return {code: stated.get(code, EQUAL_LIMITS) for code in CODES}


def _state(city: Municipality, row: dict[str, Any]) -> None:
    """Add the weights of a group, known by its Finnish name."""
    names = {f"name_{code}": row[f"group_name_{code}"] for code in LANGUAGES}
    if Preference.objects.filter(city=city, name_fi=names["name_fi"]).exists():
        return
    preference = Preference(
        city=city,
        people=row["people"],
        limits={code: list(limits) for code, limits in _limits(row).items()},
        orders=row.get("orders", []),
        basis=row["basis"],
        stated_on=row["stated_on"],
        example=row["example"],
        **names,
    )
    preference.full_clean()
    preference.save()
    log.record(preference, by=None, verb="imported")


def _start(city: Municipality, stated: list[Limits]) -> None:
    """Within limits that admit what each group allows; several groups are looked at apart too."""
    lows, highs = ({code: [each[code][end] for each in stated] for code in CODES} for end in (0, 1))
    plan = Plan(
        weights={code: (min(lows[code]), max(highs[code])) for code in CODES},
        days={unit.code: unit.person_days or 0 for unit in city.units.exclude(person_days=None)},
        scenario="all" if cases.scenarios(city) else "now",
        people=tuple(group.frozen for group in city.preferences.all()) if len(stated) > 1 else (),
    )
    with override("fi"):
        name = _("Selection {year}").format(year=clock.today().year)
    actions.start(city=city, name=name, plan=plan, by=None, example=True)
