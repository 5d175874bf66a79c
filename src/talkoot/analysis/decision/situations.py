"""The situations of a case as numbers: the base case and each scenario, methods in the order of their ids."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from talkoot.analysis.decision import rules, scores
from talkoot.analysis.decision.case import Scenario

if TYPE_CHECKING:
    from collections.abc import Iterable

    from talkoot.analysis.decision.case import Case
    from talkoot.analysis.decision.exact.program import Array, Chosen, Program


@dataclass(frozen=True)
class Situation:
    """`needs`: methods × budgets, `limits`: budgets, the first rows of `program`; `factor`: what multiplies the
    drawn scores of each column; `low`, `high`, `mean`: columns × criteria, already multiplied. Columns are the
    methods and then the synergies. `scenario` is None for the base case."""

    scenario: str | None
    ids: tuple[str, ...]
    budgets: tuple[str, ...]
    needs: Array
    limits: Array
    factor: Array
    low: Array
    high: Array
    mean: Array
    program: Program

    @property
    def available(self) -> Chosen:
        """The methods that may be chosen at all."""
        return self.program.upper[: len(self.ids)]

    def names(self, chosen: Chosen) -> tuple[str, ...]:
        """The ids of the methods among the columns `chosen`."""
        return tuple(self.ids[i] for i in np.flatnonzero(chosen[: len(self.ids)]))

    def columns(self, methods: Iterable[str]) -> Chosen:
        """The columns that a portfolio of these ids fills."""
        chosen = np.zeros(self.program.size, dtype=np.bool_)
        chosen[: len(self.ids)] = np.isin(self.ids, list(methods))
        return self.program.completed(chosen)


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
    needs, budgets = rules.needs(case, change), {**case.budgets, **change.budgets}
    columns = scores.scored(case)
    factor = np.ones(len(columns))
    factor[: len(methods)] = [change.score_factor.get(method.id, 1) for method in methods]
    low, high = scores.ends(columns)
    return Situation(
        scenario=None if scenario is None else scenario.id,
        ids=tuple(method.id for method in methods),
        budgets=tuple(budgets),
        needs=np.array([[need.get(name, 0) for name in budgets] for need in needs], dtype=np.float64),
        limits=np.array(list(budgets.values()), dtype=np.float64),
        factor=factor,
        low=low * factor[:, None],
        high=high * factor[:, None],
        mean=scores.means(columns) * factor[:, None],
        program=rules.program(case, change),
    )
