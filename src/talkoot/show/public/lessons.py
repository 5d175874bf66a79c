"""What published pilots have taught, for front pages."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from django.urls import reverse

from talkoot.choose.pilots.models import Pilot
from talkoot.kit.worded import worded

if TYPE_CHECKING:
    from talkoot.city.organisations.models import Municipality

NEWEST: Final = 3
PLAIN: Final = ("pk", "city__slug", "events", "companies", "example")
WORDS: Final = ("name", "city__name", "measure", "lesson_worked")


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
    rows = Pilot.objects.published()  # type: ignore[attr-defined]  # our queryset
    rows = rows if city is None else rows.filter(city=city)
    return [Lesson(*(row[name] for name in (*PLAIN, *WORDS))) for row in worded(rows[:NEWEST], PLAIN, WORDS)]
