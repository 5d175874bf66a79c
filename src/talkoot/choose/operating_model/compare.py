"""Models in force side by side."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Any

from django.db.models import F

from talkoot.choose.operating_model.models import ModelMethod, OperatingModel

if TYPE_CHECKING:
    from talkoot.choose.methods.models import Method
    from talkoot.city.organisations.models import Municipality


@dataclass(frozen=True)
class Line:
    """A method, with each city's name and what its model says of it."""

    method: Method
    cells: list[tuple[str, ModelMethod | None]]

    @cached_property
    def shared(self) -> int:
        return sum(item is not None for _city, item in self.cells)


class Comparison:
    """Methods in the rows, cities in the columns; what most cities share comes first."""

    def __init__(self, cities: list[Municipality]) -> None:
        self.cities = cities
        names = [str(city) for city in cities]
        items: Any = ModelMethod.objects.filter(model__city__in=cities, model__state__in=OperatingModel.NOW)
        by_method: dict[Method, dict[int, ModelMethod]] = {}
        rows = items.with_methods("person_days", "example").annotate(in_city=F("model__city_id"))
        for item in rows.order_by():
            by_method.setdefault(item.method, {})[item.in_city] = item
        keys = [city.pk for city in cities]
        lines = [
            Line(method, list(zip(names, map(held.get, keys), strict=True)))
            for method, held in by_method.items()
        ]
        self.lines = sorted(lines, key=lambda line: (-line.shared, line.method.code))

    @property
    def totals(self) -> list[tuple[str, int]]:
        """Person-days a year of each city; methods whose effort is not known are left out."""
        return [(name, sum(item.person_days or 0 for item in items)) for name, items in self._by_city]

    @property
    def counts(self) -> list[tuple[str, int]]:
        """How many methods each city has."""
        return [(name, len(items)) for name, items in self._by_city]

    @cached_property
    def _by_city(self) -> list[tuple[str, list[ModelMethod]]]:
        columns = zip(*(line.cells for line in self.lines), strict=True)
        return [(column[0][0], [item for _city, item in column if item]) for column in columns]
