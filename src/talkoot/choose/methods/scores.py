"""What is thought of a method before any pilot: the library's marks, or the city's own word with a reason.

Values lie on 0–100, where 0 means that the method is not used. The national assessment rates 1–5 and
publishes only a mark from 3.3 up, so a mark without a number says "3.3–5" and no mark says "1–3.3".
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from talkoot.choose.methods.models import Basis, CityScore, Criterion, Goal
from talkoot.kit.ui import translated

if TYPE_CHECKING:
    from collections.abc import Iterable

    from talkoot.choose.methods.models import Method
    from talkoot.city.organisations.models import Municipality

LOWEST, MARK, HIGHEST = 1.0, 3.3, 5.0
CITY = "city"
FIGURES = ("low", "high", "basis", "marked", "rating")
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
    if unread := [method for method in rows if not hasattr(method, "library_says")]:
        _read(unread)
    found: dict[int, dict[str, Prior]] = {method.pk: dict(method.library_says) for method in rows}
    for own in CityScore.objects.filter(city=city, method__in=found).order_by() if city else ():
        library = found[own.method_id][own.criterion]
        found[own.method_id][own.criterion] = Prior(
            own.low, own.high, CITY, library.marked, library.rating, reason=own.reason
        )
    return found


def _read(methods: list[Any]) -> None:
    """What the library says of each, kept on the method itself as `library_says`."""
    says = {method.pk: dict.fromkeys(Criterion.values, _unmarked()) for method in methods}
    goals: Any = Goal.objects.filter(method__in=says).order_by()
    columns = ("method_id", *FIGURES, *translated.columns("source"))
    for row in goals.rewrite(False).values_list("criterion", *columns, named=True):
        figures = {name: getattr(row, name) for name in FIGURES}
        says[row.method_id][row.criterion] = Prior(**figures, source=translated.said(row, "source").text)
    for method in methods:
        method.library_says = says[method.pk]


def _unmarked() -> Prior:
    return Prior(*interval(marked=False), Basis.JUDGEMENT)
