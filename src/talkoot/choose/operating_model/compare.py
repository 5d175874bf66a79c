"""Models in force side by side."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.db.models import F

from talkoot.choose.operating_model.models import ModelMethod, OperatingModel

if TYPE_CHECKING:
    from talkoot.choose.methods.models import Method
    from talkoot.city.organisations.models import Municipality


@dataclass(frozen=True)
class Line:
    method: Method
    cells: list[ModelMethod | None]

    @property
    def shared(self) -> int:
        return sum(cell is not None for cell in self.cells)


class Comparison:
    """Methods in the rows, cities in the columns; what most cities share comes first."""

    def __init__(self, cities: list[Municipality]) -> None:
        self.cities = cities
        items: Any = ModelMethod.objects.filter(model__city__in=cities, model__state__in=OperatingModel.NOW)
        by_method: dict[Method, dict[int, ModelMethod]] = {}
        for item in items.with_methods().annotate(in_city=F("model__city_id")).order_by():
            by_method.setdefault(item.method, {})[item.in_city] = item
        lines = [Line(m, [held.get(city.pk) for city in cities]) for m, held in by_method.items()]
        self.lines = sorted(lines, key=lambda line: (-line.shared, line.method.code))

    @property
    def totals(self) -> list[int]:
        """Person-days a year of each city; methods whose effort is not known are left out."""
        columns = zip(*(line.cells for line in self.lines), strict=True)
        return [sum(cell.person_days or 0 for cell in column if cell) for column in columns]

    @property
    def counts(self) -> list[int]:
        """How many methods each city has."""
        columns = zip(*(line.cells for line in self.lines), strict=True)
        return [sum(cell is not None for cell in column) for column in columns]
