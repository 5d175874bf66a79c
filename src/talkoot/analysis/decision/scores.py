"""Scores as numbers: the ends of what they may be, and draws from what they are thought to be.

Each method has a random stream of its own, set by the seed and its id, and every draw is a quantile of one
uniform number. So a change of the case changes only the draws it speaks of: differences are not noise.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeAlias
from zlib import crc32

import numpy as np
from scipy.special import ndtri, stdtrit

from talkoot.analysis.decision.case import Interval, Posterior

if TYPE_CHECKING:
    from collections.abc import Sequence

    from talkoot.analysis.decision.case import Method, Score

Array: TypeAlias = np.ndarray[tuple[int, ...], np.dtype[np.float64]]

UPPER_TAIL = 0.975
SMALLEST = 2.0**-54  # keeps the quantile of a uniform number 0 finite


def ends(methods: Sequence[Method]) -> tuple[Array, Array]:
    """Least and greatest score, each methods × criteria; a posterior enters as its central 95 %."""
    each = np.array([[_ends(item) for item in method.score] for method in methods], dtype=np.float64)
    return each[:, :, 0], each[:, :, 1]


def means(methods: Sequence[Method]) -> Array:
    """Expected scores, methods × criteria; the middle of the distribution where df ≤ 1 leaves no mean."""
    return np.array([[_mean(item) for item in method.score] for method in methods], dtype=np.float64)


def values(methods: Sequence[Method], weights: Array, seed: int) -> Array:
    """Drawn weighted scores, samples × methods, from weights of samples × criteria. Draws are not cut."""
    return np.stack(
        [np.sum(weights * _draws(method, weights.shape, seed), axis=1) for method in methods], axis=1
    )


def _draws(method: Method, shape: tuple[int, ...], seed: int) -> Array:
    uniform = np.random.default_rng([seed, crc32(method.id.encode())]).random(shape)
    return np.stack([_quantile(item, uniform[:, c]) for c, item in enumerate(method.score)], axis=1)


def _quantile(item: Score, uniform: Array) -> Array:
    if isinstance(item, Interval):
        return item.low + (item.high - item.low) * uniform
    if isinstance(item, Posterior):
        return item.mean + item.sd * _standard_quantile(np.maximum(uniform, SMALLEST), item.df)
    return np.full(uniform.shape, float(item))


def _standard_quantile(probability: Array, df: float | None) -> Array:
    return np.asarray(ndtri(probability) if df is None else stdtrit(df, probability), dtype=np.float64)


def _ends(item: Score) -> tuple[float, float]:
    if isinstance(item, Interval):
        return item.low, item.high
    if isinstance(item, Posterior):
        reach = item.sd * float(_standard_quantile(np.array(UPPER_TAIL), item.df))
        return item.mean - reach, item.mean + reach
    return item, item


def _mean(item: Score) -> float:
    if isinstance(item, Interval):
        return (item.low + item.high) / 2
    return item.mean if isinstance(item, Posterior) else item
