"""Few studies say little of how much they differ: the spread tau gets a half-normal prior, the mean a flat one.

Everything is integrated on grids, without chance. tau runs over equal steps of its logarithm (the trapezoid rule
is all but exact there). With known variances the rest is a mixture of normals in closed form. With counts, mu runs
over points around its mode at each tau, spread by a hyperbolic sine so that long tails are in, and each study over
Gauss–Hermite nodes. Counts without any events, or with nothing else, leave a flat prior of mu without a
posterior: then the share of a typical study has the prior of Jeffreys, Beta(½, ½).
"""

from __future__ import annotations

from dataclasses import dataclass
from math import expm1, log, sqrt
from typing import TYPE_CHECKING

import numpy as np
from scipy.special import expit, ndtr

from talkoot.analysis.evidence import counts, likelihood, roots
from talkoot.analysis.evidence.results import TauPrior

if TYPE_CHECKING:
    from collections.abc import Callable

    from numpy.typing import NDArray

    from talkoot.analysis.evidence.counts import Counts

    Floats = NDArray[np.float64]

TAIL = 0.025
FINE, COARSE = 0.15, 0.25  # steps of log tau: closed form, and counts
LEAST_STEP = 1e-4
REACH = 4.5  # sinh(4.5) = 45 standard deviations on each side
POINTS = 81
NEW_NODES = 41
SETTLED = 1e-6
MOST_ROUNDS = 60


@dataclass(frozen=True)
class Posterior:
    """Means and standard deviations over the grid; `studies` as given (of counts: each different one)."""

    mean: float
    sd: float
    ends: tuple[float, float]
    prediction: tuple[float, float]
    tau2: float
    prior: TauPrior
    studies: tuple[Floats, Floats]


def estimates(y: Floats, v: Floats, scale: float) -> Posterior:
    """Estimates with known variances, shapes (k,), k ≥ 1."""
    tau, prior = _taus(scale, float(np.ptp(y)), sqrt(float(v.min())), FINE)
    w = 1 / (v + tau[:, None] ** 2)
    total = w.sum(axis=1)
    mean = w @ y / total
    rest = (w * (y - mean[:, None]) ** 2).sum(axis=1)
    logs = (np.log(w).sum(axis=1) - np.log(total) - rest) / 2 + prior
    share = _shares(logs)
    own = tau[:, None] ** 2 * w
    blup = mean[:, None] + own * (y - mean[:, None])
    spread = own * v + (1 - own) ** 2 / total[:, None]
    middle, variance = _moments(share, mean, 1 / total)
    sd = np.sqrt(1 / total), np.sqrt(1 / total + tau**2)
    ends = [_mixture_ends(share, mean, s, middle) for s in sd]
    return Posterior(
        mean=float(middle),
        sd=sqrt(variance),
        ends=ends[0],
        prediction=ends[1],
        tau2=float(share @ tau**2),
        prior=_tau_prior(scale, share, tau),
        studies=_studies(share, blup, spread),
    )


def events(studies: Counts, scale: float) -> Posterior:
    """Counts of one kind or several; each counts as often as `times` says."""
    logit = np.log((studies.events + 0.5) / (studies.n - studies.events + 0.5))
    tau, prior = _taus(scale, float(np.ptp(logit)), 2 / sqrt(float(studies.n.max())), COARSE)
    middle, width = _modes(studies, tau)
    t = np.linspace(-REACH, REACH, POINTS)
    mu = middle[:, None] + width[:, None] * np.sinh(t)
    within = likelihood.inside(studies.events, studies.n, mu[..., None], tau[:, None, None])
    logs = within.log @ studies.times + _log_prior(studies, mu)
    logs += np.log(width[:, None] * np.cosh(t)) + prior[:, None]
    share = _shares(logs)
    theta = within.mean(within.theta)
    spread = within.mean((within.theta - theta[..., None]) ** 2)
    by_tau = share.sum(axis=1)
    mean, variance = _moments(share.ravel(), mu.ravel(), np.zeros(mu.size))
    below = _below(t, share, middle, width)
    z, weight = np.polynomial.hermite_e.hermegauss(NEW_NODES)
    weight = weight / weight.sum()
    reach = sqrt(variance + float(by_tau @ tau**2))
    size = len(studies.n)
    return Posterior(
        mean=mean,
        sd=sqrt(variance),
        ends=_ends(lambda x: float(below(np.full((len(tau), 1), x)).sum()), mean, reach),
        prediction=_ends(lambda x: float((below(x - tau[:, None] * z) @ weight).sum()), mean, reach),
        tau2=float(by_tau @ tau**2),
        prior=_tau_prior(scale, by_tau, tau),
        studies=_studies(share.ravel(), theta.reshape(-1, size), spread.reshape(-1, size)),
    )


def _taus(scale: float, apart: float, least: float, step: float) -> tuple[Floats, Floats]:
    """tau by equal steps of its logarithm, and the logarithm of each point's weight under the prior.

    From well below the least error of a study to where the prior lets studies so far apart be; the first point
    stands for all smaller ones (a geometric series). The further apart, the narrower the peak (its width in
    log tau is 0.6 √(scale / apart)) and the steps.
    """
    step = min(step, max(0.6 * sqrt(scale / apart), LEAST_STEP)) if apart else step
    low, top = min(scale, least) / 1000, 6.5 * scale + 2 * sqrt(apart * scale)
    tau = np.exp(np.arange(log(low), log(top) + step, step))
    weight = np.log(tau) - (tau / scale) ** 2 / 2
    weight[0] -= log(-expm1(-step))
    return tau, weight


def _mixture_ends(share: Floats, mean: Floats, sd: Floats, middle: float) -> tuple[float, float]:
    return _ends(lambda x: float(share @ ndtr((x - mean) / sd)), middle, float(sd.max()))


def _modes(studies: Counts, tau: Floats) -> tuple[Floats, Floats]:
    """The mu most likely at each tau, and its standard deviation there."""
    share = (studies.events @ studies.times + 0.5) / (studies.n @ studies.times + 1)
    mu = np.full(len(tau), log(share / (1 - share)))
    bend = np.full(len(tau), -1.0)
    for _ in range(MOST_ROUNDS):
        here = counts.slopes(studies, mu[:, None], tau[:, None])
        slope, bend = here.by_mu, here.mu_mu
        if studies.is_one_sided:
            slope, bend = slope + 0.5 - expit(mu), bend - expit(mu) * expit(-mu)
        bend = np.minimum(bend, -1 / (4 * tau**2 + 36))
        step = np.clip(-slope / bend, -1, 1)
        mu = mu + step
        if np.abs(step).max() < SETTLED:
            break
    return mu, 1 / np.sqrt(-bend)


def _log_prior(studies: Counts, mu: Floats) -> Floats:
    return np.asarray(mu / 2 - np.logaddexp(0, mu)) if studies.is_one_sided else np.zeros_like(mu)


def _shares(logs: Floats) -> Floats:
    share = np.exp(logs - logs.max())
    return np.asarray(share / share.sum())


def _moments(share: Floats, mean: Floats, variance: Floats) -> tuple[float, float]:
    middle = float(share @ mean)
    return middle, float(share @ (variance + (mean - middle) ** 2))


def _studies(share: Floats, mean: Floats, variance: Floats) -> tuple[Floats, Floats]:
    middle = np.asarray(share @ mean)
    return middle, np.sqrt(share @ (variance + (mean - middle) ** 2))


def _tau_prior(scale: float, share: Floats, tau: Floats) -> TauPrior:
    mean = float(share @ tau)
    return TauPrior(scale, mean, sqrt(max(0.0, float(share @ (tau - mean) ** 2))))


def _below(t: Floats, share: Floats, middle: Floats, width: Floats) -> Callable[[Floats], Floats]:
    """The probability, by tau, that mu lies below x, shape (taus, …).

    Along t the trapezoid rule with two corrections of Euler and Maclaurin (derivatives by differences), and between its points cubics that
    meet the density at both ends.
    """
    step = t[1] - t[0]
    slope = np.gradient(share, axis=1)
    third = np.gradient(np.gradient(slope, axis=1), axis=1)
    risen = np.cumsum(share, axis=1) - share / 2 - slope / 12 + 11 / 720 * third
    rows = np.arange(len(middle))[:, None]

    def below(x: Floats) -> Floats:
        at = np.clip(np.arcsinh((x - middle[:, None]) / width[:, None]), -REACH, REACH)
        piece = np.minimum(((at + REACH) / step).astype(np.intp), len(t) - 2)
        u = (at - t[piece]) / step
        f0, f1 = share[rows, piece], share[rows, piece + 1]
        y0, y1 = risen[rows, piece], risen[rows, piece + 1]
        return np.asarray(y0 + u * (f0 + u * ((3 * (y1 - y0) - 2 * f0 - f1) + u * (f0 + f1 - 2 * (y1 - y0)))))

    return below


def _ends(below: Callable[[float], float], mean: float, reach: float) -> tuple[float, float]:
    """The central 95 % of a distribution, given the probability below a point."""

    def end(level: float, side: int) -> float:
        far = reach
        while (below(mean + side * far) - level) * side < 0:
            far *= 2
        return roots.between(lambda x: below(x) - level, mean, mean + side * far)

    return end(TAIL, -1), end(1 - TAIL, 1)
