"""What published pilots have taught, for front pages."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from django.urls import reverse

from talkoot.choose.pilots.models import Pilot
from talkoot.kit.worded import worded

if TYPE_CHECKING:
    from django.db.models import QuerySet

    from talkoot.city.organisations.models import Municipality
    from talkoot.kit.prepared import Asked

NEWEST: Final = 3


@dataclass(frozen=True, slots=True)
class Lesson:
    pk: int
    slug: str
    events: int | None
    companies: int | None
    example: bool
    name: str
    city: str
    measure: str
    lesson: str

    @property
    def share(self) -> float | None:
        """Companies that reached the goal, per cent of those counted; None when nothing was counted."""
        return None if self.events is None or not self.companies else 100 * self.events / self.companies

    @property
    def url(self) -> str:
        return reverse("pilots:public_detail", kwargs={"city": self.slug, "pk": self.pk})


def newest_pilots(city: Municipality | None = None) -> list[Lesson]:
    """The newest published pilots, of a city or of all."""
    return [Lesson(*row) for row in _newest(city=city and city.pk)]


@worded(
    ("pk", "city__slug", "events", "companies", "example"), ("name", "city__name", "measure", "lesson_worked")
)
def _newest(city: Asked | None = None) -> QuerySet[Pilot]:
    rows: QuerySet[Pilot] = Pilot.objects.published()  # type: ignore[attr-defined]  # our queryset
    return (rows if city is None else rows.filter(city=city))[:NEWEST]
