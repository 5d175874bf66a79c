"""What is proved of each method over every allowed weight and every score within its ends.

A portfolio is potentially optimal when it is the best at some weights inside their polytope and some scores
within their ends. A method is `always` in such portfolios, `never`, or `open`: in some and not in others.
Where the search for a proof ends without one the answer is `not proved`; nothing here rests on a sample alone.

*Witness.* Given weights, a portfolio does best with its own scores at their upper ends and all others at their
lower ends. If no rival is worth more then, it is potentially optimal. Witnesses are looked for among the sampled
portfolios, at the vertices and in the middle of the weights, and by a climb from the nearest miss (`climb`).

*Proof.* Let the weights be λ-mixtures of the vertices v. For a portfolio x that holds the method (or lacks it),
μ[v] = λ[v] · x turns its advantage over a rival y that does not into a linear function. Its greatest value over
all λ and over the relaxation μ[v] ∈ λ[v] · {linear relaxation}, against several rivals at once, is one linear
program (a lifting in the sense of Sherali and Adams 1990). If it is below 0, x is never the best: proved. Else
the strongest rival at that point is added, and again. In small cases x is then held to be whole, which is exact.

What stays open does so because the scores are intervals: a relaxed portfolio takes every method in part at its upper
end, which no whole rival answers, so its advantage ends far above 0. Tried on 100 methods, of which 10 are not proved,
and given up: three times as many beginnings and four times as many climbs, from however far (13 s of CPU more, none
decided); portfolios held to be whole, given 20 s each (the limit of the advantage fell from 98 to 79 of a greatest
score of 97); a method fixed in when it beats the one asked about at every vertex and needs no more of any row (true of
one at most). A longer time allowance for a job would buy as little.

Being equal at the border of the weights alone does not count: there the other is as good, and better inside.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal, TypeAlias

import numpy as np

from talkoot.analysis.decision.advantage import Advantage
from talkoot.analysis.decision.climb import BEGINNINGS, Climb
from talkoot.analysis.decision.exact import solver
from talkoot.analysis.decision.exact.search import EQUAL

if TYPE_CHECKING:
    from talkoot.analysis.decision.exact.program import Array, Chosen, Program

Guarantee: TypeAlias = Literal["always", "never", "open", "not proved"]

CHECKED = 60  # sampled portfolios tried as witnesses, most frequent first
RIVALS = 12  # sampled portfolios a proof begins with
ROUNDS = 8
SHRUNK = (
    1e-3  # how far from the border of the weights inside begins, when equality at the border is looked into
)
TOLERANCE = 1e-7
LIMITS = {"rounds": ROUNDS, "beginnings": BEGINNINGS}
"""Of one method: how many rivals a proof may add one by one, and from how many samples the search for a witness begins."""


@dataclass(frozen=True)
class Ends:
    """Weighted scores at the vertices of the weights: `low`, `high`, `mean`, vertices × columns."""

    low: Array
    high: Array
    mean: Array

    def at(self, mixture: Array) -> Ends:
        """The same at a mixture of the vertices."""
        return Ends(*(np.atleast_2d(mixture @ part) for part in (self.low, self.high, self.mean)))

    @property
    def size(self) -> float:
        """The greatest weighted score, for tolerances."""
        return float(max(1.0, np.abs(self.high).max(), np.abs(self.low).max()))


def guarantees(program: Program, ends: Ends, sampled: Chosen, mixtures: Array) -> list[Guarantee]:
    """One for each method. `sampled`: distinct sampled optima, most frequent first; `mixtures`: for each of them
    the weights at which it was the best, as a mixture of the vertices."""
    return Proofs(program, ends, sampled, mixtures).found()


class Proofs:
    """Gathers witnesses and proofs, side by side, for methods inside (True) and outside (False)."""

    def __init__(self, program: Program, ends: Ends, sampled: Chosen, mixtures: Array) -> None:
        self.program, self.ends, self.sampled, self.mixtures = program, ends, sampled, mixtures
        methods = program.methods
        self.seen = {True: np.zeros(methods, dtype=np.bool_), False: np.zeros(methods, dtype=np.bool_)}
        self.advantage = Advantage(program, ends.low, ends.high, sampled[:RIVALS])
        count = len(ends.low)
        middle = np.full(count, 1 / count)
        self.middle = middle
        self.tolerance = TOLERANCE * ends.size
        for chosen, mixture in zip(sampled[:CHECKED], mixtures[:CHECKED], strict=True):
            if not self._all_open():
                self.try_witness(chosen, mixture)

    def found(self) -> list[Guarantee]:
        return [self._of(method) for method in range(self.program.methods)]

    def _of(self, method: int) -> Guarantee:
        inside, outside = self._possible(method, inside=True), self._possible(method, inside=False)
        if inside is False:
            return "never"
        if outside is False:
            return "always"
        return "open" if inside and outside else "not proved"

    def _all_open(self) -> bool:
        return bool((self.seen[True] & self.seen[False]).all())

    def _possible(self, method: int, *, inside: bool) -> bool | None:
        """Whether a potentially optimal portfolio has (or lacks) the method; None when that is not proved."""
        if self.seen[inside][method]:
            return True
        sides = self._side(method, inside=inside), self._side(method, inside=not inside)
        if not all(side is not None and self._is_possible(side) for side in sides):
            return sides[0] is not None and self._is_possible(sides[0])
        question = Question(self, method, inside, *(side for side in sides if side is not None))
        answer = question.refuted_or_seen()
        self.seen[inside][method] |= answer is True
        return answer

    def _side(self, method: int, *, inside: bool) -> Program | None:
        """The program with the method fixed so; None when it may not be."""
        if inside:
            return self.program.including(method) if self.program.reachable[method] else None
        if self.program.lower[method]:
            return None
        allowed = np.ones(self.program.methods, dtype=np.bool_)
        allowed[method] = False
        return self.program.only(allowed)

    def _is_possible(self, side: Program) -> bool:
        return solver.best(side, self.ends.mean.mean(axis=0)) is not None

    def try_witness(self, chosen: Chosen, mixture: Array) -> None:
        """Note the methods of a portfolio if it, or a rival of it, is the best at its own best scores."""
        at = self.ends.at(mixture)
        values = np.where(chosen, at.high[0], at.low[0])
        own = float(values[chosen].sum())
        rival = solver.best(self.program, values, above=own)
        witness = chosen if rival is None else rival.chosen if rival.proved else None
        if witness is not None:
            methods = witness[: self.program.methods]
            self.seen[True] |= methods
            self.seen[False] |= ~methods


@dataclass(frozen=True)
class Question:
    """Can a portfolio with the method `inside` (or not) be the best? `side`: the program with the method so;
    `other`: with the method otherwise."""

    proofs: Proofs
    method: int
    inside: bool
    side: Program
    other: Program

    def refuted_or_seen(self) -> bool | None:
        """False when refuted, True when such a portfolio has been seen to be the best, else None."""
        if self._refuted(whole=False):
            return False
        count = len(self.proofs.middle)
        if any(self._seen(mixture, border=True) for mixture in np.eye(count)):
            return True
        if self._seen(self.proofs.middle, border=False) or Climb(self).reaches():
            return True
        if not self.proofs.advantage.is_small:
            return None
        refuted = self._refuted(whole=True)
        return None if refuted is None else not refuted

    def _refuted(self, *, whole: bool) -> bool | None:
        """Whether every portfolio of this side is proved to be worse than one of the other; with `whole`, False
        when one is proved not to be."""
        advantage, tolerance = self.proofs.advantage, self.proofs.tolerance
        for _ in range(ROUNDS):
            most = advantage.greatest(self.method, inside=self.inside, whole=whole)
            if most is None or most.value < -tolerance:
                return True
            if most.value <= tolerance:
                # Equal at best: only at the border of the weights, or also inside?
                within = advantage.greatest(self.method, inside=self.inside, whole=whole, shrunk=SHRUNK)
                if within is None or within.value < -EQUAL * self.proofs.ends.size:
                    return True
                return None
            at = self.proofs.ends.at(most.mixture)
            own = at.low[0] + (at.high[0] - at.low[0]) * most.chosen
            rival = solver.best(self.other, own)
            if rival is None or not advantage.add(rival.chosen):
                return False if whole and rival is not None and rival.proved else None
        return None

    def _seen(self, mixture: Array, *, border: bool) -> bool:
        """Whether this side is the better one somewhere at these weights, under scores that favour it; at the
        border of the weights clearly better, so that it is so inside too."""
        at = self.proofs.ends.at(mixture)
        margin = self.proofs.tolerance if border else -EQUAL * self.proofs.ends.size
        for others in (at.mean[0], at.low[0], at.high[0]):
            values = others.copy()
            values[self.method] = at.high[0, self.method] if self.inside else at.low[0, self.method]
            found = solver.best(self.side, values)
            if found is None:
                return False
            favourable = np.where(found.chosen, at.high[0], at.low[0])
            own, rival = solver.best(self.side, favourable), solver.best(self.other, favourable)
            if own is not None and rival is not None and own.value >= rival.value + margin and rival.proved:
                return True
        return False
