"""What changes when a budget grows: which methods enter, and at how many units more.

The value of the best portfolio never falls as a budget grows, so the next budget at which it rises is found by
halving; budgets are whole units, as person-days are.
"""

from __future__ import annotations

from dataclasses import dataclass
from math import floor
from typing import TYPE_CHECKING

import numpy as np

from talkoot.analysis.decision.exact import solver
from talkoot.analysis.decision.exact.solver import Optimum, equal

if TYPE_CHECKING:
    from collections.abc import Iterator

    from talkoot.analysis.decision.exact.program import Array, Chosen
    from talkoot.analysis.decision.situations import Situation

GRID = 20


@dataclass(frozen=True)
class Step:
    """At `budget` of a resource the best portfolio changes: its value, its methods, who enters and who leaves."""

    budget: float
    value: float
    methods: tuple[str, ...]
    enters: tuple[str, ...]
    leaves: tuple[str, ...]


def steps(situation: Situation, values: Array, resource: str, *, most: int = 10) -> list[Step]:
    """The next `most` budgets of `resource`, in whole units up to twice its limit, at which the best portfolio gets
    better. `values`: of each column, such as expected scores at mean weights."""
    row = situation.budgets.index(resource)
    limit = float(situation.limits[row])
    highest = max(floor(2 * limit), floor(limit + float(situation.needs[:, row].max(initial=0.0))))
    found: list[Step] = []
    before = _at(situation, values, row, limit)
    best = _at(situation, values, row, highest)
    low = floor(limit)
    while len(found) < most and best.value > before.value + equal(before.value):
        low, after = _first_better(situation, values, row, low, highest, before.value)
        found.append(_step(situation, float(low), before.chosen, after))
        before = after
    return found


def entries(situation: Situation, values: Array, row: int) -> dict[int, float]:
    """By method the smallest budget of `row` found, up to double its limit, at which the best portfolio holds it,
    when at the limit it does not: on a grid of 5 % of the limit, then to the whole unit within the step."""
    needs, limit = situation.needs[:, row], float(situation.limits[row])
    step = limit / GRID or float(np.min(needs, where=needs > 0, initial=np.inf))
    inside = _at(situation, values, row, limit).chosen
    entered: dict[int, float] = {}
    for k in range(1, GRID + 1):
        low, high = limit + (k - 1) * step, limit + k * step
        if low >= needs.sum():
            break
        best = _at(situation, values, row, high).chosen
        for i in np.flatnonzero((best & ~inside)[: len(situation.ids)]):
            if int(i) not in entered:
                entered[int(i)] = _to_the_unit(situation, values, row, int(i), low, high)
    return entered


def _to_the_unit(
    situation: Situation, values: Array, row: int, method: int, low: float, high: float
) -> float:
    """A smallest whole budget in (low, high] with the method in the best portfolio, else `high`."""
    least, most = floor(low) + 1, floor(high)
    if most < least or not _at(situation, values, row, most).chosen[method]:
        return high
    while least < most:
        middle = (least + most) // 2
        if _at(situation, values, row, middle).chosen[method]:
            most = middle
        else:
            least = middle + 1
    return float(most)


def _first_better(
    situation: Situation, values: Array, row: int, low: int, high: int, known: float
) -> tuple[int, Optimum]:
    """The smallest whole budget above `low` whose best portfolio is worth more than `known`."""
    for reach in _doubling(low, high):
        found = _at(situation, values, row, reach)
        if found.value > known + equal(known):
            high = reach
            break
        low = reach
    while high - low > 1:
        middle = (low + high) // 2
        if _at(situation, values, row, middle).value > known + equal(known):
            high = middle
        else:
            low = middle
    return high, _at(situation, values, row, high)


def _doubling(low: int, high: int) -> Iterator[int]:
    reach = 1
    while low + reach < high:
        yield low + reach
        reach *= 2
    yield high


def _at(situation: Situation, values: Array, row: int, limit: float) -> Optimum:
    found = solver.best(situation.program.with_limit(row, limit), values)
    if found is None:  # a budget that only grows keeps what was possible
        raise ValueError("No portfolio keeps the rules at this budget.")
    return found


def _step(situation: Situation, budget: float, before: Chosen, after: Optimum) -> Step:
    return Step(
        budget=budget,
        value=after.value,
        methods=situation.names(after.chosen),
        enters=situation.names(after.chosen & ~before),
        leaves=situation.names(before & ~after.chosen),
    )
