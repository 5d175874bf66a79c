"""The recommendation: the sampled portfolio whose greatest possible regret is least.

The regret of a portfolio x against a rival y under weights w and scores s is value(y) − value(x). What both
hold cancels; it is greatest with the scores of what only x holds at their lower ends and of what only y holds
at their upper ends, and it is convex in w. So the greatest regret over all weights, scores and feasible rivals
is found exactly at the vertices of the weight polytope, one optimisation each (Liesiö, Mild and Salo 2007).

Known rivals give a lower limit for every portfolio at once; portfolios are settled from the lowest limit up,
and each rival that settles one raises the limits of the others, until no other can be among the best two.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from talkoot.analysis.decision.exact import solver
from talkoot.analysis.decision.exact.search import EQUAL

if TYPE_CHECKING:
    from talkoot.analysis.decision.exact.program import Array, Chosen
    from talkoot.analysis.decision.situations import Situation

RIVALS = 200


@dataclass(frozen=True)
class Robust:
    """A portfolio, its exact greatest regret, and its least and greatest value over weights and scores."""

    methods: tuple[str, ...]
    max_regret: float
    value_range: tuple[float, float]

    def to_json(self) -> dict[str, object]:
        return {
            "methods": list(self.methods),
            "max_regret": self.max_regret,
            "value_range": list(self.value_range),
        }


def most_robust(
    situation: Situation, vertices: Array, portfolios: Chosen, mean_weights: Array
) -> list[Robust]:
    """The two of `portfolios` (rows over columns, most frequent first) with the least greatest regret; one if alone.

    Of equal regrets the portfolio worth more at mean weights and scores comes first, then the first by ids.
    """
    comparison = Comparison(situation, vertices, portfolios)
    worth = portfolios @ (situation.mean @ mean_weights)
    settled = comparison.settle()
    regrets = _rounded(np.array([settled[i] for i in settled]))
    gains = _rounded(worth[list(settled)])
    order = sorted(
        zip(settled, regrets, gains, strict=True),
        key=lambda row: (row[1], -row[2], np.flatnonzero(portfolios[row[0]]).tolist()),
    )
    return [comparison.robust(i, settled[i]) for i, _, _ in order[:2]]


def _rounded(numbers: Array) -> list[float]:
    """Numbers that differ by rounding errors alone become equal."""
    step = EQUAL * max(1.0, float(np.abs(numbers).max()))
    return [float(x) for x in np.round(numbers / step)]


class Comparison:
    """Lower limits of the greatest regret of each portfolio at each vertex, raised rival by rival.

    `low`, `high`: vertices × columns, the ends of the weighted scores.
    """

    def __init__(self, situation: Situation, vertices: Array, portfolios: Chosen) -> None:
        self.situation = situation
        self.portfolios = portfolios
        self.low = vertices @ situation.low.T
        self.high = vertices @ situation.high.T
        strongest = solver.solve(situation.program, self.high).chosen
        self.limits = np.zeros((len(portfolios), len(vertices)))
        self._raise(np.concatenate([portfolios[:RIVALS], strongest]))

    def settle(self) -> dict[int, float]:
        """Exact greatest regret of the two best portfolios and of those equal to them."""
        settled: dict[int, float] = {}
        waiting = set(range(len(self.portfolios)))
        while waiting:
            lowest = self.limits.max(axis=1)
            first = min(waiting, key=lambda i: (lowest[i], i))
            enough = sorted(settled.values())[1] if len(settled) > 1 else np.inf
            if lowest[first] > enough + EQUAL * max(1.0, enough):
                break
            waiting.remove(first)
            regret = self._greatest_regret(first, enough)
            if regret is not None:
                settled[first] = regret
        return settled

    def robust(self, index: int, regret: float) -> Robust:
        chosen = self.portfolios[index]
        ends = float((self.low @ chosen).min()), float((self.high @ chosen).max())
        return Robust(self.situation.names(chosen), regret, ends)

    def _greatest_regret(self, index: int, enough: float) -> float | None:
        """Exact, or None as soon as it is known to exceed `enough`."""
        chosen = self.portfolios[index]
        for vertex in np.argsort(-self.limits[index], kind="stable"):
            own = float(self.low[vertex] @ chosen)
            known = float(self.limits[index].max())
            gains = np.where(chosen, self.low[vertex], self.high[vertex])
            rival = solver.best(self.situation.program, gains, above=known + own)
            if rival is not None:
                self._raise(rival.chosen[None, :])
                known = max(known, rival.value - own)
            if known > enough + EQUAL * max(1.0, enough):
                return None
        return known

    def _raise(self, rivals: Chosen) -> None:
        """regret(x, y) = high·y − low·x − Σ over methods in both of (high − low)."""
        rivals = np.asarray(rivals, dtype=np.float64)
        own = np.asarray(self.portfolios, dtype=np.float64)
        for vertex, (low, high) in enumerate(zip(self.low, self.high, strict=True)):
            regret = (rivals @ high)[None, :] - (own @ low)[:, None] - (own * (high - low)) @ rivals.T
            self.limits[:, vertex] = np.maximum(self.limits[:, vertex], regret.max(axis=1))
