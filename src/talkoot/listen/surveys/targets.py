"""How many companies a method is meant for in a city."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from talkoot.city.organisations.models import PopulationTotal
from talkoot.listen.surveys.sizes import BY_TARGET

if TYPE_CHECKING:
    from talkoot.choose.methods.models import Method
    from talkoot.city.organisations.models import Municipality


def classes_of(method: Method) -> tuple[str, ...]:
    """Size classes that the method suits, smallest first; none when it is not directed at companies."""
    return tuple(size for name, size in BY_TARGET.items() if name in method.sizes)


@dataclass(frozen=True)
class Population:
    """Companies of a city by (sector, size class) in the latest year that is known; empty sector means all."""

    numbers: dict[tuple[str, str], int]
    year: int | None
    estimate: bool

    @classmethod
    def of(cls, city: Municipality) -> Population:
        counted = PopulationTotal.objects.latest(city).exclude(enterprises=None).order_by()  # type: ignore[arg-type,attr-defined]  # our queryset
        rows = list(counted.values_list("industry", "size_class", "enterprises", "year", "estimate"))
        return cls(
            numbers={(industry, size): companies for industry, size, companies, _year, _estimate in rows},
            year=next((year for *_cell, year, _estimate in rows), None),
            estimate=any(estimate for *_cell, estimate in rows),
        )

    def by_sector(self, method: Method) -> bool:
        """The method is meant for certain sectors, and all of them are counted by size."""
        cells = [(sector, size) for sector in method.industries for size in classes_of(method)]
        return bool(cells) and all(cell in self.numbers for cell in cells)

    def by_class(self, method: Method) -> dict[str, int] | None:
        """{size class: companies in the target group}, or None when some number is not known.

        Sectors narrow the group only where they are counted by size.
        """
        sectors = method.industries if self.by_sector(method) else [""]
        classes = classes_of(method)
        if not classes or any((sector, size) not in self.numbers for sector in sectors for size in classes):
            return None
        return {size: sum(self.numbers[sector, size] for sector in sectors) for size in classes}

    def companies(self, method: Method) -> int | None:
        """Companies in the target group, or None when not known."""
        by_class = self.by_class(method)
        return None if by_class is None else sum(by_class.values())
