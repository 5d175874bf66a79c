"""What is thought of a method before any pilot: the library's marks, or the city's own word with a reason.

Values lie on 0–100, where 0 means that the method is not used. The national assessment rates 1–5 and
publishes only a mark from 3.3 up, so a mark without a number says "3.3–5" and no mark says "1–3.3".
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.db.models import Prefetch, prefetch_related_objects

from talkoot.choose.methods.models import Basis, CityScore, Criterion, Goal

if TYPE_CHECKING:
    from collections.abc import Iterable

    from talkoot.choose.methods.models import Method
    from talkoot.city.organisations.models import Municipality

LOWEST, MARK, HIGHEST = 1.0, 3.3, 5.0
CITY = "city"
_CENTRAL_90 = 2 * 1.6448536269514722


@dataclass(frozen=True)
class Prior:
    """An interval on 0–100 with its basis: "judgement" (the library) or "city" (its own, with a reason)."""

    low: float
    high: float
    basis: str
    marked: bool = False
    rating: float | None = None
    source: str = ""
    reason: str = ""

    @property
    def mean(self) -> float:
        return (self.low + self.high) / 2

    @property
    def sd(self) -> float:
        """Of the normal distribution whose central 90 % is the interval."""
        return (self.high - self.low) / _CENTRAL_90


def on_scale(rating: float) -> float:
    """A rating of 1–5 on the value scale 0–100."""
    return (rating - LOWEST) / (HIGHEST - LOWEST) * 100


def interval(*, marked: bool, rating: float | None = None) -> tuple[float, float]:
    """The interval on 0–100 that a mark, or its absence, or a published rating stands for."""
    if rating is not None:
        return on_scale(rating), on_scale(rating)
    ends = (MARK, HIGHEST) if marked else (LOWEST, MARK)
    return round(on_scale(ends[0]), 6), round(on_scale(ends[1]), 6)


def prior(methods: Iterable[Method], city: Municipality | None) -> dict[int, dict[str, Prior]]:
    """{method pk: {criterion A–E: Prior}}; the city's own interval stands in place of the library's."""
    rows: list[Any] = list(methods)
    prefetch_related_objects(rows, Prefetch("goals", Goal.objects.order_by(), to_attr="library_goals"))
    found = {method.pk: dict.fromkeys(Criterion.values, _unmarked()) for method in rows}
    for goal in (goal for method in rows for goal in method.library_goals):
        found[goal.method_id][goal.criterion] = Prior(
            goal.low, goal.high, goal.basis, goal.marked, goal.rating, goal.source
        )
    for own in CityScore.objects.filter(city=city, method__in=found).order_by() if city else ():
        library = found[own.method_id][own.criterion]
        found[own.method_id][own.criterion] = Prior(
            own.low, own.high, CITY, library.marked, library.rating, reason=own.reason
        )
    return found


def _unmarked() -> Prior:
    return Prior(*interval(marked=False), Basis.JUDGEMENT)
