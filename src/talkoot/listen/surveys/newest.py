"""The newest published results as pages of other rooms show them: plain values, since everyone opens these pages."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

from django.db.models import Q
from django.urls import reverse

from talkoot.kit.worded import worded
from talkoot.listen.surveys.models import Results, Round
from talkoot.listen.surveys.models.rounds import period

if TYPE_CHECKING:
    import datetime as dt

    from talkoot.city.organisations.models import Municipality

PLAIN: Final = ("round_id", "frame", "simulated", "followed", "opened_on", "closed_on")
COLUMNS: Final = ("round_id", *(f"round__{name}" for name in PLAIN[1:]), "content")
PLACES: Final = ("round__city__slug", "round__cities__slug")
ORDER: Final = ("-round__closed_on", "-round_id", "round__cities__code")


@dataclass(frozen=True, slots=True)
class Heard:
    """A round and what all its cities together said; `place`: the slug of the city that it is shown in."""

    round_id: int
    frame: str
    simulated: bool
    followed: list[str]
    opened_on: dt.date | None
    closed_on: dt.date | None
    content: dict[str, Any]
    name: str
    place: str

    def __str__(self) -> str:
        return self.name

    @property
    def period(self) -> str:
        return period(self.opened_on, self.closed_on)

    @property
    def url(self) -> str:
        return reverse("surveys:results", kwargs={"city": self.place, "pk": self.round_id})


def heard(city: Municipality | None = None, **asked: object) -> Heard | None:
    """Of the round published last in a city or in any; `asked`: what more its results must be like.

    It is shown in the city at hand, or in the first of those that asked.
    """
    rows = Results.objects.filter(city=None, round__state=Round.State.PUBLISHED, **asked)
    if city is not None:
        rows = rows.filter(Q(round__city=city) | Q(round__cities=city))
    plain = COLUMNS if city is not None else (*COLUMNS, *PLACES)
    order = ORDER[:2] if city is not None else ORDER
    for row in worded(rows.order_by(*order)[:1], plain, ("round__name",)):
        place = city.slug if city is not None else next(row[name] for name in PLACES if row[name])
        return Heard(*[*(row[name] for name in (*COLUMNS, "round__name")), place])
    return None
