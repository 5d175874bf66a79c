"""The best portfolio in each of a block of similar situations.

For each: dual prices from the relaxation, carried on from the one before; the best of the portfolios found so
far; then searches within a gap that grows until it has reached that best one, or one better has been found.
A search that ends within its gap proves its answer, so most end with the first, narrow one.

A block begins from nothing but its arguments. Blocks may be solved in any order, on any thread, alike.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from talkoot.analysis.decision.exact.bound import priced
from talkoot.analysis.decision.exact.compiled import compiled
from talkoot.analysis.decision.exact.relaxation import new_table, row_prices
from talkoot.analysis.decision.exact.search import Best, offer, rounding, search, worth

if TYPE_CHECKING:
    from talkoot.analysis.decision.exact.bound import Priced
    from talkoot.analysis.decision.exact.program import Array, Chosen, Frame, Whole

PROVED, TIED, GIVEN_UP, NOTHING = 0, 1, 2, 3
FIRST_GAP = 0.002  # of the upper bound
WIDER = 1.2  # than the gap of the situation before
PIVOTS = 2_000  # before a relaxation is left as it is
STEPS = 40_000_000  # of one search, a second or two


class Solved(NamedTuple):
    """Of each situation: its best portfolio, the prices of the rows, how it ended, the steps of its search.

    PROVED; TIED (its value is proved, but an equal portfolio may come before it by ids); GIVEN_UP (the best one
    known); or NOTHING (no portfolio keeps the rows and is worth the floor)."""

    chosen: Chosen
    prices: Array
    ending: Whole
    steps: Whole


class Known(NamedTuple):
    """Portfolios that keep the rows, found so far: the first `filled` of `chosen`."""

    chosen: Chosen
    filled: Whole


@compiled
def solve_block(
    values: Array,
    floors: Array,
    frame: Frame,
    pool: Chosen,
    most_steps: int,
    strict: bool,  # noqa: FBT001 -- compiled code has no keywords
) -> Solved:
    """`values`: situations × columns; `floors`: the least value of interest in each; `pool`: portfolios × columns
    that keep the rows; `strict`: any portfolio of the best value will do. A search of more than `most_steps`
    gives up, one that meets too many equals becomes strict."""
    count, size = values.shape
    solved = Solved(
        np.zeros((count, size), dtype=np.bool_),
        np.zeros((count, len(frame.bounds))),
        np.full(count, NOTHING),
        np.zeros(count, dtype=np.int64),
    )
    known = Known(np.zeros((len(pool) + count, size), dtype=np.bool_), np.full(1, len(pool)))
    known.chosen[: len(pool)] = pool
    table = new_table(frame)
    gap = 0.0
    for s in range(count):
        if s > 0 and floors[s] == floors[s - 1] and np.array_equal(values[s], values[s - 1]):
            _repeat(solved, s)
            continue
        row_prices(table, values[s], frame.scale, PIVOTS, solved.prices[s])
        dual = priced(values[s], frame, solved.prices[s])
        best = Best(np.zeros(size, dtype=np.bool_), np.array([floors[s], 0.0, 0.0]))
        _take_best_known(values[s], known, frame.methods, best)
        first_gap = max(gap, FIRST_GAP * abs(dual.bound), 1e-6)
        steps, ending = _widen(values[s], frame, dual, first_gap, strict, most_steps, best)
        solved.steps[s], solved.ending[s] = steps, ending
        if best.state[1] > 0:
            gap = WIDER * max(0.0, dual.bound - best.state[0])
            solved.chosen[s] = best.chosen
            _remember(known, best.chosen)
    return solved


@compiled
def _widen(
    values: Array,
    frame: Frame,
    dual: Priced,
    gap: float,
    strict: bool,  # noqa: FBT001 -- compiled code has no keywords
    most_steps: int,
    best: Best,
) -> tuple[int, int]:
    """Search within a growing gap until nothing better can lie outside it: how many steps, and how it ended."""
    only_better, steps = strict, 0
    while True:
        taken, ended = search(values, frame, dual, gap, only_better, most_steps - steps, best)
        steps += taken
        if not ended:
            if only_better or steps >= most_steps:
                return steps, GIVEN_UP
            only_better = True
        elif _is_enough(values, frame, dual, gap, best):
            break
        else:
            gap *= 2.0
    if best.state[1] == 0:
        return steps, NOTHING
    return steps, TIED if only_better and not strict else PROVED


@compiled
def _is_enough(values: Array, frame: Frame, dual: Priced, gap: float, best: Best) -> bool:
    """Whether nothing better can lie outside the gap just searched."""
    known = best.state[0]
    if known > -np.inf and dual.bound - known + rounding(known) <= gap:
        return True
    everything = 1.0 + abs(dual.bound) + np.abs(values).sum() + np.sum(dual.prices * np.abs(frame.bounds))
    return bool(gap > 2.0 * everything)


@compiled
def _take_best_known(values: Array, known: Known, methods: int, best: Best) -> None:
    for p in range(known.filled[0]):
        value = worth(values, known.chosen[p])
        if value >= best.state[0]:
            offer(best, value, known.chosen[p], methods)


@compiled
def _remember(known: Known, chosen: Chosen) -> None:
    """Add a portfolio unless it is known; the latest are the likeliest."""
    for p in range(known.filled[0] - 1, -1, -1):
        if np.array_equal(known.chosen[p], chosen):
            return
    known.chosen[known.filled[0]] = chosen
    known.filled[0] += 1


@compiled
def _repeat(solved: Solved, s: int) -> None:
    """The same situation again has the same answer."""
    solved.chosen[s] = solved.chosen[s - 1]
    solved.prices[s] = solved.prices[s - 1]
    solved.ending[s] = solved.ending[s - 1]
