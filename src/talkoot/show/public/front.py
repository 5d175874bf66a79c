"""What the shared front door says: the cities, what their work takes and what it has taught."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

from talkoot.choose.methods.models import Category, Method
from talkoot.choose.methods.words import PIGMENTS
from talkoot.city.organisations.models import Municipality
from talkoot.city.roadmap.models import Value
from talkoot.city.roadmap.models.indicator import EMISSIONS
from talkoot.kit.charts.shapes import Drawing, path, rect
from talkoot.kit.worded import worded
from talkoot.listen.surveys import glance
from talkoot.show.public.chosen import choices
from talkoot.show.public.lessons import newest_pilots

if TYPE_CHECKING:
    from collections.abc import Iterator
    from decimal import Decimal

    from django.db.models import QuerySet
    from django.utils.functional import _StrPromise
    from django.utils.safestring import SafeString

    from talkoot.kit.charts.shapes import Shape
    from talkoot.listen.surveys.glance import Glance
    from talkoot.show.public.chosen import Choice
    from talkoot.show.public.lessons import Lesson

WIDTH, HEIGHT, FRINGE = 120, 200, 12


@worded(("pk", "slug"), ("name",))
def _cities() -> QuerySet[Municipality]:
    return Municipality.objects.all()


@worded(("indicator__roadmap__city", "value", "unit", "year"), ("source",))
def _emissions() -> QuerySet[Value]:
    """Of each city, the newest last."""
    rows = Value.objects.filter(indicator__key=EMISSIONS, indicator__roadmap__published=True)
    return rows.order_by("year", "published_on", "pk")


@dataclass(frozen=True)
class Emissions:
    """A city's newest sourced figure."""

    value: Decimal
    unit: str
    year: int
    source: str


@dataclass(frozen=True)
class City:
    """A city at the front door. `scale`: height of the rug of one person-day."""

    name: str
    slug: str
    items: list[Choice]
    emissions: Emissions | None
    scale: float

    @property
    def days(self) -> int:
        return sum(item.days for item in self.items)

    @property
    def largest(self) -> list[Choice]:
        """What takes most of the working time, at most two methods."""
        return sorted((item for item in self.items if item.days), key=lambda item: -item.days)[:2]

    @property
    def rug(self) -> SafeString:
        """One stripe a method, coloured by its group; all cities on the same scale."""
        said = ", ".join(f"{item.name} {item.days}" for item in self.items if item.days)
        return Drawing(WIDTH, HEIGHT + 2 * FRINGE, tuple(self._shapes()), f"{self.name}: {said}").svg()

    def _shapes(self) -> Iterator[Shape]:
        y = float(HEIGHT + FRINGE)
        for item in sorted(self.items, key=lambda item: item.category):
            height = self.scale * item.days
            y -= height
            yield rect(f"f-{item.pigment}", 2, y, WIDTH - 4, max(height - 1.5, 0))
        steps: list[str | float] = []
        for x in range(7, WIDTH, 9):
            steps += [
                "M",
                x,
                y - FRINGE + 2,
                "V",
                y - 1,
                "M",
                x,
                HEIGHT + FRINGE,
                "V",
                HEIGHT + 2 * FRINGE - 2,
            ]
        yield path("warp", *steps)


class FrontPage:
    @cached_property
    def items(self) -> list[Choice]:
        """Methods of the models in force."""
        return choices()

    @cached_property
    def cities(self) -> list[City]:
        held: dict[int, list[Choice]] = {}
        for item in self.items:
            held.setdefault(item.city, []).append(item)
        most = max((sum(item.days for item in items) for items in held.values()), default=0)
        scale = HEIGHT / most if most else 0.0
        emissions = {city: Emissions(*figure) for city, *figure in _emissions()}
        return [City(name, slug, held.get(pk, []), emissions.get(pk), scale) for pk, slug, name in _cities()]

    @property
    def days(self) -> int:
        return sum(each.days for each in self.cities)

    @property
    def examples(self) -> int:
        """Methods that no city has told of in public."""
        return sum(item.example for item in self.items)

    @cached_property
    def groups(self) -> list[tuple[str, str | _StrPromise, int]]:
        """(code, name, methods) of the groups of the library, the largest first."""
        rows = Method.objects.published().order_by()  # type: ignore[attr-defined]  # our queryset
        counted = Counter[str](rows.values_list("category", flat=True))
        return [(code, Category(code).label, n) for code, n in counted.most_common()]

    @property
    def methods(self) -> int:
        return sum(n for _code, _name, n in self.groups)

    @property
    def colours(self) -> list[tuple[str, list[str | _StrPromise]]]:
        """(pigment, names of the groups that it stands for), only those in use, the commonest first."""
        present = {item.category for item in self.items}
        used = Counter(item.pigment for item in self.items)
        return [
            (pigment, [group.label for group in Category if group in present and PIGMENTS[group] == pigment])
            for pigment, _n in used.most_common()
        ]

    @cached_property
    def pilots(self) -> list[Lesson]:
        return newest_pilots()

    @cached_property
    def survey(self) -> Glance | None:
        return glance.newest()
