"""The situations of a case as numbers: the base case and each scenario, methods in the order of their ids."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from talkoot.analysis.decision import scores
from talkoot.analysis.decision.case import Scenario
from talkoot.analysis.decision.optimise import FeasiblePortfolios

if TYPE_CHECKING:
    from collections.abc import Iterable

    from talkoot.analysis.decision.case import Case
    from talkoot.analysis.decision.optimise import Chosen
    from talkoot.analysis.decision.scores import Array


@dataclass(frozen=True)
class Situation:
    """`needs`: methods × budgets; `factor`: what multiplies all scores of a method; `low`, `high`, `mean`:
    methods × criteria, already multiplied. `scenario` is None for the base case."""

    scenario: str | None
    ids: tuple[str, ...]
    budgets: tuple[str, ...]
    needs: Array
    limits: Array
    available: Chosen
    factor: Array
    low: Array
    high: Array
    mean: Array

    def portfolios(self, limits: Array | None = None, *, drawn: bool = False) -> FeasiblePortfolios:
        """`drawn`: values will be drawn, so that methods with a range on some criterion are never in a tie."""
        ranged = np.any(self.high > self.low, axis=1) if drawn else None
        return FeasiblePortfolios(
            self.needs, self.limits if limits is None else limits, self.available, ranged
        )

    def names(self, chosen: Chosen) -> tuple[str, ...]:
        return tuple(self.ids[i] for i in np.flatnonzero(chosen))


def base(case: Case) -> Situation:
    return _situation(case, None)


def scenarios(case: Case) -> list[Situation]:
    return [_situation(case, scenario) for scenario in case.scenarios]


def probabilities(case: Case) -> Array:
    """Of the scenarios, scaled to sum 1; one without a probability counts as one of as many equal ones."""
    equal = 1 / max(1, len(case.scenarios))
    stated = np.array([equal if s.probability is None else s.probability for s in case.scenarios])
    return np.asarray(stated / stated.sum())


def _situation(case: Case, scenario: Scenario | None) -> Situation:
    change = scenario or Scenario("")
    methods = sorted(case.methods, key=lambda method: method.id)
    budgets = {**case.budgets, **change.budgets}
    needs = [{**method.resources, **change.resources.get(method.id, {})} for method in methods]
    factor = _array(change.score_factor.get(method.id, 1) for method in methods)
    low, high = scores.ends(methods)
    return Situation(
        scenario=None if scenario is None else scenario.id,
        ids=tuple(method.id for method in methods),
        budgets=tuple(budgets),
        needs=np.array([[need.get(name, 0) for name in budgets] for need in needs], dtype=np.float64),
        limits=_array(budgets.values()),
        available=np.array([method.id not in change.unavailable for method in methods]),
        factor=factor,
        low=low * factor[:, None],
        high=high * factor[:, None],
        mean=scores.means(methods) * factor[:, None],
    )


def _array(numbers: Iterable[float]) -> Array:
    return np.array(list(numbers), dtype=np.float64)
