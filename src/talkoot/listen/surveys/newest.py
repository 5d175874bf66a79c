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

    from django.db.models import QuerySet

    from talkoot.city.organisations.models import Municipality
    from talkoot.kit.prepared import Asked

PLACES: Final = ("round__city__slug", "round__cities__slug")
ROUND: Final = ("frame", "simulated", "followed", "opened_on", "closed_on")


@dataclass(frozen=True, slots=True)
class Heard:
    """A round and what all its cities together said; `place`: the slug of the city that it is shown in."""

    place: str
    round_id: int
    frame: str
    simulated: bool
    followed: list[str]
    opened_on: dt.date | None
    closed_on: dt.date | None
    content: dict[str, Any]
    name: str

    def __str__(self) -> str:
        return self.name

    @property
    def period(self) -> str:
        return period(self.opened_on, self.closed_on)

    @property
    def url(self) -> str:
        return reverse("surveys:results", kwargs={"city": self.place, "pk": self.round_id})


def heard(city: Municipality | None = None, *, method: str | None = None) -> Heard | None:
    """Of the round published last in a city or in any, if need be of those that asked about a method.

    It is shown in the city at hand, or in the first of those that asked.
    """
    for owner, first, *found in _newest(city=city and city.pk, method=method):
        return Heard(city.slug if city is not None else owner or first, *found)
    return None


@worded((*PLACES, "round_id", *(f"round__{name}" for name in ROUND), "content"), ("round__name",))
def _newest(city: Asked | None = None, method: Asked | None = None) -> QuerySet[Results]:
    rows = Results.objects.filter(city=None, round__state=Round.State.PUBLISHED)
    if city is not None:
        rows = rows.filter(Q(round__city=city) | Q(round__cities=city))
    if method is not None:
        rows = rows.filter(round__questionnaire__questions__method_code=method)
    return rows.order_by("-round__closed_on", "-round_id", "round__cities__code")[:1]
