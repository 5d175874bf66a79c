"""Random effects over counts: the binomial-normal model by maximum likelihood (the one of lme4 and `rma.glmm`).

Studies without events, or with nothing else, enter as they are. The standard error of the mean comes from the
observed information in (mu, tau) together; intervals take t with k − 1 degrees of freedom. Equal counts are one
row taken several times.
"""

from __future__ import annotations

from dataclasses import dataclass
from math import log
from operator import itemgetter
from typing import TYPE_CHECKING

import numpy as np
from scipy.special import expit, xlogy

from talkoot.analysis.evidence import likelihood

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Floats = NDArray[np.float64]

SCANNED = (0.0, 0.15, 0.4, 1.0, 2.5, 6.0)
ROUNDS = 100
SCAN_NODES = 7
MANY, MANY_NODES = 200, 11
CLOSE = 1e-9
FLAT = 1e-12
ESCAPE = 0.05  # the likelihood is even in tau: at zero its slope says nothing


@dataclass(frozen=True)
class Counts:
    """Different counts, shapes (u,), each `times` times among the studies; `place` leads a study to its count."""

    events: Floats
    n: Floats
    times: Floats
    place: NDArray[np.intp]

    @property
    def nodes(self) -> int:
        """Of the quadrature; among many the error of one is nothing (1e-8 of the estimate)."""
        return likelihood.NODES if len(self.n) <= MANY else MANY_NODES

    @property
    def is_one_sided(self) -> bool:
        """No events anywhere, or nothing else: then only a prior keeps the mean finite."""
        return not self.events.any() or bool((self.events == self.n).all())

    def without(self, at: int) -> Counts:
        """One study less of those with the count `at`."""
        times = self.times.copy()
        times[at] -= 1
        kept = times > 0
        return Counts(self.events[kept], self.n[kept], times[kept], np.array([], dtype=np.intp))


@dataclass(frozen=True)
class Fit:
    """The mean over studies on the logit scale, its standard error, and the spread between studies."""

    estimate: float
    se: float
    tau: float


def counts(events: Floats, n: Floats) -> Counts:
    """Studies as given, shapes (k,)."""
    pairs, place, times = np.unique(
        np.stack([events, n], axis=1), axis=0, return_inverse=True, return_counts=True
    )
    return Counts(pairs[:, 0].copy(), pairs[:, 1].copy(), times.astype(float), place.reshape(-1))


def fit(studies: Counts) -> Fit:
    """Maximum likelihood; the studies must not be one-sided."""
    start = _pooled_logit(studies)
    tried = [_climb(studies, start, tau, rounds=3, nodes=SCAN_NODES) for tau in SCANNED]
    best = max(tried, key=itemgetter(2))
    mu, tau, _log = _climb(studies, best[0], best[1])
    return Fit(mu, _error(studies, mu, tau), tau)


def _pooled_logit(studies: Counts) -> float:
    events, n = float(studies.events @ studies.times), float(studies.n @ studies.times)
    return log(events / (n - events))


def _climb(
    studies: Counts, mu: float, tau: float, rounds: int = ROUNDS, nodes: int | None = None
) -> tuple[float, float, float]:
    """Newton's method uphill with halved steps, where the likelihood is not concave by its gradient; tau ≥ 0."""
    here = slopes(studies, mu, tau, nodes)
    for _ in range(rounds):
        step = _step(here, tau)
        size = 1.0
        while size > CLOSE:
            after = mu + size * step[0], max(0.0, tau + size * step[1])
            there = slopes(studies, *after, nodes)
            if there.log >= here.log:
                break
            size /= 2
        else:
            break
        moved = abs(after[0] - mu) + abs(after[1] - tau)
        (mu, tau), here = after, there
        if moved < CLOSE:
            break
    return mu, tau, float(here.log)


def _step(here: likelihood.Slopes, tau: float) -> tuple[float, float]:
    if tau == 0:
        escape = ESCAPE if here.tau_tau > 0 else 0.0
        return float(-here.by_mu / here.mu_mu), escape
    across = here.mu_mu * here.tau_tau - here.mu_tau**2
    if here.mu_mu < 0 and across > 0:
        along = float((here.mu_tau * here.by_tau - here.tau_tau * here.by_mu) / across)
        up = float((here.mu_tau * here.by_mu - here.mu_mu * here.by_tau) / across)
    else:
        along = float(here.by_mu / np.maximum(np.abs(here.mu_mu), FLAT))
        up = float(here.by_tau / np.maximum(np.abs(here.tau_tau), FLAT))
    return float(np.clip(along, -1, 1)), float(np.clip(up, -1, 1))


def slopes(
    studies: Counts, mu: Floats | float, tau: Floats | float, nodes: int | None = None
) -> likelihood.Slopes:
    """All studies together at one mu and tau, or at several, shape (…, 1)."""
    return likelihood.slopes(studies.events, studies.n, mu, tau, nodes or studies.nodes).total(studies.times)


def _error(studies: Counts, mu: float, tau: float) -> float:
    here = slopes(studies, mu, tau)
    return float(standard_error(here.mu_mu, here.mu_tau, here.tau_tau))


def standard_error(mu_mu: Floats, mu_tau: Floats, tau_tau: Floats) -> Floats:
    """Standard error of mu from the information of both; of mu alone where tau sits at its end."""
    crossed = np.where(tau_tau < 0, mu_tau**2 / np.where(tau_tau < 0, tau_tau, -1), 0.0)
    information = -(mu_mu - crossed)
    return np.asarray(1 / np.sqrt(np.where(information > 0, information, -mu_mu)))


def deviance(studies: Counts) -> float:
    """Likelihood ratio against one share for all: Cochran's Q without half counts, chi-squared of k − 1."""
    y, n = studies.events, studies.n
    share = float(y @ studies.times / (n @ studies.times))
    apart = xlogy(y, y / n) + xlogy(n - y, 1 - y / n)
    return max(0.0, float(2 * (apart - xlogy(y, share) - xlogy(n - y, 1 - share)) @ studies.times))


def typical_variance(studies: Counts, mu: float) -> float:
    """As Higgins and Thompson, with the variance of each logit at the pooled share."""
    w = studies.n * expit(mu) * expit(-mu)
    k, total = float(studies.times.sum()), float(w @ studies.times)
    return 1 / total if k == 1 else (k - 1) * total / (total**2 - float(w**2 @ studies.times))


def blups(studies: Counts, found: Fit) -> tuple[Floats, Floats]:
    """The most likely logit of each different count given mean and spread, with the error of the mean in its own."""
    if found.tau == 0:
        same = np.full(len(studies.n), found.estimate)
        return same, np.full(len(studies.n), found.se)
    mu, tau = (np.full(len(studies.n), value) for value in (found.estimate, found.tau))
    theta = mu + tau * likelihood.mode(studies.events, studies.n, mu, tau)
    p = expit(theta)
    variance = 1 / (1 / tau**2 + studies.n * p * (1 - p))
    return theta, np.sqrt(variance + (variance / tau**2) ** 2 * found.se**2)
