"""What is counted of quick questions and of answers; fewer than five are not shown."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.db.models import Count, Q
from django.utils.translation import gettext_lazy as _

from talkoot.kit import clock
from talkoot.kit.prepared import Prepared
from talkoot.listen.pulse.models import Heard, Tap

if TYPE_CHECKING:
    from collections.abc import Mapping

    from django.db.models import QuerySet
    from django.utils.functional import _StrPromise

    from talkoot.choose.methods.models import Method
    from talkoot.city.organisations.models import Municipality
    from talkoot.kit.prepared import Asked
    from talkoot.listen.pulse.models import Check

FEWEST = 5
NOT_A_SURVEY = _(
    "This is not a survey: it counts those who chose to answer, and some may have answered twice."
)


@dataclass(frozen=True)
class Tally:
    """Answers to one question, about one method or one page."""

    counts: Mapping[str, int]
    method: Method | None = None

    @property
    def n(self) -> int:
        return sum(self.counts.values())

    @property
    def is_hidden(self) -> bool:
        """Too few to be shown; none at all is no secret."""
        return 0 < self.n < FEWEST

    @property
    def parts(self) -> list[tuple[str | _StrPromise, int, float]]:
        """(answer, how many, per cent of n); empty when hidden or when nobody has answered."""
        if self.n < FEWEST:
            return []
        return [
            (label, self.counts.get(value, 0), 100 * self.counts.get(value, 0) / self.n)
            for value, label in Tap.Answer.choices
        ]


def of_page(check: Check, method: Method | None) -> Tally:
    rows = Tap.objects.filter(check_asked=check, method=method).order_by()
    return Tally(dict(rows.values_list("answer").annotate(Count("pk"))), method)


def by_method(check: Check, methods: Mapping[int, Method]) -> list[Tally]:
    """One tally a method that has answers, the most answered first; answers about no method come as one of None."""
    counts: dict[int | None, dict[str, int]] = {}
    rows = Tap.objects.filter(check_asked=check).order_by().values_list("method", "answer")
    for method, answer, n in rows.annotate(Count("pk")):
        counts.setdefault(method, {})[answer] = n
    tallies = [Tally(found, methods.get(method) if method else None) for method, found in counts.items()]
    return sorted(tallies, key=lambda tally: (tally.n < FEWEST, -tally.n, str(tally.method)))


@dataclass(frozen=True)
class Kept:
    """How a city has kept its promise to answer, over `months` until today."""

    received: int
    kept: int
    late: int
    otherwise: int
    waiting: int
    overdue: int
    examples: int
    since: dt.date


COUNTS = ("received", "examples", "kept", "late", "otherwise", "waiting", "overdue")


@Prepared
def _counted(city: Asked, since: Asked, today: Asked) -> QuerySet[Heard, Any]:
    """One row: the city, then COUNTS in their order."""
    state = Heard.State
    return (
        Heard.objects.filter(city=city, received_at__gte=since)
        .exclude(kind=Heard.Kind.NOTE)
        .order_by()
        .values("city")
        .annotate(
            received=Count("pk"),
            examples=Count("pk", filter=Q(example=True)),
            kept=Count("pk", filter=Q(state=state.ANSWERED, in_time=True)),
            late=Count("pk", filter=Q(state=state.ANSWERED) & ~Q(in_time=True)),
            otherwise=Count("pk", filter=Q(state__in=(state.HANDED_OVER, state.CLOSED))),
            waiting=Count("pk", filter=Q(state__in=Heard.WAITING)),
            overdue=Count("pk", filter=Q(state__in=Heard.WAITING, due_on__lt=today)),
        )
    )


def promise_kept(city: Municipality, days: int = 365) -> Kept:
    """Messages from others of the last `days` days; an officer's own notes are not counted."""
    since = clock.now() - dt.timedelta(days=days)
    written = f"{since.astimezone(dt.UTC):%Y-%m-%d %H:%M:%S.%f}"
    rows = _counted(city=city.pk, since=written, today=clock.today().isoformat())
    found = rows[0][1:] if rows else [0] * len(COUNTS)
    return Kept(**dict(zip(COUNTS, found, strict=True)), since=since.date())
