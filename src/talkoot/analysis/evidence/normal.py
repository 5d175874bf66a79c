"""Random effects over estimates with known variances: REML, Hartung–Knapp–Sidik–Jonkman with the safeguard.

Weights are 1/(v + tau²). The standard error is that of Hartung and Knapp with the factor max(1, q), so that the
interval is never narrower than the inverse-variance one ("adhoc"); it also enters the BLUPs and the prediction
interval, both with k − 1 degrees of freedom. Checked against metafor 3.8-1 (`test="adhoc"`).
"""

from __future__ import annotations

from dataclasses import dataclass
from math import sqrt
from typing import TYPE_CHECKING

import numpy as np

from talkoot.analysis.evidence import roots

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Floats = NDArray[np.float64]

SCANNED = 60
EXACT_LEAVES = 40
TERMS = 24
ROUNDS = 60


@dataclass(frozen=True)
class Fit:
    """The mean over studies with its Hartung–Knapp standard error (adhoc), and the variance between studies."""

    estimate: float
    se: float
    tau2: float


def fit(y: Floats, v: Floats) -> Fit:
    """Estimates and variances, shape (k,), k ≥ 2."""
    spread = tau2(y, v)
    w = 1 / (v + spread)
    mean = float(np.average(y, weights=w))
    q = float(w @ (y - mean) ** 2) / (len(y) - 1)
    return Fit(mean, sqrt(max(1.0, q) / float(w.sum())), spread)


def tau2(y: Floats, v: Floats) -> float:
    """The variance between studies that maximises the restricted likelihood, found over its whole range."""
    top = max(float(np.sum((y - y.mean()) ** 2)) * 2, float(v.min()) * 1e-6)
    scan = np.concatenate([[0.0], np.geomspace(min(float(v.min()) * 1e-4, top / 10), top, SCANNED)])
    best = int(np.argmax([_likelihood(y, v, t) for t in scan]))
    low, high = scan[max(best - 1, 0)], scan[min(best + 1, SCANNED)]
    if _score(y, v, low) <= 0 or _score(y, v, high) >= 0:
        return float(scan[best])
    return roots.between(lambda t: _score(y, v, t), float(low), float(high))


def _likelihood(y: Floats, v: Floats, t: float) -> float:
    w = 1 / (v + t)
    total = w.sum()
    rest = y - w @ y / total
    return float(np.log(w).sum() - np.log(total) - w @ rest**2) / 2


def _score(y: Floats, v: Floats, t: float) -> float:
    """Derivative of the restricted likelihood by tau², times two."""
    w = 1 / (v + t)
    total = w.sum()
    rest = y - w @ y / total
    return float(w**2 @ rest**2 - total + (w**2).sum() / total)


def typical_variance(v: Floats) -> float:
    """The variance within a typical study (Higgins and Thompson 2002); of a single one, its own."""
    w = 1 / v
    if len(v) == 1:
        return float(v[0])
    return float((len(v) - 1) * w.sum() / (w.sum() ** 2 - (w**2).sum()))


def cochran_q(y: Floats, v: Floats) -> float:
    w = 1 / v
    return float(w @ (y - np.average(y, weights=w)) ** 2)


def blups(y: Floats, v: Floats, found: Fit) -> tuple[Floats, Floats]:
    """Each study shrunk towards the mean, and its standard error with that of the mean in it."""
    own = found.tau2 / (found.tau2 + v)
    return found.estimate + own * (y - found.estimate), np.sqrt(own * v + (1 - own) ** 2 * found.se**2)


def leave_one_out(y: Floats, v: Floats, found: Fit) -> tuple[Floats, Floats]:
    """Estimate and standard error without each study, every tau² estimated anew, shapes (k,).

    Beyond 40 studies the sums over all of them, smooth in tau², are interpolated by Chebyshev polynomials around
    the common estimate and each study's own part is taken off: 24 sweeps over the studies instead of k, equal to
    refits to about 1e-9. Studies that move tau² out of that window are left out by a refit.
    """
    k = len(y)
    estimates, errors = np.full(k, np.nan), np.full(k, np.nan)
    if k > EXACT_LEAVES:
        estimates, errors = _by_interpolation(y - found.estimate, v, found.tau2)
        estimates += found.estimate
    for i in np.flatnonzero(np.isnan(estimates)):
        without = fit(np.delete(y, i), np.delete(v, i))
        estimates[i], errors[i] = without.estimate, without.se
    return estimates, errors


def _by_interpolation(y: Floats, v: Floats, middle: float) -> tuple[Floats, Floats]:
    reach = (middle + float(v.min())) / 3
    low, high = max(0.0, middle - reach), middle + reach
    nodes = np.cos(np.pi * (np.arange(TERMS) + 0.5) / TERMS)
    sums = np.array([_terms(y, v, (low + high) / 2 + (high - low) / 2 * x).sum(axis=1) for x in nodes])
    series = np.polynomial.chebyshev.chebfit(nodes, sums, TERMS - 1)

    def others(t: Floats) -> Floats:
        x = (2 * t - low - high) / (high - low)
        return np.asarray(np.polynomial.chebyshev.chebval(x, series)) - _terms(y, v, t)

    t, done = np.full(len(y), middle), np.zeros(len(y), dtype=bool)
    for _ in range(ROUNDS):
        w1, w2, w3, y1, y2, _q1, q2 = others(t)
        mean = y1 / w1
        score = q2 - 2 * mean * y2 + mean**2 * w2 - w1 + w2 / w1
        step = score / (w2 - 2 * w3 / w1 + (w2 / w1) ** 2)
        after = np.clip(t + step, low, high)
        done = np.abs(after - t) <= 1e-13 * (t + v.min())
        t = after
        if done.all():
            break
    w1, _w2, _w3, y1, _y2, q1, _q2 = others(t)
    mean = y1 / w1
    q = (q1 - mean * y1) / (len(y) - 2)
    inside = done & (t < high) & ((t > low) | (low == 0))
    errors = np.sqrt(np.maximum(1.0, q) / w1)
    return np.where(inside, mean, np.nan), np.where(inside, errors, np.nan)


def _terms(y: Floats, v: Floats, t: Floats | float) -> Floats:
    """Powers of the weights and their products with y and y², shape (7, k)."""
    w = 1 / (v + t)
    return np.array([w, w**2, w**3, w * y, w**2 * y, w * y**2, w**2 * y**2])
