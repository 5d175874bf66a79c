"""How the best portfolio on average changes as the weight of one criterion goes from 0 to 1.

The other weights keep their proportions. The value of each portfolio is linear in the weight, so the best one
changes at corners of a convex line, which are all found by solving at the crossings of known portfolios (Eisner and
Severance 1976): no grid, no change missed.
"""

from __future__ import annotations

from dataclasses import asdict, dataclass
from itertools import pairwise
from typing import TYPE_CHECKING

import numpy as np

from talkoot.analysis.decision.exact import solver
from talkoot.analysis.decision.exact.solver import equal

if TYPE_CHECKING:
    from talkoot.analysis.decision.exact.program import Array, Chosen
    from talkoot.analysis.decision.outcome import Decision
    from talkoot.analysis.decision.situations import Situation

MOST = 200


@dataclass(frozen=True)
class Stretch:
    """From weight `low` to weight `high` these methods are the best portfolio at expected scores."""

    low: float
    high: float
    methods: tuple[str, ...]

    def to_json(self) -> dict[str, object]:
        return asdict(self)


def one_weight(decision: Decision, criterion: str) -> list[Stretch]:
    """The stretches of the weight of `criterion` over [0, 1], other weights in the proportions of their means."""
    means = decision.weights.mean(axis=0)
    c = decision.case.criteria.index(criterion)
    others = means.copy()
    others[c] = 0.0
    others = others / others.sum() if others.sum() > 0 else others
    only = np.zeros_like(means)
    only[c] = 1.0
    situation = decision.base.situation
    return Line(situation, situation.mean @ others, situation.mean @ only).stretches()


class Line:
    """Values of the columns at weight 0 (`start`) and at weight 1 (`end`) of the criterion."""

    def __init__(self, situation: Situation, start: Array, end: Array) -> None:
        self.situation, self.start, self.end = situation, start, end

    def stretches(self) -> list[Stretch]:
        first, last = self._best(0.0), self._best(1.0)
        corners = [0.0, *self._corners(0.0, first, 1.0, last), 1.0]
        found: list[Stretch] = []
        for low, high in pairwise(corners):
            if high - low <= equal(1.0):
                continue
            methods = self.situation.names(self._best((low + high) / 2))
            if found and found[-1].methods == methods:
                found[-1] = Stretch(found[-1].low, high, methods)
            else:
                found.append(Stretch(low, high, methods))
        return found

    def _corners(self, low: float, left: Chosen, high: float, right: Chosen) -> list[float]:
        """Weights between `low` and `high` at which the best portfolio changes, given the best at both."""
        corners: list[float] = []
        waiting = [(low, left, high, right)]
        while waiting and len(corners) < MOST:
            low, left, high, right = waiting.pop()
            slope = self._gain(right, left)
            if slope <= equal(float(np.abs(self.end - self.start).sum())):
                continue
            crossing = float((self.start @ left - self.start @ right) / slope)
            if not low < crossing < high:
                continue
            middle = self._best(crossing)
            values = self._values(crossing)
            known = float(values @ left)
            if values @ middle <= known + equal(known):
                corners.append(crossing)
            else:
                waiting += [(low, left, crossing, middle), (crossing, middle, high, right)]
        return sorted(corners)

    def _gain(self, right: Chosen, left: Chosen) -> float:
        return float((self.end - self.start) @ (right.astype(np.float64) - left.astype(np.float64)))

    def _values(self, weight: float) -> Array:
        return np.asarray((1 - weight) * self.start + weight * self.end)

    def _best(self, weight: float) -> Chosen:
        found = solver.best(self.situation.program, self._values(weight))
        if found is None:
            raise ValueError("No portfolio keeps the rules.")
        return found.chosen
