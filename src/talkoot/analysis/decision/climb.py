"""A search for weights and scores at which a portfolio with (or without) a method is the best: see `guarantees`.

From each sampled portfolio the best one of the side asked about is found, at the scores that favour it, and how much
it then misses the best of the other side by. From the nearest miss the weights are moved towards each of their
vertices, by steps that are halved when none comes nearer. What is found is checked exactly; not finding proves nothing.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from talkoot.analysis.decision.exact import solver
from talkoot.analysis.decision.exact.search import EQUAL

if TYPE_CHECKING:
    from collections.abc import Iterator

    from talkoot.analysis.decision.exact.program import Array, Chosen
    from talkoot.analysis.decision.guarantees import Question

BEGINNINGS = 20  # sampled portfolios, most frequent first
CLIMBS = 3
NEAR = 0.1  # how near a miss must be to climb from it, of the greatest weighted score
FIRST, LAST = 0.5, 0.02  # share of the way to a vertex: the first step, and when steps are too short


class Trial(NamedTuple):
    """At a mixture of the vertices: the portfolio, the rival at the scores that favour it, and by how much it leads."""

    lead: float
    chosen: Chosen
    rival: Chosen
    mixture: Array


class Climb:
    """The search for one question."""

    def __init__(self, question: Question) -> None:
        self.question, self.ends = question, question.proofs.ends
        self.enough = question.proofs.tolerance

    def reaches(self) -> bool:
        """Whether a portfolio of the side asked about is the best somewhere."""
        trials = [trial for begun in self._beginnings() if (trial := self._trial(*begun)) is not None]
        trials.sort(key=lambda trial: -trial.lead)
        if trials and trials[0].lead >= self.enough:
            return True
        return any(self._climbs(trial) for trial in trials[:CLIMBS] if trial.lead > -NEAR * self.ends.size)

    def _beginnings(self) -> Iterator[tuple[Chosen, Array]]:
        """Columns to favour and weights: sampled portfolios where each was the best, then nothing in particular at
        each vertex and in the middle."""
        proofs, nothing = self.question.proofs, np.zeros(self.question.side.size, dtype=np.bool_)
        yield from zip(proofs.sampled[:BEGINNINGS], proofs.mixtures, strict=False)
        yield from ((nothing, mixture) for mixture in (*np.eye(len(proofs.middle)), proofs.middle))

    def _climbs(self, best: Trial) -> bool:
        step = FIRST
        while step > LAST and best.lead < self.enough:
            nearest = max(self._around(best, step), key=lambda trial: trial.lead, default=best)
            if nearest.lead > best.lead + EQUAL * self.ends.size:
                best = nearest
            else:
                step /= 2
        return best.lead >= self.enough

    def _around(self, at: Trial, step: float) -> list[Trial]:
        """A step towards each vertex, with the scores of the rival's methods favoured too or not."""
        mixtures = [(1 - step) * at.mixture + step * vertex for vertex in np.eye(len(at.mixture))]
        tried = [self._trial(chosen, m) for m in mixtures for chosen in (at.chosen, at.chosen | at.rival)]
        return [trial for trial in tried if trial is not None]

    def _trial(self, favoured: Chosen, mixture: Array) -> Trial | None:
        """The best of this side when these columns are favoured; None when the rival is not proved to be the best."""
        asked, at = self.question, self.ends.at(mixture)
        values = np.where(favoured, at.high[0], at.low[0])
        values[asked.method] = at.high[0, asked.method] if asked.inside else at.low[0, asked.method]
        found = solver.best(asked.side, values)
        if found is None:
            return None
        favourable = np.where(found.chosen, at.high[0], at.low[0])
        rival = solver.best(asked.other, favourable)
        if rival is None or not rival.proved:
            return None
        lead = float(favourable[found.chosen].sum()) - rival.value
        return Trial(lead, found.chosen, rival.chosen, mixture)
