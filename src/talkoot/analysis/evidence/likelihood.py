"""The binomial-normal likelihood of counts: events ~ Binomial(n, inverse logit(mu + tau z)), z ~ N(0, 1).

The integral over z is taken by adaptive Gauss–Hermite quadrature: nodes around the mode of each study, spread by
the curvature there. Written in z, the likelihood is smooth in tau down to and through zero.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING

import numpy as np
from scipy.special import expit

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Floats = NDArray[np.float64]

NODES = 21
NEWTON_ROUNDS = 60
SETTLED = 1e-9
LEAP = 2.0  # on the logit, the furthest one step of Newton goes


@dataclass(frozen=True)
class Inside:
    """Each study at one mu and tau: `log` of its likelihood (without the binomial coefficient), shape (…, k);
    nodes `z` and their posterior weights `share`, shape (…, k, nodes), weights adding up to 1."""

    log: Floats
    z: Floats
    share: Floats
    theta: Floats

    def mean(self, values: Floats) -> Floats:
        """Expectation over the posterior of z of what is given at the nodes."""
        return np.asarray(np.einsum("...m,...m->...", self.share, values))


def inside(events: Floats, n: Floats, mu: Floats | float, tau: Floats | float, nodes: int = NODES) -> Inside:
    """`mu` and `tau` broadcast against the studies, shape (…, k)."""
    x, log_weight = _rule(nodes)
    shape = np.broadcast_shapes(np.shape(mu), np.shape(tau), events.shape)
    mu, tau = np.broadcast_to(mu, shape), np.broadcast_to(tau, shape)
    middle = mode(events, n, mu, tau)
    p = expit(mu + tau * middle)
    width = 1 / np.sqrt(1 + tau**2 * n * p * (1 - p))
    z = middle[..., None] + np.sqrt(2) * width[..., None] * x
    theta = mu[..., None] + tau[..., None] * z
    ceiling = np.maximum(theta, 0) + np.log1p(np.exp(-np.abs(theta)))
    log = events[..., None] * theta - n[..., None] * ceiling - z**2 / 2 + log_weight
    top = log.max(axis=-1, keepdims=True)
    share = np.exp(log - top)
    total = share.sum(axis=-1, keepdims=True)
    likelihood = (top + np.log(total))[..., 0] + np.log(width) - np.log(np.pi) / 2
    return Inside(likelihood, z, share / total, theta)


def mode(events: Floats, n: Floats, mu: Floats, tau: Floats) -> Floats:
    """The z most likely in each study, by Newton's method; the logarithm is concave."""
    share = (events + 0.5) / (n + 1)
    spread = 1 / ((n + 1) * share * (1 - share))
    z = tau * (np.log(share / (1 - share)) - mu) / (tau**2 + spread)
    limit = LEAP / np.maximum(np.abs(tau), 1e-300)
    for _ in range(NEWTON_ROUNDS):
        p = expit(mu + tau * z)
        step = (tau * (events - n * p) - z) / (1 + tau**2 * n * p * (1 - p))
        z = z + np.clip(step, -limit, limit)
        if np.abs(step).max(initial=0) < SETTLED:
            break
    return z


@dataclass(frozen=True)
class Slopes:
    """Each study's log likelihood with its derivatives by (mu, tau), shapes (…, k)."""

    log: Floats
    by_mu: Floats
    by_tau: Floats
    mu_mu: Floats
    mu_tau: Floats
    tau_tau: Floats

    def __sub__(self, other: Slopes) -> Slopes:
        return Slopes(*(a - b for a, b in zip(vars(self).values(), vars(other).values(), strict=True)))

    def total(self, times: Floats) -> Slopes:
        """Summed over studies, each taken `times` times; shapes (…,)."""
        return Slopes(*(part @ times for part in vars(self).values()))


def slopes(events: Floats, n: Floats, mu: Floats | float, tau: Floats | float, nodes: int = NODES) -> Slopes:
    found = inside(events, n, mu, tau, nodes)
    p = expit(found.theta)
    s = events[..., None] - n[..., None] * p
    bend = -n[..., None] * p * (1 - p)
    sz, z = s * found.z, found.z
    mean = found.mean
    by_mu, by_tau = mean(s), mean(sz)
    return Slopes(
        log=found.log,
        by_mu=by_mu,
        by_tau=by_tau,
        mu_mu=mean(bend + s**2) - by_mu**2,
        mu_tau=mean(bend * z + s * sz) - by_mu * by_tau,
        tau_tau=mean(bend * z**2 + sz**2) - by_tau**2,
    )


@cache
def _rule(nodes: int) -> tuple[Floats, Floats]:
    x, weight = np.polynomial.hermite.hermgauss(nodes)
    return x, np.log(weight) + x**2
