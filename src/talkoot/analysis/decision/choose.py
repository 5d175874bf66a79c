"""Which methods to choose: the best portfolio in each of many sampled situations, and the most robust of them.

Sampling: weights uniform on their polytope, scores from their distributions; each sampled situation is solved
exactly. The share of situations whose optimum holds a method is its acceptability (Lahdelma, Hokkanen and
Salminen 1998; for portfolios Tervonen, Liesiö and Salo 2017). The recommendation and the guarantees do not rest on
samples of the rival: see `regret` and `guarantees`. Results depend on the case alone, its seed included.

With people, each is solved with their own weights; sample i of the whole is sample i of person i mod their number,
so every person has an equal share and all share the same draws of the scores.
"""

from __future__ import annotations

from dataclasses import dataclass
from time import perf_counter, process_time
from typing import TYPE_CHECKING

import numpy as np

from talkoot.analysis.decision import nondominated, results, rules, sampling, scores, situations
from talkoot.analysis.decision.guarantees import Ends, guarantees
from talkoot.analysis.decision.outcome import Decision, Outcome
from talkoot.analysis.decision.polytope import Polytope
from talkoot.analysis.decision.regret import most_robust
from talkoot.analysis.decision.sampling import Cancelled, Run, Sampled

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from talkoot.analysis.decision.case import Case
    from talkoot.analysis.decision.exact.program import Array, Chosen
    from talkoot.analysis.decision.guarantees import Guarantee
    from talkoot.analysis.decision.situations import Situation

    Progress = Callable[[int, int], None]

__all__ = ["Cancelled", "decide"]


@dataclass(frozen=True)
class Opinion:
    """One person's weights, or those of the whole case: `weights` are samples × criteria, `values` samples × columns."""

    polytope: Polytope
    weights: Array
    values: Array


def decide(
    case: Case,
    progress: Progress | None = None,
    *,
    cancelled: Callable[[], bool] = lambda: False,
    processes: int | None = None,
    pool: Sequence[Sequence[str]] = (),
) -> Decision:
    """Solve a case.

    `progress(done, total)` counts sampled situations; `cancelled()` is asked between blocks of them. `processes`: how
    many are solved at once, on threads (every core when None); `pool`: portfolios of an earlier decision on the same
    methods. Neither changes an answer.

    Raises:
        CaseError: the case is refused.
        Cancelled: `cancelled` said so.
    """
    case.check()
    rules.refuse_impossible(case)
    threads = processes or sampling.cores()
    settings = [situations.base(case), *situations.scenarios(case)]
    opinions = max(1, len(case.people))
    total = (opinions + len(settings) - 1) * case.samples
    run = Run(threads, _counter(progress, total), cancelled)
    started, started_cpu = perf_counter(), process_time()
    stated = [(*case.weights, *person.weights) for person in case.people] or [case.weights]
    each = [_opinion(case, Polytope.of(case.criteria, statements)) for statements in stated]
    base, scenarios = settings[0], settings[1:]
    kept = _kept(base, pool)
    solved = [sampling.optima(base.program, o.values * base.factor, o.weights, kept, run) for o in each]
    weights, values, together = _share(each, solved)
    varied = [sampling.optima(s.program, values * s.factor, weights, _kept(s, pool), run) for s in scenarios]
    seconds, seconds_cpu = perf_counter() - started, process_time() - started_cpu
    started = perf_counter()
    vertices = _all_vertices(each)
    people = {
        person.id: _outcome(case, base, opinion.weights, sampled, opinion.polytope.vertices, prove=True)
        for person, opinion, sampled in zip(case.people, each, solved, strict=False)
    }
    outcome = _outcome(case, base, weights, together, vertices, prove=not people, people=people)
    outcomes = [
        _outcome(case, s, weights, v, vertices, prove=False) for s, v in zip(scenarios, varied, strict=True)
    ]
    found, reason = (
        nondominated.enumerated(base, vertices, np.unique(together.chosen, axis=0), case.method_ids)
        if case.enumerate
        else (None, nondominated.NOT_ASKED)
    )
    return Decision(
        case=case,
        base=outcome,
        scenarios=tuple(outcomes),
        people=people,
        expected=_expected(case, outcomes) if case.scenarios else None,
        non_dominated=found,
        non_dominated_reason=reason,
        vertices=vertices,
        weights=weights,
        ranks=results.rank_acceptability((values * base.factor)[:, : len(base.ids)]),
        seconds=seconds,
        seconds_cpu=seconds_cpu,
        seconds_guarantees=perf_counter() - started,
        processes=threads,
    )


def _opinion(case: Case, polytope: Polytope) -> Opinion:
    weights = polytope.sample(case.samples, case.seed)
    return Opinion(polytope, weights, scores.values(scores.scored(case), weights, case.seed))


def _share(each: Sequence[Opinion], solved: Sequence[Sampled]) -> tuple[Array, Array, Sampled]:
    """Weights, values and optima in which the opinions take turns."""
    if len(each) == 1:
        return each[0].weights, each[0].values, solved[0]
    turn = np.arange(len(each[0].weights))
    whose = turn % len(each)
    whole = Sampled(
        chosen=np.stack([s.chosen for s in solved])[whose, turn],
        prices=np.stack([s.prices for s in solved])[whose, turn],
        unproved=sum(s.unproved for s in solved),
        steps=np.stack([s.steps for s in solved])[whose, turn],
    )
    weights = np.stack([o.weights for o in each])[whose, turn]
    return weights, np.stack([o.values for o in each])[whose, turn], whole


def _kept(situation: Situation, pool: Sequence[Sequence[str]]) -> Chosen:
    """Of the portfolios of an earlier calculation, those that are still allowed."""
    rows = [situation.columns(methods) for methods in pool]
    allowed = [row for row in rows if situation.program.allows(row)]
    return np.array(allowed, dtype=np.bool_).reshape(len(allowed), situation.program.size)


def _all_vertices(each: Sequence[Opinion]) -> Array:
    """The vertices of every polytope, those of the first first, none twice."""
    found: dict[tuple[float, ...], None] = {}
    for opinion in each:
        found |= dict.fromkeys(map(tuple, opinion.polytope.vertices.tolist()))
    return np.array(list(found), dtype=np.float64)


def _outcome(
    case: Case,
    situation: Situation,
    weights: Array,
    sampled: Sampled,
    vertices: Array,
    *,
    prove: bool,
    people: dict[str, Outcome] | None = None,
) -> Outcome:
    portfolios, shares = results.distinct(sampled.chosen)
    robust = most_robust(situation, vertices, portfolios, weights.mean(axis=0))
    chosen = sampled.chosen[:, : len(situation.ids)]
    share = chosen.mean(axis=0)
    order = case.method_ids
    proved: dict[str, Guarantee] = _together(people, order) if people else {}
    if prove:
        named = dict(
            zip(situation.ids, _proved(situation, weights, sampled, portfolios, vertices), strict=True)
        )
        proved = {method: named[method] for method in order}
    return Outcome(
        situation=situation,
        weights=weights,
        chosen=chosen,
        acceptability=results.by_method(order, situation.ids, share),
        acceptability_se=results.by_method(order, situation.ids, results.standard_error(share, len(chosen))),
        portfolios=tuple(
            results.Share(situation.names(row), float(s)) for row, s in zip(portfolios, shares, strict=True)
        ),
        recommended=robust[0],
        runner_up=robust[1] if len(robust) > 1 else None,
        shadow_prices=results.shadow_prices(situation, sampled.prices),
        guarantees=proved,
        unproved=sampled.unproved,
    )


def _proved(
    situation: Situation, weights: Array, sampled: Sampled, portfolios: Chosen, vertices: Array
) -> list[Guarantee]:
    ends = Ends(*(vertices @ part.T for part in (situation.low, situation.high, situation.mean)))
    first = [int(np.argmax((sampled.chosen == row).all(axis=1))) for row in portfolios[:60]]
    return guarantees(situation.program, ends, portfolios, _mixtures(vertices, weights[first]))


def _mixtures(vertices: Array, weights: Array) -> Array:
    """Each row of weights as a mixture of the vertices: least squares with non-negative shares that sum to 1."""
    from scipy.optimize import nnls  # noqa: PLC0415 -- slow to load, and needed here alone

    heavy = 1e3  # how much more the sum counts than the match
    matrix = np.vstack([vertices.T, heavy * np.ones(len(vertices))])
    found = np.array([nnls(matrix, np.append(row, heavy))[0] for row in weights])
    return np.asarray(found / found.sum(axis=1, keepdims=True))


def _together(people: dict[str, Outcome], order: list[str]) -> dict[str, Guarantee]:
    """Over every weight at least one person allows: always and never only when so for each."""
    merged: dict[str, Guarantee] = {}
    for method in order:
        said = {outcome.guarantees[method] for outcome in people.values()}
        if "open" in said or {"always", "never"} <= said:
            merged[method] = "open"
        else:
            merged[method] = said.pop() if len(said) == 1 else "not proved"
    return merged


def _expected(case: Case, outcomes: list[Outcome]) -> tuple[dict[str, float], dict[str, float]]:
    """Over scenarios: they share random numbers, so the error is that of their mean in each sample."""
    probabilities = situations.probabilities(case)
    mixed = np.zeros(outcomes[0].chosen.shape)
    for p, outcome in zip(probabilities, outcomes, strict=True):
        mixed += p * outcome.chosen
    ids, order = outcomes[0].situation.ids, case.method_ids
    error = mixed.std(axis=0) / np.sqrt(len(mixed))
    return results.by_method(order, ids, mixed.mean(axis=0)), results.by_method(order, ids, error)


def _counter(progress: Progress | None, total: int) -> Callable[[int], None]:
    done = 0

    def report(more: int) -> None:
        nonlocal done
        done += more
        if progress is not None:
            progress(done, total)

    return report
