"""The best portfolio of one situation or of many, exactly.

The compiled search proves nearly all. Where it gives up, HiGHS's branch and bound goes on; what that cannot
prove either is counted as unproved. Where too many portfolios are equal to be visited one by one, the first by
sorted ids is found method by method.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import numpy as np

from talkoot.analysis.decision.exact import milp
from talkoot.analysis.decision.exact.block import GIVEN_UP, NOTHING, PROVED, STEPS, TIED, Solved, solve_block
from talkoot.analysis.decision.exact.search import CLEAR, EQUAL

if TYPE_CHECKING:
    from talkoot.analysis.decision.exact.program import Array, Chosen, Program


@dataclass(frozen=True)
class Optimum:
    """The best portfolio (one truth a column), its value, and whether that is proved."""

    chosen: Chosen
    value: float
    proved: bool


def best(program: Program, values: Array, *, above: float = -np.inf) -> Optimum | None:
    """The portfolio of greatest value, of equals the first by sorted ids; None when none exceeds `above`."""
    floor = above + equal(above) if above > -np.inf else above
    solved = solve(program, values[None, :], floors=np.array([floor]))
    if solved.ending[0] == NOTHING:
        return None
    chosen: Chosen = solved.chosen[0]
    return Optimum(chosen, float(values[chosen].sum()), bool(solved.ending[0] == PROVED))


def solve(
    program: Program,
    values: Array,
    *,
    pool: Chosen | None = None,
    floors: Array | None = None,
    steps: int = STEPS,
) -> Solved:
    """`solve_block`, with what it leaves open settled: every ending is PROVED, GIVEN_UP (unproved) or NOTHING."""
    if floors is None:
        floors = np.full(len(values), -np.inf)
    if pool is None:
        pool = np.zeros((0, program.size), dtype=np.bool_)
    solved = _compiled(program, np.ascontiguousarray(values, dtype=np.float64), floors, pool, steps)
    for s in np.flatnonzero((solved.ending == TIED) | (solved.ending == GIVEN_UP)):
        found = solved.chosen[s] if program.allows(solved.chosen[s]) else None
        chosen, proved = found, True
        if solved.ending[s] == GIVEN_UP:
            chosen, proved = milp.solve(program, values[s], found)
        if chosen is None or values[s] @ chosen < floors[s]:
            solved.ending[s] = NOTHING if proved else GIVEN_UP
            solved.chosen[s] = False
            continue
        first, settled = _first_of_equals(program, values[s], chosen)
        solved.chosen[s] = first
        solved.ending[s] = PROVED if proved and settled else GIVEN_UP
    return solved


def _compiled(
    program: Program, values: Array, floors: Array, pool: Chosen, steps: int, *, strict: bool = False
) -> Solved:
    solved: Solved = solve_block(values, floors, program.frame, pool, steps, strict)
    return solved


def _first_of_equals(program: Program, values: Array, chosen: Chosen) -> tuple[Chosen, bool]:
    """Of all portfolios worth as much as `chosen` the first by sorted ids, method by method."""
    value = float(values[chosen].sum())
    enough = value - equal(value)
    decided, allowed, proved = program.lower.copy(), program.reachable.copy(), True
    for method in range(program.methods):
        prefix = program.completed(decided)
        ends_here = not decided[method : program.methods].any()  # a beginning comes before what goes on
        if ends_here and program.allows(prefix) and values[prefix].sum() >= enough:
            return prefix, proved
        if decided[method] or not allowed[method]:
            continue
        if not chosen[method]:
            trial = decided.copy()
            trial[method] = True
            narrowed = replace(program, lower=trial, upper=allowed)
            floors = np.array([enough - 2 * CLEAR * equal(value)])
            rival = _compiled(narrowed, values[None, :], floors, program.nothing, STEPS, strict=True)
            proved &= bool(rival.ending[0] != GIVEN_UP)
            if not rival.chosen[0].any() or values[rival.chosen[0]].sum() < enough:
                allowed[method] = False
                continue
            chosen = rival.chosen[0]
        decided[method] = True
    return program.completed(decided), proved


def equal(value: float) -> float:
    """Values closer than this to `value` are the same."""
    return EQUAL * max(1.0, abs(value))
