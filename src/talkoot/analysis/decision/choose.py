"""Which methods to choose: the best portfolio in each of many sampled situations, and the most robust of them.

Sampling: weights uniform on their polytope, scores from their distributions; each sampled situation is solved
exactly. The share of situations whose optimum holds a method is its acceptability (Lahdelma, Hokkanen and
Salminen 1998; for portfolios Tervonen, Liesiö and Salo 2017). The recommendation does not rest on samples of
the rival: see `regret`. Results depend on the case alone, its seed included, and not on the order of work.
"""

from __future__ import annotations

from dataclasses import dataclass
from time import perf_counter
from typing import TYPE_CHECKING

import numpy as np

from talkoot.analysis.decision import scores, situations
from talkoot.analysis.decision.polytope import Polytope
from talkoot.analysis.decision.regret import Robust, most_robust

if TYPE_CHECKING:
    from collections.abc import Callable

    from talkoot.analysis.decision.case import Case
    from talkoot.analysis.decision.optimise import Chosen
    from talkoot.analysis.decision.scores import Array
    from talkoot.analysis.decision.situations import Situation

    Progress = Callable[[int, int], None]

NAME = "Portfolio acceptability with minimax regret"
VERSION = "1.0"
CITATION = (
    "Liesiö, J., Mild, P. & Salo, A. (2007). Preference programming for robust portfolio modeling and project "
    "selection. European Journal of Operational Research 181(3), 1488–1505. "
    "Lahdelma, R., Hokkanen, J. & Salminen, P. (1998). SMAA – Stochastic multiobjective acceptability analysis. "
    "European Journal of Operational Research 106(1), 137–143."
)
SHOWN = 200
STEP = 50


@dataclass(frozen=True)
class Share:
    methods: tuple[str, ...]
    share: float

    def to_json(self) -> dict[str, object]:
        return {"methods": list(self.methods), "share": self.share}


@dataclass(frozen=True)
class Outcome:
    """The result of one situation. `chosen`: samples × methods in the order of `situation.ids`."""

    situation: Situation
    chosen: Chosen
    acceptability: dict[str, float]
    acceptability_se: dict[str, float]
    portfolios: tuple[Share, ...]
    recommended: Robust
    runner_up: Robust | None
    unproved: int

    def to_json(self) -> dict[str, object]:
        return {
            "acceptability": self.acceptability,
            "acceptability_se": self.acceptability_se,
            "recommended": self.recommended.to_json(),
            "runner_up": self.runner_up and self.runner_up.to_json(),
            "portfolios": [share.to_json() for share in self.portfolios[:SHOWN]],
        }


@dataclass(frozen=True)
class Decision:
    """The result of a case. `weights`: the sampled weights, samples × criteria; `seconds`: wall time of
    sampling and optimising; `expected`: acceptability over the scenarios and its standard error, by id."""

    case: Case
    base: Outcome
    scenarios: tuple[Outcome, ...]
    expected: tuple[dict[str, float], dict[str, float]] | None
    vertices: Array
    weights: Array
    seconds: float

    @property
    def mean_weights(self) -> dict[str, float]:
        return dict(zip(self.case.criteria, self.weights.mean(axis=0).tolist(), strict=True))

    @property
    def unproved(self) -> int:
        return sum(outcome.unproved for outcome in (self.base, *self.scenarios))

    def to_json(self) -> dict[str, object]:
        criteria = self.case.criteria
        return {
            **self.base.to_json(),
            "by_scenario": self._by_scenario(),
            "weight_vertices": [dict(zip(criteria, at, strict=True)) for at in self.vertices.tolist()],
            "mean_weights": self.mean_weights,
            "unproved": self.unproved,
            "samples": self.case.samples,
            "seed": self.case.seed,
            "seconds": self.seconds,
            "method": {"name": NAME, "version": VERSION, "citation": CITATION},
        }

    def _by_scenario(self) -> dict[str, object]:
        shown: dict[str, object] = {str(o.situation.scenario): o.to_json() for o in self.scenarios}
        if self.expected is not None:
            shown["expected"] = {"acceptability": self.expected[0], "acceptability_se": self.expected[1]}
        return shown


def decide(case: Case, progress: Progress | None = None) -> Decision:
    """Solve a case. `progress(done, total)` counts sampled situations; CaseError when the case is refused."""
    case.check()
    started = perf_counter()
    polytope = Polytope.of(case.criteria, case.weights)
    weights = polytope.sample(case.samples, case.seed)
    methods = sorted(case.methods, key=lambda method: method.id)
    values = scores.values(methods, weights, case.seed)
    settings = [situations.base(case), *situations.scenarios(case)]
    report = _counter(progress, len(settings) * case.samples)
    optima = [_optima(situation, values, report) for situation in settings]
    seconds = perf_counter() - started
    outcomes = [
        _outcome(case, situation, chosen, unproved, polytope.vertices, weights.mean(axis=0))
        for situation, (chosen, unproved) in zip(settings, optima, strict=True)
    ]
    return Decision(
        case=case,
        base=outcomes[0],
        scenarios=tuple(outcomes[1:]),
        expected=_expected(case, outcomes[1:]) if case.scenarios else None,
        vertices=polytope.vertices,
        weights=weights,
        seconds=seconds,
    )


def _optima(situation: Situation, values: Array, report: Callable[[int], None]) -> tuple[Chosen, int]:
    feasible = situation.portfolios(drawn=True)
    chosen, unproved = [], 0
    for done, sampled in enumerate(values * situation.factor, start=1):
        optimum = feasible.best(sampled)
        chosen.append(optimum.chosen)
        unproved += not optimum.proved
        if done % STEP == 0 or done == len(values):
            report(STEP if done % STEP == 0 else done % STEP)
    return np.array(chosen), unproved


def _outcome(
    case: Case,
    situation: Situation,
    chosen: Chosen,
    unproved: int,
    vertices: Array,
    mean_weights: Array,
) -> Outcome:
    distinct, counts = np.unique(chosen, axis=0, return_counts=True)
    order = sorted(range(len(distinct)), key=lambda i: (-counts[i], np.flatnonzero(distinct[i]).tolist()))
    robust = most_robust(situation, vertices, distinct[order], mean_weights)
    share = chosen.mean(axis=0)
    return Outcome(
        situation=situation,
        chosen=chosen,
        acceptability=_by_method(case, situation, share),
        acceptability_se=_by_method(case, situation, np.sqrt(share * (1 - share) / len(chosen))),
        portfolios=tuple(Share(situation.names(distinct[i]), float(counts[i] / len(chosen))) for i in order),
        recommended=robust[0],
        runner_up=robust[1] if len(robust) > 1 else None,
        unproved=unproved,
    )


def _expected(case: Case, outcomes: list[Outcome]) -> tuple[dict[str, float], dict[str, float]]:
    """Over scenarios: they share random numbers, so the error is that of their mean in each sample."""
    probabilities = situations.probabilities(case)
    mixed = sum(p * outcome.chosen for p, outcome in zip(probabilities, outcomes, strict=True))
    mixed = np.asarray(mixed, dtype=np.float64)
    situation = outcomes[0].situation
    error = mixed.std(axis=0) / np.sqrt(len(mixed))
    return _by_method(case, situation, mixed.mean(axis=0)), _by_method(case, situation, error)


def _by_method(case: Case, situation: Situation, numbers: Array) -> dict[str, float]:
    named = dict(zip(situation.ids, numbers.tolist(), strict=True))
    return {method: named[method] for method in case.method_ids}


def _counter(progress: Progress | None, total: int) -> Callable[[int], None]:
    done = 0

    def report(more: int) -> None:
        nonlocal done
        done += more
        if progress is not None:
            progress(done, total)

    return report
