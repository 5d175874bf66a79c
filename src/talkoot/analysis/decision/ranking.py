"""The plain weighted-sum ranking of single methods: for those who ask for it. It knows no budgets and no rules."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from talkoot.analysis.decision.exact.program import Array, Whole
    from talkoot.analysis.decision.outcome import Decision


def weighted_sums(scores: Array, weights: Array) -> Array:
    """Scores of methods × criteria under weights of (samples ×) criteria: (samples ×) methods."""
    return np.asarray(weights @ scores.T)


def order(sums: Array) -> Whole:
    """Positions of the methods, the best first; equal sums in the order of the columns."""
    return np.argsort(-sums, axis=-1, kind="stable")


def ranking(decision: Decision) -> list[tuple[str, float]]:
    """Methods with their weighted sum of expected scores at mean weights, the best first."""
    situation = decision.base.situation
    sums = weighted_sums(situation.mean[: len(situation.ids)], decision.weights.mean(axis=0))
    return [(situation.ids[i], float(sums[i])) for i in order(sums)]
