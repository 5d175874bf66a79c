"""Scores as numbers: the ends of what they may be, and draws from what they are thought to be.

Each method and synergy has a random stream of its own, set by the seed and its name, and every draw is a quantile of one
uniform number. So a change of the case changes only the draws it speaks of: differences are not noise.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, TypeAlias
from zlib import crc32

import numpy as np
from scipy.special import ndtri, stdtrit

from talkoot.analysis.decision.case import Interval, Posterior

if TYPE_CHECKING:
    from collections.abc import Sequence

    from talkoot.analysis.decision.case import Case, Score

Array: TypeAlias = np.ndarray[tuple[int, ...], np.dtype[np.float64]]

UPPER_TAIL = 0.975
SMALLEST = 2.0**-54  # keeps the quantile of a uniform number 0 finite


@dataclass(frozen=True)
class Scored:
    """What adds value: a method by its id, or a synergy by the ids of its methods."""

    name: str
    score: tuple[Score, ...]


def scored(case: Case) -> list[Scored]:
    """The columns of the case: methods in the order of their ids, then synergies in the order of the case."""
    methods = sorted(case.methods, key=lambda method: method.id)
    together = [Scored("\0".join(("", *sorted(s.methods))), s.bonus) for s in case.synergies]
    return [*(Scored(method.id, method.score) for method in methods), *together]


def ends(columns: Sequence[Scored]) -> tuple[Array, Array]:
    """Least and greatest score, each columns × criteria; a posterior enters as its central 95 %."""
    each = np.array([[_ends(item) for item in column.score] for column in columns], dtype=np.float64)
    return each[:, :, 0], each[:, :, 1]


def means(columns: Sequence[Scored]) -> Array:
    """Expected scores, columns × criteria; the middle of the distribution where df ≤ 1 leaves no mean."""
    return np.array([[_mean(item) for item in column.score] for column in columns], dtype=np.float64)


def values(columns: Sequence[Scored], weights: Array, seed: int) -> Array:
    """Drawn weighted scores, samples × columns, from weights of samples × criteria. Draws are not cut."""
    drawn = np.empty((len(weights), len(columns)))
    for j, column in enumerate(columns):
        drawn[:, j] = np.sum(weights * _draws(column, weights.shape, seed), axis=1)
    return drawn


def _draws(column: Scored, shape: tuple[int, ...], seed: int) -> Array:
    if all(not isinstance(item, Interval | Posterior) for item in column.score):
        return np.broadcast_to(np.array(column.score, dtype=np.float64), shape)
    uniform = np.random.default_rng([seed, crc32(column.name.encode())]).random(shape)
    return np.stack([_quantile(item, uniform[:, c]) for c, item in enumerate(column.score)], axis=1)


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
