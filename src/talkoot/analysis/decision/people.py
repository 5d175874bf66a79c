"""What each person would choose in a scenario.

Of the portfolios that were the best in the person's own samples of that scenario, the one whose greatest regret over
the person's own weights is least: as in the base case, of an equal share of the samples.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from talkoot.analysis.decision import results
from talkoot.analysis.decision.polytope import Polytope
from talkoot.analysis.decision.regret import most_robust

if TYPE_CHECKING:
    from talkoot.analysis.decision.outcome import Decision, Outcome
    from talkoot.analysis.decision.regret import Robust


def apart(decision: Decision, outcome: Outcome) -> dict[str, Robust]:
    """By person; the base case as `decide` has found it."""
    if outcome is decision.base:
        return {person: own.recommended for person, own in decision.people.items()}
    return {person: _recommended(decision, outcome, turn) for turn, person in enumerate(decision.people)}


def _recommended(decision: Decision, outcome: Outcome, turn: int) -> Robust:
    """Sample i of the whole is one of person i mod their number."""
    case, situation, count = decision.case, outcome.situation, len(decision.people)
    rows, _shares = results.distinct(outcome.chosen[turn::count])
    portfolios = np.array([situation.columns(situation.names(row)) for row in rows])
    vertices = Polytope.of(case.criteria, (*case.weights, *case.people[turn].weights)).vertices
    return most_robust(situation, vertices, portfolios, outcome.weights[turn::count].mean(axis=0))[0]
