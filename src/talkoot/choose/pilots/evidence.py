"""What pilots say of a method: their pooled share, mapped to the value scale and combined with the prior.

Only pilots that are over and were counted weigh: a city's own as soon as they have ended, those of others once
published. Pilots with the same method, criterion, measure and scale are pooled (`analysis.evidence`). With a
date, only what was known on that day.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from math import sqrt
from typing import TYPE_CHECKING, Any

from django.db.models import Q

from talkoot.analysis.evidence.mapping import Normal, Posterior, ValueFunction, combine, to_value
from talkoot.analysis.evidence.pooling import LogitEstimate, PilotCount, PooledEstimate, pool
from talkoot.choose.methods import scores
from talkoot.choose.pilots.models import Pilot

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Iterable

    from django.db.models import QuerySet

    from talkoot.choose.methods.models import Method
    from talkoot.choose.methods.scores import Prior
    from talkoot.city.organisations.models import Municipality

Key = tuple[int, str, str, float, float]
"""Method, criterion, measure in Finnish, and the shares (%) worth 0 and 100."""


@dataclass(frozen=True)
class Pool:
    """Pilots that measured the same, their pooled estimate, and what it means for the city at hand."""

    pilots: tuple[Pilot, ...]
    estimate: PooledEstimate
    expected: LogitEstimate
    own: bool

    @property
    def measure(self) -> str:
        return self.pilots[0].measure

    @property
    def scale(self) -> tuple[float, float]:
        """Shares (%) worth 0 and 100."""
        return self.pilots[0].value_low or 0.0, self.pilots[0].value_high or 0.0

    @property
    def value(self) -> Normal:
        low, high = self.scale
        return to_value(self.expected, ValueFunction(low / 100, high / 100))


@dataclass(frozen=True)
class Finding:
    """What is thought of one method on one criterion after `k` pilots: mean and sd on 0–100."""

    prior: Prior
    posterior: Posterior
    pools: tuple[Pool, ...]

    @property
    def mean(self) -> float:
        return self.posterior.posterior.mean

    @property
    def sd(self) -> float:
        return self.posterior.posterior.sd

    @property
    def k(self) -> int:
        return sum(pool.estimate.pilots for pool in self.pools)

    @property
    def pilots(self) -> list[Pilot]:
        """The pilots that weigh."""
        return [pilot for pool in self.pools for pilot in pool.pilots]

    @property
    def data_weight(self) -> float:
        """How much the pilots weighed, 0–1."""
        return self.posterior.data_weight

    @property
    def own(self) -> bool:
        """The city has a pilot of its own among them."""
        return any(pool.own for pool in self.pools)

    def to_json(self) -> dict[str, Any]:
        data = self.posterior.data
        return {
            "mean": self.mean,
            "sd": self.sd,
            "k": self.k,
            "events": sum(pool.estimate.events for pool in self.pools),
            "n": sum(pool.estimate.n for pool in self.pools),
            "own": self.own,
            "agreed_late": [p.pk for pool in self.pools for p in pool.pilots if not p.is_agreed_in_time],
            "pilots": [pilot.pk for pilot in self.pilots],
            "ended": [pilot.closed_on.isoformat() for pilot in self.pilots if pilot.closed_on],
            "prior": [self.prior.low, self.prior.high],
            "data": data.to_json() if data else None,
            "data_weight": self.data_weight,
            "method": self.posterior.method,
            "version": self.posterior.version,
        }


def findings(
    city: Municipality | None, methods: Iterable[Method], as_of: dt.date | None = None
) -> dict[int, dict[str, Finding]]:
    """{method pk: {criterion: Finding}} for what has pilots that count; the rest is left to the prior."""
    methods = list(methods)
    return said_by(counted(city, methods, as_of).brief(), city, methods)  # type: ignore[attr-defined]  # our queryset


def said_by(
    pilots: Iterable[Pilot], city: Municipality | None, methods: Iterable[Method]
) -> dict[int, dict[str, Finding]]:
    """The same of pilots at hand, all that weigh, in the order in which they ended."""
    pools = _pools(city, pilots)
    if not pools:
        return {}
    prior = scores.prior([method for method in methods if method.pk in pools], city)
    return {
        method: {criterion: _finding(prior[method][criterion], found) for criterion, found in by.items()}
        for method, by in pools.items()
    }


def counted(
    city: Municipality | None, methods: Iterable[Method], as_of: dt.date | None = None
) -> QuerySet[Pilot]:
    """Pilots that weigh for `city` (None: for any city), as known on a day."""
    rows: QuerySet[Pilot] = Pilot.objects.with_outcome().filter(method__in=methods)  # type: ignore[attr-defined]  # our queryset
    own = Q(city=city) if city else Q(pk__in=())
    others = Q(state=Pilot.State.PUBLISHED)
    if as_of is not None:
        own &= Q(closed_on__lte=as_of)
        others &= Q(published_on__lte=as_of)
    return rows.filter(own | others).order_by("closed_on", "pk")


def _pools(city: Municipality | None, pilots: Iterable[Pilot]) -> dict[int, dict[str, list[Pool]]]:
    groups: dict[Key, list[Pilot]] = defaultdict(list)
    for pilot in pilots:
        groups[_key(pilot)].append(pilot)
    found: dict[int, dict[str, list[Pool]]] = defaultdict(lambda: defaultdict(list))
    for key, same in groups.items():
        found[key[0]][key[1]].append(_pool(city, same))
    return found


def _key(pilot: Pilot) -> Key:
    measure = " ".join((pilot.measure_fi or "").casefold().split())
    return pilot.method_id, pilot.criterion, measure, pilot.value_low or 0.0, pilot.value_high or 0.0


def _pool(city: Municipality | None, pilots: list[Pilot]) -> Pool:
    estimate = pool([PilotCount(p.city.slug, p.events or 0, p.companies or 0) for p in pilots])
    slug = city.slug if city else ""
    return Pool(tuple(pilots), estimate, estimate.for_city(slug), slug in estimate.cities)


def _finding(prior: Prior, pools: list[Pool]) -> Finding:
    data = _together([pool.value for pool in pools])
    return Finding(prior, combine((prior.low, prior.high), data), tuple(pools))


def _together(values: list[Normal]) -> Normal:
    """Different measures of one criterion, weighted by their precision."""
    precision = sum(1 / value.sd**2 for value in values)
    return Normal(sum(value.mean / value.sd**2 for value in values) / precision, sqrt(1 / precision))
