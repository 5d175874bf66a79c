"""Leaving out one study of many counts without fitting the rest anew each time.

Newton's method runs for all left-out studies at once: the slopes of all studies less each one's own. Up to 150
different counts the slopes of all are computed at every estimate, and the result is that of a refit. Beyond, they
are expanded around the common estimate to second order (third derivatives by differences), which is off by the
order of k^-1.5 of a standard error, below a thousandth. What does not settle nearby is refitted.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from talkoot.analysis.evidence import counts, likelihood

if TYPE_CHECKING:
    from collections.abc import Callable

    from numpy.typing import NDArray

    from talkoot.analysis.evidence.counts import Counts, Fit

    Floats = NDArray[np.float64]
    All = Callable[[Floats, Floats], likelihood.Slopes]

EXACT = 150
ROUNDS = 12
SETTLED = 1e-8
NEAR_MU, NEAR_TAU = 0.3, 0.15  # on the logit: within it the likelihood is all but a third-degree polynomial
NUDGE = 1e-3


def leave_one_out(studies: Counts, found: Fit) -> tuple[Floats, Floats]:
    """Estimate and error without one study of each different count; NaN where the others are one-sided."""
    exact = len(studies.n) <= EXACT
    estimates, errors = _newton(studies, found, _recomputed(studies) if exact else _expanded(studies, found))
    for at in range(len(studies.n)):
        if np.isnan(estimates[at]) or (exact and studies.without(at).is_one_sided):
            estimates[at], errors[at] = _refit(studies.without(at))
    return estimates, errors


def _refit(others: Counts) -> tuple[float, float]:
    if others.is_one_sided:
        return float("nan"), float("nan")
    found = counts.fit(others)
    return found.estimate, found.se


def _newton(studies: Counts, found: Fit, every: All) -> tuple[Floats, Floats]:
    size = len(studies.n)
    mu, tau = np.full(size, found.estimate), np.full(size, found.tau)
    with np.errstate(all="ignore"):
        for _ in range(ROUNDS):
            rest = every(mu, tau) - likelihood.slopes(studies.events, studies.n, mu, tau, studies.nodes)
            along, up = _step(rest, tau)
            after = np.maximum(tau + up, 0)
            moved = np.maximum(np.abs(along), np.abs(after - tau))
            mu, tau = mu + along, after
            if (moved < SETTLED).all():
                break
        errors = counts.standard_error(rest.mu_mu, rest.mu_tau, rest.tau_tau)
    near = (np.abs(mu - found.estimate) < NEAR_MU) & (np.abs(tau - found.tau) < NEAR_TAU)
    held = (moved < SETTLED) & near & (rest.tau_tau < 0) & np.isfinite(errors)
    return np.where(held, mu, np.nan), np.where(held, errors, np.nan)


def _step(rest: likelihood.Slopes, tau: Floats) -> tuple[Floats, Floats]:
    across = rest.mu_mu * rest.tau_tau - rest.mu_tau**2
    along = (rest.mu_tau * rest.by_tau - rest.tau_tau * rest.by_mu) / across
    up = (rest.mu_tau * rest.by_mu - rest.mu_mu * rest.by_tau) / across
    at_end = tau == 0
    return np.where(at_end, -rest.by_mu / rest.mu_mu, along), np.where(at_end, 0.0, up)


def _recomputed(studies: Counts) -> All:
    return lambda mu, tau: counts.slopes(studies, mu[:, None], tau[:, None])


def _expanded(studies: Counts, found: Fit) -> All:
    here = counts.slopes(studies, found.estimate, found.tau)
    by_mu, by_tau = _bend(studies, found, NUDGE, 0), _bend(studies, found, 0, NUDGE)

    def at(mu: Floats, tau: Floats) -> likelihood.Slopes:
        a, b = mu - found.estimate, tau - found.tau
        bent = [x * a + y * b for x, y in zip(by_mu, by_tau, strict=True)]
        return likelihood.Slopes(
            log=here.log + 0 * a,
            by_mu=here.by_mu + (here.mu_mu + bent[0] / 2) * a + (here.mu_tau + bent[1] / 2) * b,
            by_tau=here.by_tau + (here.mu_tau + bent[1] / 2) * a + (here.tau_tau + bent[2] / 2) * b,
            mu_mu=here.mu_mu + bent[0],
            mu_tau=here.mu_tau + bent[1],
            tau_tau=here.tau_tau + bent[2],
        )

    return at


def _bend(studies: Counts, found: Fit, along: float, up: float) -> tuple[float, float, float]:
    """How the second derivatives change in one direction. The likelihood goes on evenly below tau = 0."""
    after = counts.slopes(studies, found.estimate + along, found.tau + up)
    before = counts.slopes(studies, found.estimate - along, found.tau - up)
    width = 2 * (along + up)
    return (
        float(after.mu_mu - before.mu_mu) / width,
        float(after.mu_tau - before.mu_tau) / width,
        float(after.tau_tau - before.tau_tau) / width,
    )
