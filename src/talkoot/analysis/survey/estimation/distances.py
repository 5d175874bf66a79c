"""The ratios of weights that Deville and Särndal (1992) find for three distances, by Newton's method.

With u = x·λ the ratio is 1 + u (linear), exp u (raking), both cut to the bounds where there are any, or the
logit function of u that runs from the lower to the upper bound. λ solves Σ d g(x·λ) x = t, the slope of a
convex function, so that a step is halved until that function falls.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from talkoot.analysis.survey.errors import SurveyError

if TYPE_CHECKING:
    from talkoot.analysis.survey.estimation.design import Floats

ROUNDS = 200
HALVINGS = 60
CLOSE = 1e-11
MET = 1e-8
FAR = 300.0  # beyond it a square overflows


def solve(
    rows: Floats, weights: Floats, totals: Floats, distance: str, bounds: tuple[float, float] | None
) -> tuple[Floats, np.ndarray[tuple[int], np.dtype[np.bool_]]]:
    """The ratio of each row, and which totals are missed. `rows`: n × q; `weights`: n; `totals`: q.

    SurveyError when the bounds are not those the distance needs.
    """
    low, high = _limits(distance, bounds)
    scale = np.maximum(np.abs(rows).max(axis=0), 1e-300)
    scaled, wanted = rows / scale, totals / scale
    tight = np.maximum(np.abs(wanted), np.abs(scaled).T @ np.abs(weights))
    multipliers = np.zeros(rows.shape[1])
    ratio, slope = _ratio(scaled @ multipliers, distance, low, high)
    gap = wanted - scaled.T @ (weights * ratio)
    for _ in range(ROUNDS):
        if np.all(np.abs(gap) <= CLOSE * tight):
            break
        curve = scaled.T @ (scaled * (weights * slope)[:, None])
        step = np.linalg.pinv(curve, rcond=1e-13, hermitian=True) @ gap
        moved = _step(scaled, weights, wanted, multipliers, step, distance, low, high)
        if moved is None:
            break
        multipliers = moved
        ratio, slope = _ratio(scaled @ multipliers, distance, low, high)
        gap = wanted - scaled.T @ (weights * ratio)
    return ratio, np.abs(gap) > MET * np.maximum(np.abs(wanted), 1e-3 * tight)


def _limits(distance: str, bounds: tuple[float, float] | None) -> tuple[float, float]:
    if bounds is None and distance != "logit":
        return -np.inf, np.inf
    if bounds is None or (distance == "logit" and bounds[0] < 0):
        raise SurveyError("bounds_needed", ["bounds"])
    if not bounds[0] < 1 < bounds[1]:
        raise SurveyError("bounds_miss_one", ["bounds"])
    return bounds


def _step(
    rows: Floats,
    weights: Floats,
    totals: Floats,
    at: Floats,
    step: Floats,
    distance: str,
    low: float,
    high: float,
) -> Floats | None:
    """Where to go from `at`: along the step, halved until the gap narrows; None when it never does."""

    def gap(multipliers: Floats) -> float:
        ratio, _ = _ratio(rows @ multipliers, distance, low, high)
        return float(np.linalg.norm(totals - rows.T @ (weights * ratio)))

    here = gap(at)
    for _ in range(HALVINGS):
        there = gap(at + step)
        if np.isfinite(there) and there < here:
            return at + step
        step = step / 2
    return None


def _ratio(u: Floats, distance: str, low: float, high: float) -> tuple[Floats, Floats]:
    """g(u) and its slope."""
    if distance == "logit":
        return _logit(u, low, high)
    free = 1 + u if distance == "linear" else np.exp(np.clip(u, -FAR, FAR))
    inside = (free > low) & (free < high)
    slope = np.ones_like(u) if distance == "linear" else free
    return np.clip(free, low, high), np.where(inside, slope, 0.0)


def _logit(u: Floats, low: float, high: float) -> tuple[Floats, Floats]:
    steep = (high - low) / ((high - 1) * (1 - low))
    power = np.exp(np.clip(steep * u, -FAR, FAR))
    below = high - 1 + (1 - low) * power
    ratio = (low * (high - 1) + high * (1 - low) * power) / below
    slope = steep * (high - 1) * (1 - low) * power * (high - low) / below**2
    return ratio, slope
