"""What is counted from the sampled optima: how often, with which error, together with what, at which weights."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from talkoot.analysis.decision.exact.program import Array, Chosen
    from talkoot.analysis.decision.situations import Situation

CHUNK = 2_000


@dataclass(frozen=True)
class Share:
    """A portfolio and the share of sampled situations in which it is the best."""

    methods: tuple[str, ...]
    share: float

    def to_json(self) -> dict[str, object]:
        return {"methods": list(self.methods), "share": self.share}


def by_method(order: list[str], ids: tuple[str, ...], numbers: Array) -> dict[str, float]:
    """Numbers of `ids` as a mapping in the order of the case."""
    named = dict(zip(ids, numbers.tolist(), strict=True))
    return {method: named[method] for method in order}


def standard_error(share: Array, samples: int) -> Array:
    return np.asarray(np.sqrt(share * (1 - share) / samples))


def distinct(chosen: Chosen) -> tuple[Chosen, Array]:
    """The different portfolios and their shares: most frequent first, equals by sorted ids."""
    rows, counts = np.unique(chosen, axis=0, return_counts=True)
    order = sorted(range(len(rows)), key=lambda i: (-counts[i], np.flatnonzero(rows[i]).tolist()))
    return rows[order], counts[order] / len(chosen)


def shadow_prices(situation: Situation, prices: Array) -> dict[str, float]:
    """Mean over samples of what one more unit of each budget is worth in the linear relaxation."""
    rows = range(len(situation.budgets))
    return {name: float(prices[:, r].mean()) for name, r in zip(situation.budgets, rows, strict=True)}


def rank_acceptability(values: Array) -> Array:
    """Methods × ranks: the share of samples (rows of `values`) in which each method has each rank by its weighted
    score; equal scores are ranked in the order of the columns. Lahdelma and Salminen (2001)."""
    samples, methods = values.shape
    counted = np.zeros((methods, methods))
    ranks = np.arange(methods)
    for start in range(0, samples, CHUNK):
        order = np.argsort(-values[start : start + CHUNK], axis=1, kind="stable")
        np.add.at(counted, (order, np.broadcast_to(ranks, order.shape)), 1)
    return np.asarray(counted / samples)


def central_weights(chosen: Chosen, weights: Array) -> Array:
    """Methods × criteria: mean weights of the samples whose optimum holds the method; NaN where none does."""
    often = chosen.sum(axis=0)
    summed = chosen.T.astype(np.float64) @ weights
    return np.asarray(
        np.divide(summed, often[:, None], out=np.full_like(summed, np.nan), where=often[:, None] > 0)
    )


def co_selection(chosen: Chosen) -> Array:
    """Methods × methods: the share of samples that hold both, over what it would be by chance (lift).

    Above 1 companions, below 1 substitutes; NaN where a method is always or never chosen.
    """
    share = chosen.mean(axis=0)
    both = chosen.T.astype(np.float64) @ chosen / len(chosen)
    apart = np.outer(share, share)
    open_ = (share > 0) & (share < 1)
    known = np.outer(open_, open_)
    return np.asarray(np.divide(both, apart, out=np.full_like(both, np.nan), where=known))
