"""The situations of a case as numbers: the base case and each scenario, methods in the order of their ids."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import numpy as np

from talkoot.analysis.decision import scores
from talkoot.analysis.decision.case import Scenario
from talkoot.analysis.decision.errors import CaseError
from talkoot.analysis.decision.exact import milp
from talkoot.analysis.decision.exact.program import Rules

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

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
    needs = [{**method.resources, **change.resources.get(method.id, {})} for method in methods]
    budgets = {**case.budgets, **change.budgets}
    columns = scores.scored(case)
    factor = np.ones(len(columns))
    factor[: len(methods)] = [change.score_factor.get(method.id, 1) for method in methods]
    low, high = scores.ends(columns)
    situation = Situation(
        scenario=None if scenario is None else scenario.id,
        ids=tuple(method.id for method in methods),
        budgets=tuple(budgets),
        needs=np.array([[need.get(name, 0) for name in budgets] for need in needs], dtype=np.float64),
        limits=np.array(list(budgets.values()), dtype=np.float64),
        factor=factor,
        low=low * factor[:, None],
        high=high * factor[:, None],
        mean=scores.means(columns) * factor[:, None],
        program=_program(case, needs, budgets, change.unavailable),
    )
    _refuse_impossible(situation)
    return situation


def _program(
    case: Case, needs: Sequence[dict[str, float]], budgets: dict[str, float], unavailable: Sequence[str]
) -> Program:
    ids = sorted(case.method_ids)
    at = {method: i for i, method in enumerate(ids)}
    rules = Rules(len(ids), len(case.synergies))
    for name, limit in budgets.items():
        rules.at_most(f"{name} ≤ {limit:g}", _uses(needs, name), limit)
    for name, limit in case.minimums.items():
        rules.at_least(f"{name} ≥ {limit:g}", _uses(needs, name), limit)
    for a, b in case.requires:
        rules.needs(f"{a} needs {b}", at[a], at[b])
    for a, b in case.excludes:
        rules.at_most(f"{a} excludes {b}", [(at[a], 1), (at[b], 1)], 1)
    for group in case.groups:
        members = [(at[method], 1.0) for method in group.methods]
        if group.most is not None:
            rules.at_most(f"at most {group.most} of {', '.join(group.methods)}", members, group.most)
        if group.least is not None:
            rules.at_least(f"at least {group.least} of {', '.join(group.methods)}", members, group.least)
    for method in set(case.fixed_in) & set(unavailable):
        rules.at_most(f"{method} is not available", [(at[method], 1)], 0)
    for synergy in case.synergies:
        rules.together("synergy", [at[method] for method in synergy.methods])
    outside = {*case.fixed_out, *unavailable}
    upper = np.array([method not in outside for method in ids])
    return rules.program(np.isin(ids, case.fixed_in), upper)


def _uses(needs: Sequence[dict[str, float]], name: str) -> list[tuple[int, float]]:
    return [(i, float(need[name])) for i, need in enumerate(needs) if need.get(name)]


def _refuse_impossible(situation: Situation) -> None:
    """Raise CaseError with a smallest set of rules that no portfolio keeps together."""
    program = situation.program
    if program.allows(program.completed(program.lower)) or milp.is_possible(program):
        return
    rows = list(range(len(program.limits)))
    fixed = np.flatnonzero(program.lower).tolist()
    for row in list(rows):
        rest = [r for r in rows if r != row]
        if not milp.is_possible(_part(program, rest, fixed)):
            rows = rest
    for column in list(fixed):
        rest = [c for c in fixed if c != column]
        if not milp.is_possible(_part(program, rows, rest)):
            fixed = rest
    names = [program.names[r] for r in rows] + [f"{situation.ids[c]} is fixed in" for c in fixed]
    culprits = [*([situation.scenario] if situation.scenario else []), *names]
    told = f" in the scenario {situation.scenario}" if situation.scenario else ""
    raise CaseError("nothing_feasible", culprits, rules="; ".join(names), situation=told)


def _part(program: Program, rows: list[int], fixed: list[int]) -> Program:
    lower = np.zeros_like(program.lower)
    lower[fixed] = True
    return replace(program, rows=program.rows[rows], limits=program.limits[rows], lower=lower)
