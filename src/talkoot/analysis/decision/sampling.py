"""The best portfolio in every sampled situation, on several threads at once.

Situations are put in an order in which neighbours have similar weights and are cut into blocks. The pool of
portfolios that every block begins with comes from a few situations spread over the whole, solved first. Blocks
know nothing of one another, so how many run at once cannot change an answer.
"""

from __future__ import annotations

import os
from concurrent.futures import FIRST_COMPLETED, ThreadPoolExecutor, wait
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from talkoot.analysis.decision.exact import solver
from talkoot.analysis.decision.exact.block import PROVED

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from concurrent.futures import Future

    from talkoot.analysis.decision.exact.block import Solved
    from talkoot.analysis.decision.exact.program import Array, Chosen, Program, Whole

BLOCK = 64
SPREAD = 64  # situations solved first


class Cancelled(Exception):
    """Someone asked for the calculation to stop."""


@dataclass(frozen=True)
class Run:
    """How a calculation runs: on how many threads, whom it tells how far it is, and whom it asks to go on.

    `progress(done)` is called with how many more situations are solved and `cancelled()` asked between blocks,
    both on the caller's thread.
    """

    threads: int
    progress: Callable[[int], None]
    cancelled: Callable[[], bool]


@dataclass(frozen=True)
class Sampled:
    """`chosen`: samples × columns; `prices`: samples × rows, the value of one more unit of each limit in the
    linear relaxation; `unproved`: how many portfolios are the best known only; `steps`: of each search."""

    chosen: Chosen
    prices: Array
    unproved: int
    steps: Whole


def cores() -> int:
    """How many processors this process may use."""
    try:
        return len(os.sched_getaffinity(0))
    except AttributeError:  # macOS, Windows
        return os.cpu_count() or 1


def optima(program: Program, values: Array, weights: Array, kept: Chosen, run: Run) -> Sampled:
    """`values`: samples × columns; `weights`: samples × criteria; `kept`: portfolios from an earlier calculation."""
    order = _neighbours(weights)
    first = order[:: max(1, len(order) // SPREAD)]
    spread = solver.solve(program, values[first], pool=kept)
    pool = np.unique(np.concatenate([kept, spread.chosen[spread.ending == PROVED]]), axis=0)
    parts = [order[at : at + BLOCK] for at in range(0, len(order), BLOCK)]
    count = len(values)
    sampled = Sampled(
        chosen=np.zeros((count, program.size), dtype=np.bool_),
        prices=np.zeros((count, len(program.limits))),
        unproved=0,
        steps=np.zeros(count, dtype=np.int64),
    )
    unproved = 0
    for part, solved in _solved(program, values, parts, pool, run):
        sampled.chosen[part], sampled.prices[part] = solved.chosen, solved.prices
        sampled.steps[part] = solved.steps
        unproved += int(np.sum(solved.ending != PROVED))
    return Sampled(sampled.chosen, sampled.prices, unproved, sampled.steps)


def _solved(
    program: Program, values: Array, parts: list[Whole], pool: Chosen, run: Run
) -> Iterator[tuple[Whole, Solved]]:
    """Each part with its solution, in the order they are done; few are under way at a time."""
    waiting = iter(parts)
    with ThreadPoolExecutor(run.threads) as threads:
        under_way: dict[Future[Solved], Whole] = {}
        try:
            while True:
                for part in waiting:
                    under_way[threads.submit(solver.solve, program, values[part], pool=pool)] = part
                    if len(under_way) > run.threads:
                        break
                if not under_way:
                    return
                if run.cancelled():
                    raise Cancelled
                done, _ = wait(under_way, return_when=FIRST_COMPLETED)
                for future in done:
                    part = under_way.pop(future)
                    run.progress(len(part))
                    yield part, future.result()
        finally:
            for future in under_way:
                future.cancel()


def _neighbours(weights: Array) -> Whole:
    """An order in which neighbours are close: halved along the widest criterion, again and again."""
    found: list[Whole] = []
    parts = [np.arange(len(weights))]
    while parts:
        part = parts.pop()
        spread = np.ptp(weights[part], axis=0)
        if len(part) <= BLOCK // 8 or not spread.any():
            found.append(part)
            continue
        order = part[np.argsort(weights[part, int(np.argmax(spread))], kind="stable")]
        parts += [order[len(order) // 2 :], order[: len(order) // 2]]
    return np.concatenate(found)
