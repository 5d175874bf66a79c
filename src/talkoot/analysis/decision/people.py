"""What each person would choose in a scenario, and how often each method is in the person's best portfolio then.

Of the portfolios that were the best in the person's own samples of that scenario, the one whose greatest regret over
the person's own weights is least: as in the base case, of an equal share of the samples.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from talkoot.analysis.decision import results
from talkoot.analysis.decision.polytope import Polytope
from talkoot.analysis.decision.regret import most_robust

if TYPE_CHECKING:
    from talkoot.analysis.decision.outcome import Decision, Outcome
    from talkoot.analysis.decision.regret import Robust


@dataclass(frozen=True)
class Apart:
    """`acceptability` by method, of so many `samples` of the person's own weights."""

    recommended: Robust
    acceptability: dict[str, float]
    samples: int


def apart(decision: Decision, outcome: Outcome) -> dict[str, Apart]:
    """By person; the base case as `decide` has found it."""
    if outcome is decision.base:
        return {
            person: Apart(own.recommended, own.acceptability, len(own.chosen))
            for person, own in decision.people.items()
        }
    return {person: _apart(decision, outcome, turn) for turn, person in enumerate(decision.people)}


def _apart(decision: Decision, outcome: Outcome, turn: int) -> Apart:
    """Sample i of the whole is one of person i mod their number."""
    own = outcome.chosen[turn :: len(decision.people)]
    shares = results.by_method(decision.case.method_ids, outcome.situation.ids, own.mean(axis=0))
    return Apart(_recommended(decision, outcome, turn), shares, len(own))


def _recommended(decision: Decision, outcome: Outcome, turn: int) -> Robust:
    case, situation, count = decision.case, outcome.situation, len(decision.people)
    rows, _shares = results.distinct(outcome.chosen[turn::count])
    portfolios = np.array([situation.columns(situation.names(row)) for row in rows])
    vertices = Polytope.of(case.criteria, (*case.weights, *case.people[turn].weights)).vertices
    return most_robust(situation, vertices, portfolios, outcome.weights[turn::count].mean(axis=0))[0]
