"""Pooling pilots that counted the same thing: how often it happened among how many.

The binomial-normal model of `counts` and `few`, computed without numpy (`plain`), so that a page can do it. The
pilots of different cities differ by more than chance; with three cities or fewer that spread has a half-normal
prior, with more it is estimated.
"""

from __future__ import annotations

from dataclasses import dataclass
from math import exp, log
from typing import TYPE_CHECKING

from talkoot.analysis.evidence import plain

if TYPE_CHECKING:
    from collections.abc import Sequence

NAME = "Binomial-normal random effects; to three cities a half-normal prior of their spread"
VERSION = "2.0"
CITATION = (
    "Stijnen, T., Hamza, T. H., Özdemir, P. (2010). Statistics in Medicine 29, 3046–3067. "
    "Röver, C. et al. (2021). Research Synthesis Methods 12, 448–474."
)


class NoPilots(ValueError):
    """There is nothing to pool: the prior stands alone."""


@dataclass(frozen=True)
class PilotCount:
    """`events` of `n`, in one pilot of one city. ValueError unless 0 ≤ events ≤ n and n ≥ 1.

    `logit` and `variance` draw it alone, with half a count added to both sides (Haldane 1956; Gart 1966); pooling
    takes the counts as they are.
    """

    city: str
    events: int
    n: int

    def __post_init__(self) -> None:
        if not 0 <= self.events <= self.n or self.n < 1:
            raise ValueError(f"{self.events} of {self.n} is not a count.")

    @property
    def logit(self) -> float:
        return log((self.events + 0.5) / (self.n - self.events + 0.5))

    @property
    def variance(self) -> float:
        return 1 / (self.events + 0.5) + 1 / (self.n - self.events + 0.5)


@dataclass(frozen=True)
class LogitEstimate:
    """A distribution on the logit scale. `share` is its middle; `ends` its central 95 %, as shares: those of
    `interval` on the logit, or of a normal distribution where there is none."""

    mean: float
    sd: float
    interval: tuple[float, float] | None = None

    @property
    def share(self) -> float:
        return inverse_logit(self.mean)

    @property
    def ends(self) -> tuple[float, float]:
        low, high = self.interval or (self.mean - 1.96 * self.sd, self.mean + 1.96 * self.sd)
        return inverse_logit(low), inverse_logit(high)


@dataclass(frozen=True)
class PooledEstimate:
    """`pooled`: the mean over cities and its standard error; `prediction`: a city without a pilot of its own;
    `cities`: the estimate of each city that has pilots, shrunk towards the mean. `tau`: their spread."""

    pilots: int
    events: int
    n: int
    tau: float
    pooled: LogitEstimate
    prediction: LogitEstimate
    cities: dict[str, LogitEstimate]
    method: str = NAME
    version: str = VERSION
    citation: str = CITATION

    def for_city(self, city: str) -> LogitEstimate:
        """What is expected in a city: from its own pilots where it has any, else the prediction."""
        return self.cities.get(city, self.prediction)


def pool(pilots: Sequence[PilotCount]) -> PooledEstimate:
    """Pool the pilots of one method and one measure. NoPilots when there are none.

    Several pilots of one city count as one study with their events and n added up.
    """
    if not pilots:
        raise NoPilots("No pilots to pool.")
    studies = _by_city(pilots)
    order = sorted(studies, key=lambda city: (studies[city].events, studies[city].n, city))
    found = plain.pool(tuple((studies[city].events, studies[city].n) for city in order))
    own = {city: LogitEstimate(*each) for city, each in zip(order, found.own, strict=True)}
    return PooledEstimate(
        pilots=len(pilots),
        events=sum(pilot.events for pilot in pilots),
        n=sum(pilot.n for pilot in pilots),
        tau=found.tau,
        pooled=LogitEstimate(found.mean, found.sd),
        prediction=LogitEstimate(found.mean, (found.sd**2 + found.tau**2) ** 0.5, found.prediction),
        cities={city: own[city] for city in studies},
    )


def _by_city(pilots: Sequence[PilotCount]) -> dict[str, PilotCount]:
    studies: dict[str, PilotCount] = {}
    for pilot in pilots:
        before = studies.get(pilot.city)
        events, n = (before.events, before.n) if before else (0, 0)
        studies[pilot.city] = PilotCount(pilot.city, events + pilot.events, n + pilot.n)
    return studies


def inverse_logit(x: float) -> float:
    return 1 / (1 + exp(-x)) if x >= 0 else exp(x) / (1 + exp(x))
