"""What a method takes in a year. What cannot be read as a range is not known, and is said so."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from talkoot.choose.methods.models import CityEffort

if TYPE_CHECKING:
    from collections.abc import Iterable

    from talkoot.choose.methods.models import Method
    from talkoot.city.organisations.models import Municipality

Span = tuple[float, float]


@dataclass(frozen=True)
class Effort:
    """Person-days and euros a year as (low, high), or None where not known; `said_in`: the library or the city."""

    person_days: Span | None
    euros: Span | None
    said_in: Method | CityEffort

    @property
    def own(self) -> bool:
        """It is the city's own word."""
        return isinstance(self.said_in, CityEffort)

    @property
    def source(self) -> str:
        """What it rests on: the city's reason, or the source of the library, read when a page shows it."""
        said = self.said_in
        return said.reason if isinstance(said, CityEffort) else said.effort_source


def effort(methods: Iterable[Method], city: Municipality | None) -> dict[int, Effort]:
    """{method pk: Effort}; what the city has stated itself stands in place of the library's estimate."""
    found = {method.pk: of_library(method) for method in methods}
    for own in CityEffort.objects.filter(city=city, method__in=found).order_by() if city else ():
        library = found[own.method_id]
        days = _span(own.person_days_low, own.person_days_high)
        euros = _span(own.euros_low, own.euros_high)
        found[own.method_id] = Effort(days or library.person_days, euros or library.euros, own)
    return found


def of_library(method: Method) -> Effort:
    """The shared estimate of the library."""
    return Effort(
        _span(method.person_days_low, method.person_days_high),
        _span(method.euros_low, method.euros_high),
        method,
    )


def _span(low: float | None, high: float | None) -> Span | None:
    return None if low is None or high is None else (low, high)
