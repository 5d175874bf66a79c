"""The result of a case as it is read and written."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from talkoot.analysis.decision import results

if TYPE_CHECKING:
    from talkoot.analysis.decision.case import Case
    from talkoot.analysis.decision.exact.program import Array, Chosen
    from talkoot.analysis.decision.guarantees import Guarantee
    from talkoot.analysis.decision.nondominated import NonDominated
    from talkoot.analysis.decision.regret import Robust
    from talkoot.analysis.decision.results import Share
    from talkoot.analysis.decision.situations import Situation

NAME = "Portfolio acceptability with minimax regret"
VERSION = "2.0"
CITATION = (
    "Liesiö, J., Mild, P. & Salo, A. (2007). Preference programming for robust portfolio modeling and project "
    "selection. European Journal of Operational Research 181(3), 1488–1505. "
    "Lahdelma, R., Hokkanen, J. & Salminen, P. (1998). SMAA – Stochastic multiobjective acceptability analysis. "
    "European Journal of Operational Research 106(1), 137–143."
)
SHOWN = 200


@dataclass(frozen=True)
class Outcome:
    """The result of one situation under one set of weights.

    `weights`: the sampled weights, samples × criteria; `chosen`: samples × methods in the order of
    `situation.ids`; `guarantees`: by method, empty where they were not asked for (scenarios).
    """

    situation: Situation
    weights: Array
    chosen: Chosen
    acceptability: dict[str, float]
    acceptability_se: dict[str, float]
    portfolios: tuple[Share, ...]
    recommended: Robust
    runner_up: Robust | None
    shadow_prices: dict[str, float]
    guarantees: dict[str, Guarantee]
    unproved: int

    @property
    def core(self) -> list[str]:
        return sorted(method for method, share in self.acceptability.items() if share == 1)

    @property
    def exterior(self) -> list[str]:
        return sorted(method for method, share in self.acceptability.items() if share == 0)

    @property
    def borderline(self) -> list[str]:
        return sorted(method for method, share in self.acceptability.items() if 0 < share < 1)

    @property
    def central_weights(self) -> dict[str, list[float] | None]:
        """By method, mean weights of the situations whose best portfolio holds it; None where none does."""
        means = results.central_weights(self.chosen, self.weights)
        return {
            method: None if np.isnan(row).any() else row.tolist()
            for method, row in zip(self.situation.ids, means, strict=True)
        }

    def to_json(self) -> dict[str, object]:
        written: dict[str, object] = {
            "acceptability": self.acceptability,
            "acceptability_se": self.acceptability_se,
            "core": self.core,
            "exterior": self.exterior,
            "borderline": self.borderline,
            "recommended": self.recommended.to_json(),
            "runner_up": self.runner_up and self.runner_up.to_json(),
            "portfolios": [share.to_json() for share in self.portfolios[:SHOWN]],
            "portfolio_count": len(self.portfolios),
            "shadow_prices": self.shadow_prices,
        }
        return written | ({"guarantees": self.guarantees} if self.guarantees else {})


@dataclass(frozen=True)
class Decision:
    """The result of a case.

    `weights`: the sampled weights of the top level, samples × criteria; `vertices`: of every polytope that a person
    allows; `ranks`: methods in the order of their ids × ranks; `expected`: acceptability over the scenarios and its
    standard error, by id; `seconds`, `seconds_cpu`: sampling and optimising; `processes`: how many threads did it.
    """

    case: Case
    base: Outcome
    scenarios: tuple[Outcome, ...]
    people: dict[str, Outcome]
    expected: tuple[dict[str, float], dict[str, float]] | None
    non_dominated: NonDominated | None
    non_dominated_reason: str | None
    vertices: Array
    weights: Array
    ranks: Array
    seconds: float
    seconds_cpu: float
    seconds_guarantees: float
    processes: int

    @property
    def mean_weights(self) -> dict[str, float]:
        return dict(zip(self.case.criteria, self.weights.mean(axis=0).tolist(), strict=True))

    @property
    def pool(self) -> list[tuple[str, ...]]:
        """The most frequent portfolios: give them to `decide` again to be faster when only weights change."""
        return [share.methods for share in self.base.portfolios[:SHOWN]]

    @property
    def unproved(self) -> int:
        """How many sampled optima are the best known only, over the base case (or its people) and the scenarios."""
        apart = self.people.values() or [self.base]
        return sum(outcome.unproved for outcome in (*apart, *self.scenarios))

    def to_json(self) -> dict[str, object]:
        criteria = self.case.criteria
        ranks = dict(zip(self.base.situation.ids, self.ranks.tolist(), strict=True))
        return {
            **self.base.to_json(),
            "non_dominated": self.non_dominated and self.non_dominated.to_json(),
            "non_dominated_reason": self.non_dominated_reason,
            "weight_vertices": [dict(zip(criteria, at, strict=True)) for at in self.vertices.tolist()],
            "mean_weights": self.mean_weights,
            "rank_acceptability": {method: ranks[method] for method in self.case.method_ids},
            "by_scenario": self._by_scenario(),
            "by_people": {person: outcome.to_json() for person, outcome in self.people.items()},
            "unproved": self.unproved,
            "samples": self.case.samples,
            "seed": self.case.seed,
            "seconds": self.seconds,
            "seconds_cpu": self.seconds_cpu,
            "seconds_guarantees": self.seconds_guarantees,
            "processes": self.processes,
            "method": {"name": NAME, "version": VERSION, "citation": CITATION},
        }

    def _by_scenario(self) -> dict[str, object]:
        shown: dict[str, object] = {str(o.situation.scenario): o.to_json() for o in self.scenarios}
        if self.expected is not None:
            shown["expected"] = {"acceptability": self.expected[0], "acceptability_se": self.expected[1]}
        return shown
