"""Why a method is in the recommended portfolio, or why not: facts with numbers, no sentences.

Everything speaks of the base case. "On average" means at the mean of the sampled weights and at expected
scores. The page that shows a fact words it in its own language by the fact's code:

chosen_always, chosen_never   samples, upper_bound (95 % upper limit of the share of other situations)
chosen_sometimes              share, se
effort_unknown                nothing more: the method was left out of the case
exceeds_budget                name = resource; need, limit
short_of                      name = resource; need, left, limit
displaced_by                  methods that must leave to make room for it; loss of value on average
better_on_average             methods that would leave; gain of value on average: regret decides against it
worth_nothing                 value on average, at most 0
enters_at_budget              name = resource; budget, limit: the smallest budget found, up to double the limit,
                              at which the best portfolio on average holds it (`whatif.entries`)
not_available                 nothing more: fixed out
ruled_out                     nothing more: no portfolio that keeps the rules holds it
fixed_in                      nothing more: it must be chosen
strongest_criterion           name = criterion; value (weighted points), share of all that the method adds
replaced_by                   methods that would take its place; loss of value on average
weight_matters                name = criterion; mean_in, mean_out, mean_all: mean weight where it is chosen,
                              where it is not, and everywhere
scenario_matters              name = scenario; share there, base_share
"""

from __future__ import annotations

from dataclasses import asdict, dataclass, field, replace
from typing import TYPE_CHECKING

import numpy as np

from talkoot.analysis.decision import whatif
from talkoot.analysis.decision.case import FIT
from talkoot.analysis.decision.exact import solver

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping

    from talkoot.analysis.decision.exact.program import Array, Chosen
    from talkoot.analysis.decision.outcome import Decision

CERTAIN = 3.0  # standard errors before a difference is told as one
LARGE = 0.10  # change of acceptability worth telling


@dataclass(frozen=True)
class Fact:
    code: str
    name: str = ""
    numbers: Mapping[str, float] = field(default_factory=dict)
    methods: tuple[str, ...] = ()

    def to_json(self) -> dict[str, object]:
        return asdict(self)


@dataclass(frozen=True)
class Explanation:
    method: str
    recommended: bool
    facts: tuple[Fact, ...]

    def to_json(self) -> dict[str, object]:
        facts = [fact.to_json() for fact in self.facts]
        return {"method": self.method, "recommended": self.recommended, "facts": facts}


@dataclass(frozen=True)
class ResourceUse:
    """What the recommended portfolio uses of a budget; `binding` when a method left out needs more than is left."""

    resource: str
    used: float
    limit: float
    binding: bool

    def to_json(self) -> dict[str, object]:
        return asdict(self)


def explain(decision: Decision, effort_unknown: Collection[str] = ()) -> dict[str, Explanation]:
    """One explanation a method of the case, and one for each id of `effort_unknown`."""
    account = Account(decision)
    entered = account.entry_budgets()
    explained = {
        method: Explanation(method, bool(account.recommended[i]), account.facts(i, entered.get(i)))
        for i, method in enumerate(account.ids)
    }
    unknown = {m: Explanation(m, recommended=False, facts=(Fact("effort_unknown"),)) for m in effort_unknown}
    return {method: explained[method] for method in decision.case.method_ids} | unknown


def resources(decision: Decision) -> list[ResourceUse]:
    account = Account(decision)
    situation = account.situation
    out = situation.available & ~account.recommended & (account.value[: account.methods] > 0)
    return [
        ResourceUse(name, float(used), float(limit), bool(np.any(needs[out] > limit - used + FIT)))
        for name, used, limit, needs in zip(
            situation.budgets, account.used, situation.limits, situation.needs.T, strict=True,
        )
    ]  # fmt: skip


class Account:
    """The base case at mean weights and expected scores, seen from the recommended portfolio."""

    def __init__(self, decision: Decision) -> None:
        self.decision = decision
        self.situation = decision.base.situation
        self.ids = self.situation.ids
        self.methods = len(self.ids)
        self.program = self.situation.program
        self.portfolio: Chosen = self.situation.columns(decision.base.recommended.methods)
        self.recommended: Chosen = self.portfolio[: self.methods]
        self.points = self.situation.mean * decision.weights.mean(axis=0)
        self.value: Array = self.points.sum(axis=1)
        self.worth = float(self.value @ self.portfolio)
        self.used: Array = self.recommended @ self.situation.needs

    def facts(self, i: int, entry: Fact | None) -> tuple[Fact, ...]:
        own = [self._strongest(i), self._replaced_by(i)] if self.recommended[i] else self._why_not(i, entry)
        return (self._how_often(i), *own, *self._weights(i), *self._scenarios(i))

    def entry_budgets(self) -> dict[int, Fact]:
        """For each method outside the best portfolio on average, the smallest relative rise that lets it in."""
        first: dict[int, tuple[float, Fact]] = {}
        for r, limit in enumerate(self.situation.limits):
            for i, budget in whatif.entries(self.situation, self.value, r).items():
                rise = budget / limit - 1 if limit else np.inf
                if i not in first or rise < first[i][0]:
                    numbers = {"budget": budget, "limit": float(limit)}
                    first[i] = rise, Fact("enters_at_budget", self.situation.budgets[r], numbers)
        return {i: fact for i, (_, fact) in first.items()}

    def _how_often(self, i: int) -> Fact:
        samples = len(self.decision.weights)
        share = self.decision.base.acceptability[self.ids[i]]
        if 0 < share < 1:
            se = self.decision.base.acceptability_se[self.ids[i]]
            return Fact("chosen_sometimes", numbers={"share": share, "se": se})
        numbers = {"samples": float(samples), "upper_bound": 1 - 0.05 ** (1 / samples)}
        return Fact("chosen_always" if share else "chosen_never", numbers=numbers)

    def _strongest(self, i: int) -> Fact:
        best = int(np.argmax(self.points[i]))
        gains = np.maximum(self.points[i], 0).sum()
        numbers = {"value": float(self.points[i, best]), "share": float(self.points[i, best] / (gains or 1))}
        return Fact("strongest_criterion", self.decision.case.criteria[best], numbers)

    def _replaced_by(self, i: int) -> Fact:
        """The best that can be done without the method: keeping all the rest, or else anew."""
        others = np.ones(self.methods, dtype=np.bool_)
        others[i] = False
        rest = self.program.lower.copy()
        rest[: self.methods] |= self.recommended & others
        rest[i] = False
        without = self.program.only(others)
        found = solver.best(replace(without, lower=rest), self.value) or solver.best(without, self.value)
        if found is None or self.program.lower[i]:
            return Fact("fixed_in")
        methods = self.situation.names(found.chosen & ~self.portfolio)
        return Fact("replaced_by", numbers={"loss": self.worth - found.value}, methods=methods)

    def _why_not(self, i: int, entry: Fact | None) -> list[Fact]:
        if not self.situation.available[i]:
            return [Fact("not_available")]
        if self.value[i] <= 0 and i not in self._in_synergies():
            return [Fact("worth_nothing", numbers={"value": float(self.value[i])})]
        over = self._lacking(i, self.situation.limits, "exceeds_budget")
        if over:
            return [*over, *([entry] if entry else [])]
        short = self._lacking(i, self.situation.limits - self.used, "short_of")
        return [*short, self._displaced_by(i), *([entry] if entry else [])]

    def _lacking(self, i: int, left: Array, code: str) -> list[Fact]:
        """One fact a resource of which the method needs more than is left."""
        facts = []
        for r, name in enumerate(self.situation.budgets):
            need, limit = float(self.situation.needs[i, r]), float(self.situation.limits[r])
            if need > left[r] + FIT * max(1.0, limit):
                numbers = {"need": need, "limit": limit}
                facts.append(
                    Fact(code, name, numbers | ({"left": float(left[r])} if code == "short_of" else {}))
                )
        return facts

    def _in_synergies(self) -> set[int]:
        return {member for members in self.program.synergies for member in members}

    def _displaced_by(self, i: int) -> Fact:
        """The dearest part of the recommended portfolio that leaves room for the method, with what it needs."""
        allowed = self.recommended.copy()
        allowed[i] = True
        with_it = self.program.including(i)
        found = solver.best(with_it.only(allowed), self.value) or solver.best(with_it, self.value)
        if found is None:
            return Fact("ruled_out")
        leaving = self.situation.names(self.portfolio & ~found.chosen)
        loss = self.worth - found.value
        if loss < 0:
            return Fact("better_on_average", numbers={"gain": -loss}, methods=leaving)
        return Fact("displaced_by", numbers={"loss": loss}, methods=leaving)

    def _weights(self, i: int) -> list[Fact]:
        """The criterion whose weight differs most surely between situations with and without the method."""
        weights, chosen = self.decision.weights, self.decision.base.chosen[:, i]
        if min(chosen.sum(), (~chosen).sum()) < 2:  # noqa: PLR2004 -- a variance needs two
            return []
        inside, outside = weights[chosen], weights[~chosen]
        error = np.sqrt(inside.var(axis=0, ddof=1) / len(inside) + outside.var(axis=0, ddof=1) / len(outside))
        difference = inside.mean(axis=0) - outside.mean(axis=0)
        sure = np.divide(np.abs(difference), error, out=np.zeros_like(error), where=error > 0)
        c = int(np.argmax(sure))
        if sure[c] < CERTAIN:
            return []
        means = {"mean_in": inside, "mean_out": outside, "mean_all": weights}
        numbers = {name: float(sample[:, c].mean()) for name, sample in means.items()}
        return [Fact("weight_matters", self.decision.case.criteria[c], numbers)]

    def _scenarios(self, i: int) -> list[Fact]:
        method = self.ids[i]
        base = self.decision.base.acceptability[method]
        return [
            Fact("scenario_matters", str(outcome.situation.scenario), {"share": share, "base_share": base})
            for outcome in self.decision.scenarios
            if abs((share := outcome.acceptability[method]) - base) >= LARGE
        ]
