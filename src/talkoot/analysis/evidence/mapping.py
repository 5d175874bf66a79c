"""From what pilots measured to the value scale of a criterion, and together with what was thought before.

The value scale runs from 0 (as if the method were not used) to 100. The prior of the library is an interval,
taken as the central 90 % of a normal distribution; it and the pilots are combined by precision weighting.
"""

from __future__ import annotations

from dataclasses import dataclass
from math import sqrt
from statistics import NormalDist
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from talkoot.analysis.evidence.pooling import LogitEstimate

NAME = "Normal prior and pilots combined by precision"
VERSION = "1.0"
CITATION = "Gelman, A. et al. (2013). Bayesian Data Analysis, 3rd ed., CRC Press, section 2.5."
TOP = 100.0
PRIOR_REACH = NormalDist().inv_cdf(0.95)
WIDTH = 3.92  # standard deviations across the central 95 % of a normal distribution


@dataclass(frozen=True)
class ValueFunction:
    """Linear from the measure's own unit: `zero_at` is worth 0, `full_at` 100. It goes on beyond both ends.

    ValueError when the two are the same. `full_at` below `zero_at` means that less is better.
    """

    zero_at: float
    full_at: float

    def __post_init__(self) -> None:
        if self.zero_at == self.full_at:
            raise ValueError("A value function needs two different ends.")

    def __call__(self, measured: float) -> float:
        return TOP * (measured - self.zero_at) / (self.full_at - self.zero_at)


@dataclass(frozen=True)
class Normal:
    """A normal distribution on the value scale. `ends`: its central 95 %."""

    mean: float
    sd: float

    @property
    def ends(self) -> tuple[float, float]:
        return self.mean - WIDTH / 2 * self.sd, self.mean + WIDTH / 2 * self.sd

    def to_json(self) -> dict[str, float | None]:
        """As an item of `score` in a decision case."""
        return {"mean": self.mean, "sd": self.sd, "df": None}


@dataclass(frozen=True)
class Posterior:
    """What is thought of one method on one criterion, and how much the pilots weighed in it (0–1).

    `data` is None without pilots: then the prior stands, and the case takes the interval itself.
    """

    interval: tuple[float, float]
    prior: Normal
    data: Normal | None
    posterior: Normal
    data_weight: float
    method: str = NAME
    version: str = VERSION
    citation: str = CITATION

    def score(self) -> list[float] | dict[str, float | None]:
        """As an item of `score` in a decision case."""
        return list(self.interval) if self.data is None else self.posterior.to_json()


def to_value(estimate: LogitEstimate, value: ValueFunction) -> Normal:
    """The mean and the 95 % ends of the pilots through the value function; sd = width of the ends / 3.92."""
    ends = sorted(value(share) for share in estimate.ends)
    return Normal(value(estimate.share), (ends[1] - ends[0]) / WIDTH)


def combine(interval: tuple[float, float], data: Normal | None) -> Posterior:
    """Prior interval and pilots, weighted by their precision. ValueError when the interval is upside down.

    An interval of no width is certain: nothing can move it.
    """
    low, high = interval
    if low > high:
        raise ValueError("The low end of the prior is above its high end.")
    prior = Normal((low + high) / 2, (high - low) / (2 * PRIOR_REACH))
    if data is None:
        return Posterior(interval, prior, None, prior, 0.0)
    weight = _share_of_precision(data.sd, prior.sd)
    mean = weight * data.mean + (1 - weight) * prior.mean
    return Posterior(interval, prior, data, Normal(mean, sqrt(weight) * data.sd), weight)


def _share_of_precision(data_sd: float, prior_sd: float) -> float:
    return prior_sd**2 / (prior_sd**2 + data_sd**2) if prior_sd else 0.0
