"""The same questions answered by trying every subset."""

from __future__ import annotations

from itertools import product
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from talkoot.analysis.decision.exact.program import Array, Chosen


def feasible(needs: Array, limits: Array, available: Chosen) -> Chosen:
    subsets: Chosen = np.array(list(product([False, True], repeat=len(needs))))
    fit = np.all(subsets @ needs <= limits + 1e-9, axis=1)
    return np.asarray(subsets[fit & ~np.any(subsets & ~available, axis=1)])


def best(subsets: Chosen, values: Array) -> tuple[list[int], float]:
    """Greatest value; of equal ones the first by sorted positions."""
    worth = subsets @ values
    top = worth.max()
    tied = subsets[worth >= top - 1e-9 * max(1, abs(top))]
    first = min(np.flatnonzero(row).tolist() for row in tied)
    return first, float(top)


def greatest_regret(chosen: Chosen, subsets: Chosen, vertices: Array, low: Array, high: Array) -> float:
    worst = 0.0
    for weights in vertices:
        lower, upper = low @ weights, high @ weights
        for rival in subsets:
            gain = upper[rival & ~chosen].sum() - lower[chosen & ~rival].sum()
            worst = max(worst, float(gain))
    return worst
