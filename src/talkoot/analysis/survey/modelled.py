"""Shares of small groups drawn towards the mean of their size and industry: "modelled", beside the direct figure.

The true share of a group is taken to vary around the mean of its kind (the same size and industry in all cities)
by a beta distribution; the answers, counted as Kish's effective number, are binomial (Efron and Morris 1975;
Rao and Molina 2015, section 9.5). The mean of the kind and the spread between its groups come from the answers of
all of them. A group with many answers keeps its own share, one with few moves towards its kind. The direct figure
is never replaced: both are given, and the modelled one says how much of it is the group's own.
"""

from __future__ import annotations

from dataclasses import dataclass
from math import sqrt
from typing import TYPE_CHECKING, TypeAlias, TypeVar

import numpy as np
from scipy.optimize import brentq
from scipy.special import betainc, betaln

if TYPE_CHECKING:
    from collections.abc import Hashable, Mapping

    from numpy.typing import NDArray

    Key = TypeVar("Key", bound=Hashable)
    Floats: TypeAlias = NDArray[np.float64]

NAME = "Beta-binomial shrinkage to the mean of size and industry"
VERSION = "1.0"
CITATION = (
    "Efron, B. & Morris, C. (1975). JASA 70(350), 311–319. "
    "Rao, J. N. K. & Molina, I. (2015). Small Area Estimation, 2nd ed. Wiley, section 9.5."
)
TAIL = 0.025
CONCENTRATIONS = np.exp(np.linspace(np.log(0.5), np.log(2_000.0), 25))
MEANS = np.linspace(0.01, 0.99, 99)
NEGLIGIBLE = 1e-6
CLOSE = 1e-8


@dataclass(frozen=True)
class Direct:
    """A group's own weighted share and the effective number of its answers (0 when nobody answered)."""

    share: float
    effective_n: float

    def __post_init__(self) -> None:
        if not 0 <= self.share <= 1 or not self.effective_n >= 0:
            raise ValueError(f"{self.share} of {self.effective_n} answers is not a share.")


@dataclass(frozen=True)
class Modelled:
    """`low`–`high`: central 95 % of what is likely. `own`: how much of the estimate is the group's, from 0 to 1."""

    estimate: float
    se: float
    low: float
    high: float
    own: float
    direct: Direct
    method: str = NAME
    version: str = VERSION
    citation: str = CITATION


def modelled(groups: Mapping[Key, Direct]) -> dict[Key, Modelled]:
    """Groups of one kind, for example the steel mills of 50–249 people in each city.

    The posterior of a group averages over a grid of means and spreads by their likelihood under flat priors on
    the mean and on the logarithm of the spread, so that few groups give wide intervals rather than false certainty.
    """
    if not groups:
        return {}
    means, spreads = (axis.ravel() for axis in np.meshgrid(MEANS, CONCENTRATIONS, indexing="ij"))
    weights = _likelihood(groups, means, spreads)
    return {key: _posterior(direct, means, spreads, weights) for key, direct in groups.items()}


def _likelihood(groups: Mapping[Key, Direct], means: Floats, spreads: Floats) -> Floats:
    """Of the answers of all groups at each point of the grid, scaled to sum 1."""
    yes, no = means * spreads, (1 - means) * spreads
    log = np.zeros(len(means))
    for direct in groups.values():
        said = direct.share * direct.effective_n
        log += betaln(yes + said, no + direct.effective_n - said) - betaln(yes, no)
    weights = np.exp(log - log.max())
    return np.asarray(weights / weights.sum())


def _posterior(direct: Direct, means: Floats, spreads: Floats, weights: Floats) -> Modelled:
    kept = weights > NEGLIGIBLE
    weights, spreads = weights[kept] / weights[kept].sum(), spreads[kept]
    said, n = direct.share * direct.effective_n, direct.effective_n
    yes = means[kept] * spreads + said
    no = spreads + n - yes
    centres = yes / (yes + no)
    estimate = float(weights @ centres)
    within = centres * (1 - centres) / (yes + no + 1)
    variance = float(weights @ (within + (centres - estimate) ** 2))
    low, high = (_quantile(p, yes, no, weights) for p in (TAIL, 1 - TAIL))
    return Modelled(estimate, sqrt(variance), low, high, float(weights @ (n / (n + spreads))), direct)


def _quantile(p: float, yes: Floats, no: Floats, weights: Floats) -> float:
    """Of the mixture of beta distributions."""

    def beyond(share: float) -> float:
        return float(weights @ betainc(yes, no, share)) - p

    return float(brentq(beyond, 0.0, 1.0, xtol=CLOSE))
