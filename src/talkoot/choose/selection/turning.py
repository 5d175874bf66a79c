"""What would turn the answer of a run: facts with numbers, calculated with it and kept with it.

Each fact is about the best portfolio at mean weights and expected scores ("on average"), as those of
`analysis.decision.explain` are, and speaks of a method only where that portfolio agrees with the recommended one.
"""

from __future__ import annotations

from itertools import pairwise
from math import floor
from typing import TYPE_CHECKING, Any

import numpy as np

from talkoot.analysis.decision import people, whatif
from talkoot.analysis.decision.exact import solver
from talkoot.analysis.decision.exact.solver import equal
from talkoot.analysis.decision.sensitivity import Line

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Mapping, Sequence

    from talkoot.analysis.decision.exact.program import Array
    from talkoot.analysis.decision.exact.solver import Optimum
    from talkoot.analysis.decision.outcome import Decision, Outcome

OFTEN = 5  # portfolios shown beside the recommended one and the runner-up
STEPS = 6  # changes of the best portfolio looked at before a budget is given up
OTHER_BUDGETS = (0.5, 1.1, 1.25, 1.5)
WHOLE = 100.0  # a score of 100 is the highest
DAYS = "days:"


def turns(
    decision: Decision, present: Collection[str] | None, measured: Mapping[str, Sequence[str]]
) -> dict[str, Any]:
    """By scenario, the present under "": portfolios, what each group would choose, and what would turn the answer.

    `present`: the methods the city has decided on; `measured`: by method the criteria that rest on evidence of its own.
    """
    outcomes = {"": decision.base} | {str(each.situation.scenario): each for each in decision.scenarios}
    return {key: Turns(decision, each).found(present, measured) for key, each in outcomes.items()}


class Turns:
    """One situation, seen from its recommended portfolio."""

    def __init__(self, decision: Decision, outcome: Outcome) -> None:
        self.decision, self.outcome, self.situation = decision, outcome, outcome.situation
        self.program, self.ids = outcome.situation.program, outcome.situation.ids
        self.means: Array = decision.weights.mean(axis=0)
        self.values: Array = self.situation.mean @ self.means
        self.recommended = set(outcome.recommended.methods)
        self.best = self._best(self.program)
        self.holds = set(self.situation.names(self.best.chosen))

    def found(self, present: Collection[str] | None, measured: Mapping[str, Sequence[str]]) -> dict[str, Any]:
        return {
            "limits": dict(zip(self.situation.budgets, self.situation.limits.tolist(), strict=True)),
            "benefit": self.benefit(),
            "portfolios": list(self.portfolios(present)),
            "people": self.people(),
            "enters": sorted(self.enters(), key=lambda fact: fact["budget"] - fact["limit"]),
            "leaves": sorted(self.leaves(), key=lambda fact: fact["limit"] - fact["budget"]),
            "weights": sorted(self.weights(), key=lambda fact: abs(fact["at"] - fact["mean"])),
            "scores": sorted(self.scores(measured), key=lambda fact: abs(fact["at"] - fact["mean"])),
        }

    def people(self) -> dict[str, dict[str, Any]]:
        """By group what it would choose, and the share of its own situations in which each method is in the best."""
        apart = people.apart(self.decision, self.outcome)
        return {
            id_: {
                "methods": list(own.recommended.methods),
                "acceptability": own.acceptability,
                "samples": own.samples,
            }
            for id_, own in apart.items()
        }

    def benefit(self) -> dict[str, list[float]]:
        """By method the least and greatest value over all weights and scores allowed."""
        vertices, count = self.decision.vertices, len(self.ids)
        low = (vertices @ self.situation.low[:count].T).min(axis=0)
        high = (vertices @ self.situation.high[:count].T).max(axis=0)
        return {
            method: list(ends) for method, *ends in zip(self.ids, low.tolist(), high.tolist(), strict=True)
        }

    def portfolios(self, present: Collection[str] | None) -> Iterator[dict[str, Any]]:
        """With person-days a year, and the least and greatest value over all weights and scores allowed."""
        shown = [self.outcome.recommended.methods]
        yield self._portfolio("recommended", shown[0])
        if self.outcome.runner_up:
            shown.append(self.outcome.runner_up.methods)
            yield self._portfolio("runner_up", shown[1])
        often = [each.methods for each in self.outcome.portfolios if each.methods not in shown]
        yield from (self._portfolio("often", methods) for methods in often[:OFTEN])
        shown += often[:OFTEN]
        for share in OTHER_BUDGETS:
            methods = self._at_share(share)
            if methods and methods not in shown:
                shown.append(methods)
                yield self._portfolio("other_budget", methods) | {"budget_share": share}
        if present is not None:
            counted = [method for method in self.ids if method in present]
            yield self._portfolio("present", counted) | {"not_counted": sorted(set(present) - set(counted))}

    def _portfolio(self, kind: str, methods: Sequence[str]) -> dict[str, Any]:
        vertices, chosen = self.decision.vertices, self.situation.columns(methods)
        columns = [r for r, name in enumerate(self.situation.budgets) if name.startswith(DAYS)]
        shares = {each.methods: each.share for each in self.outcome.portfolios}
        needs = self.situation.needs[chosen[: len(self.ids)]][:, columns]
        return {
            "kind": kind,
            "methods": list(methods),
            "share": shares.get(tuple(methods), 0.0),
            "days": float(needs.sum()),
            "fits": bool(np.all(needs.sum(axis=0) <= self.situation.limits[columns] + solver.equal(1.0))),
            "value": [
                float((vertices @ self.situation.low[chosen].sum(axis=0)).min()),
                float((vertices @ self.situation.high[chosen].sum(axis=0)).max()),
            ],
        }

    def _at_share(self, share: float) -> tuple[str, ...]:
        """The best portfolio on average when every unit has this share of its person-days."""
        program = self.program
        for r, name in enumerate(self.situation.budgets):
            if name.startswith(DAYS):
                program = program.with_limit(r, float(self.situation.limits[r]) * share)
        found = solver.best(program, self.values)
        return self.situation.names(found.chosen) if found else ()

    def enters(self) -> Iterator[dict[str, Any]]:
        """By resource the smallest budget at which a method that is not recommended is in the best portfolio."""
        for resource, limit in zip(self.situation.budgets, self.situation.limits, strict=True):
            for step in whatif.steps(self.situation, self.values, resource, most=STEPS):
                new = sorted(set(step.methods) - self.holds - self.recommended)
                if new:
                    gone = sorted((self.holds & self.recommended) - set(step.methods))
                    fact = {"budget": step.budget, "gain": step.value - self.best.value}
                    yield {"resource": resource, "limit": float(limit), "methods": new, "leaves": gone} | fact
                    break

    def leaves(self) -> Iterator[dict[str, Any]]:
        """By resource the greatest smaller budget, in whole units, at which a recommended method has left."""
        for row, resource in enumerate(self.situation.budgets):
            fact = self._first_loss(row, resource)
            if fact:
                yield fact

    def _first_loss(self, row: int, resource: str) -> dict[str, Any] | None:
        limit = float(self.situation.limits[row])
        known, budget = self.best.value, floor(limit) + 1
        for _ in range(STEPS):
            found = self._first_worse(row, budget - 1, known)
            if found is None:
                return None
            budget, then = found
            known = then.value
            gone = sorted((self.holds & self.recommended) - set(self.situation.names(then.chosen)))
            if gone:
                new = sorted(set(self.situation.names(then.chosen)) - self.holds - self.recommended)
                fact = {"budget": float(budget), "loss": self.best.value - then.value}
                return {"resource": resource, "limit": limit, "methods": gone, "enters": new} | fact
        return None

    def _first_worse(self, row: int, high: int, known: float) -> tuple[int, Optimum] | None:
        """The greatest whole budget up to `high` whose best portfolio is worth less than `known`."""
        low = -1
        while high > low:
            middle = (low + high + 1) // 2
            if self._best(self.program.with_limit(row, middle)).value < known - equal(known):
                low = middle
            else:
                high = middle - 1
        return (low, self._best(self.program.with_limit(row, low))) if low >= 0 else None

    def weights(self) -> Iterator[dict[str, Any]]:
        """By borderline method the nearest weight of one criterion at which it enters or leaves, others in proportion."""
        nearest: dict[str, dict[str, Any]] = {}
        open_ = {method for method, share in self.outcome.acceptability.items() if 0 < share < 1}
        for c, criterion in enumerate(self.decision.case.criteria):
            for fact in self._weights(c):
                method, away = fact["method"], abs(fact["at"] - fact["mean"])
                known = nearest.get(method)
                if method in open_ and (known is None or away < abs(known["at"] - known["mean"])):
                    nearest[method] = fact | {"criterion": criterion}
        yield from nearest.values()

    def _weights(self, c: int) -> Iterator[dict[str, Any]]:
        mean = float(self.means[c])
        if not 0 < mean < 1:
            return
        others, only = self.means.copy(), np.zeros_like(self.means)
        others[c], only[c] = 0.0, 1.0
        line = Line(self.situation, self.situation.mean @ (others / others.sum()), self.situation.mean @ only)
        for left, right in pairwise(line.stretches()):
            at, rises = right.low, right.low > mean
            after = set((right if rises else left).methods)
            for method in after ^ self.holds:
                if (method in self.holds) == (method in self.recommended):
                    yield {"method": method, "at": at, "mean": mean, "enters": method in after}

    def scores(self, measured: Mapping[str, Sequence[str]]) -> Iterator[dict[str, Any]]:
        """At which expected score of a criterion that was measured the method enters or leaves."""
        criteria = self.decision.case.criteria
        for method, codes in measured.items():
            i = self.ids.index(method)
            margin = self._margin(i)
            if margin is None or (margin > 0) != (method in self.recommended):
                continue
            for code in codes:
                c = criteria.index(code)
                now = float(self.situation.mean[i, c])
                at = now - margin / float(self.means[c]) if self.means[c] > 0 else -1.0
                if 0 <= at <= WHOLE:
                    yield {"method": method, "criterion": code, "at": at, "mean": now, "enters": margin < 0}

    def _margin(self, i: int) -> float | None:
        """How much more the best portfolio with the method is worth than the best without it."""
        others = np.ones(len(self.ids), dtype=np.bool_)
        others[i] = False
        inside = solver.best(self.program.including(i), self.values)
        outside = solver.best(self.program.only(others), self.values)
        return inside.value - outside.value if inside and outside else None

    def _best(self, program: Any) -> Optimum:
        found = solver.best(program, self.values)
        if found is None:
            raise ValueError("No portfolio keeps the rules.")
        return found
