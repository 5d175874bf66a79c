"""Pooling pilots that counted the same thing: how often it happened among how many.

Each pilot gives the empirical logit log((events + ½) / (n − events + ½)), that is the logit of
(events + ½)/(n + 1), with variance 1/(events + ½) + 1/(n − events + ½) (Haldane 1956; Gart 1966). The pilots
of different cities differ by more than chance; that spread is held at `TAU` on the logit scale until there
are pilots enough to estimate it. Weights are inverse variances (normal–normal random effects).
"""

from __future__ import annotations

from dataclasses import dataclass
from math import exp, log, sqrt
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

NAME = "Inverse-variance mean of empirical logits, fixed spread between cities"
VERSION = "1.0"
CITATION = (
    "Whitehead, A. (2002). Meta-Analysis of Controlled Clinical Trials. Wiley, chapters 4 and 5. "
    "Gart, J. J. (1966). Alternative analyses of contingency tables. JRSS B 28(1), 164–179."
)
TAU = 0.5


class NoPilots(ValueError):
    """There is nothing to pool: the prior stands alone."""


@dataclass(frozen=True)
class PilotCount:
    """`events` of `n`, in one pilot of one city. ValueError unless 0 ≤ events ≤ n and n ≥ 1."""

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
    """A normal distribution on the logit scale. `share` is its middle; `ends` its central 95 %, as shares."""

    mean: float
    sd: float

    @property
    def share(self) -> float:
        return inverse_logit(self.mean)

    @property
    def ends(self) -> tuple[float, float]:
        return inverse_logit(self.mean - 1.96 * self.sd), inverse_logit(self.mean + 1.96 * self.sd)


@dataclass(frozen=True)
class PooledEstimate:
    """`pooled`: the mean over cities and its standard error; `prediction`: a city without a pilot of its own;
    `cities`: the estimate of each city that has pilots (best linear unbiased prediction)."""

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


def pool(pilots: Sequence[PilotCount], tau: float = TAU) -> PooledEstimate:
    """Pool the pilots of one method and one measure. NoPilots when there are none.

    Several pilots of one city count as one study with their events and n added up.
    """
    if not pilots:
        raise NoPilots("No pilots to pool.")
    studies = _by_city(pilots)
    effects = {city: (study.logit, study.variance) for city, study in studies.items()}
    pooled, cities = random_effects(effects, tau**2)
    return PooledEstimate(
        pilots=len(pilots),
        events=sum(pilot.events for pilot in pilots),
        n=sum(pilot.n for pilot in pilots),
        tau=tau,
        pooled=pooled,
        prediction=LogitEstimate(pooled.mean, sqrt(pooled.sd**2 + tau**2)),
        cities=cities,
    )


def random_effects(
    effects: Mapping[str, tuple[float, float]],
    tau2: float,
) -> tuple[LogitEstimate, dict[str, LogitEstimate]]:
    """The mean of {study: (effect, variance)} with its standard error, and the BLUP of each study.

    A BLUP is shrunk towards the mean; its variance counts the uncertainty of that mean (Henderson 1975).
    """
    total = sum(1 / (variance + tau2) for _, variance in effects.values())
    mean = sum(effect / (variance + tau2) for effect, variance in effects.values()) / total
    blups = {}
    for study, (effect, variance) in effects.items():
        own = tau2 / (tau2 + variance)
        sd = sqrt(own * variance + (1 - own) ** 2 / total)
        blups[study] = LogitEstimate(mean + own * (effect - mean), sd)
    return LogitEstimate(mean, sqrt(1 / total)), blups


def _by_city(pilots: Sequence[PilotCount]) -> dict[str, PilotCount]:
    studies: dict[str, PilotCount] = {}
    for pilot in pilots:
        before = studies.get(pilot.city)
        events, n = (before.events, before.n) if before else (0, 0)
        studies[pilot.city] = PilotCount(pilot.city, events + pilot.events, n + pilot.n)
    return studies


def inverse_logit(x: float) -> float:
    return 1 / (1 + exp(-x)) if x >= 0 else exp(x) / (1 + exp(x))
