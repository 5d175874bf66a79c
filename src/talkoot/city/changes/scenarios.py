"""What a city could and could not do on a day: the effects of its role changes before and after they came."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from talkoot.city.changes.models import Effect, RoleChange

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Mapping

    from talkoot.city.organisations.models import Municipality


@dataclass(frozen=True)
class Effects:
    """`unavailable`: codes of methods that could not be used; `capacity`: person-days a year by unit code.

    Units and methods that are not named stay as they are.
    """

    unavailable: frozenset[str] = frozenset()
    capacity: Mapping[str, int] = field(default_factory=dict)


def effects(city: Municipality, on: dt.date) -> Effects:
    """The effects that hold in `city` on day `on`.

    A change counts from the day it came into effect, or from its planned day while it has not come. Where two
    changes set the same unit, the one that came later decides.
    """
    unavailable: set[str] = set()
    capacity: dict[str, int] = {}
    for change in _by_day(city):
        moment = "before" if change.day is not None and on < change.day else "after"
        for effect in change.effects.all():
            if effect.kind == f"unavailable_{moment}":
                unavailable.add(effect.method_code)
            elif effect.kind == f"capacity_{moment}":
                _set(capacity, effect, before=moment == "before")
    return Effects(frozenset(unavailable), capacity)


def _by_day(city: Municipality) -> list[RoleChange]:
    changes = RoleChange.objects.filter(city=city).prefetch_related("effects__unit")
    return sorted(changes, key=lambda change: (change.day, change.pk))


def _set(capacity: dict[str, int], effect: Effect, *, before: bool) -> None:
    """Of what held before, the nearest change ahead decides; of what holds after, the latest one behind."""
    if effect.unit is None or effect.person_days is None:
        return
    if before:
        capacity.setdefault(effect.unit.code, effect.person_days)
    else:
        capacity[effect.unit.code] = effect.person_days
