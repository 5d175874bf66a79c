from __future__ import annotations

from itertools import product
from typing import TYPE_CHECKING, TypeAlias

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from talkoot.analysis.decision.exact import milp, solver
from talkoot.analysis.decision.exact.block import PROVED, TIED
from talkoot.analysis.decision.exact.program import Rules

if TYPE_CHECKING:
    from talkoot.analysis.decision.exact.program import Array, Chosen, Program
    from talkoot.analysis.decision.exact.solver import Optimum

    Instance: TypeAlias = tuple[Program, Array]

ALL = settings(deadline=None, max_examples=150)


@st.composite
def instances(draw: st.DrawFn) -> Instance:
    """Every kind of rule over few methods; small whole numbers, so that ties and worthless methods abound."""
    methods = draw(st.integers(1, 8))
    which = st.lists(st.integers(0, methods - 1), min_size=2, max_size=3, unique=True)
    several = methods > 2
    synergies = draw(st.lists(which, max_size=2)) if several else []
    rules = Rules(methods, len(synergies))
    whole = st.integers(0, 9)
    for _ in range(draw(st.integers(0, 3))):
        needs = draw(st.lists(whole, min_size=methods, max_size=methods))
        rules.at_most("budget", list(enumerate(needs)), draw(st.integers(0, 25)))
    if draw(st.booleans()):
        rules.at_least(
            "minimum", [(i, draw(st.integers(0, 3))) for i in range(methods)], draw(st.integers(0, 4))
        )
    for pair in draw(st.lists(which, max_size=3)) if several else []:
        if draw(st.booleans()):
            rules.needs("needs", pair[0], pair[1])
        else:
            rules.at_most("excludes", [(pair[0], 1), (pair[1], 1)], 1)
    for members in draw(st.lists(which, max_size=1)) if several else []:
        rules.at_least("group", [(i, 1) for i in members], draw(st.integers(0, 2)))
    for members in synergies:
        rules.together("synergy", members)
    upper = np.array(draw(st.lists(st.booleans() | st.just(value=True), min_size=methods, max_size=methods)))
    lower = upper & np.array(
        draw(st.lists(st.sampled_from([False] * 5 + [True]), min_size=methods, max_size=methods))
    )
    size = methods + len(synergies)
    values = draw(st.lists(st.integers(-3, 6), min_size=size, max_size=size))
    return rules.program(lower, upper), np.array(values, dtype=float)


def every(program: Program) -> Chosen:
    """All portfolios that keep the rules, by trying all."""
    subsets = np.array(list(product([False, True], repeat=program.methods)))
    extra = np.zeros((len(subsets), program.size - program.methods), dtype=bool)
    whole = np.array([program.completed(row) for row in np.hstack([subsets, extra])])
    return np.asarray(whole[[program.allows(row) for row in whole]])


def first_of_the_best(program: Program, values: Array) -> tuple[list[int], float] | None:
    rows = every(program)
    if not len(rows):
        return None
    worth = rows @ values
    tied = rows[worth >= worth.max() - 1e-9]
    return min(methods(program, row) for row in tied), float(worth.max())


def methods(program: Program, chosen: Chosen) -> list[int]:
    found: list[int] = np.flatnonzero(chosen[: program.methods]).tolist()
    return found


def told(program: Program, optimum: Optimum | None) -> tuple[list[int], float] | None:
    return None if optimum is None else (methods(program, optimum.chosen), optimum.value)


def slots(count: int, limit: float) -> Program:
    rules = Rules(count, 0)
    rules.at_most("slots", [(i, 1) for i in range(count)], limit)
    return rules.program(np.zeros(count, dtype=bool), np.ones(count, dtype=bool))


@ALL
@given(instances())
def test_the_optimum_is_that_of_trying_every_portfolio(instance: Instance) -> None:
    program, values = instance
    optimum = solver.best(program, values)
    assert told(program, optimum) == first_of_the_best(program, values)
    assert optimum is None or optimum.proved


@ALL
@given(instances())
def test_highs_finds_the_same_value(instance: Instance) -> None:
    program, values = instance
    chosen, proved = milp.solve(program, values)
    expected = first_of_the_best(program, values)
    assert proved
    assert (chosen is None) == (expected is None)
    if chosen is not None and expected is not None:
        assert values @ chosen == pytest.approx(expected[1])


@ALL
@given(instances())
def test_ties_settled_method_by_method_give_the_same_portfolio(instance: Instance) -> None:
    program, values = instance
    expected = first_of_the_best(program, values)
    if expected is not None:
        rows = every(program)
        last = max(rows[rows @ values >= expected[1] - 1e-9], key=lambda row: methods(program, row))
        first, proved = solver._first_of_equals(program, values, last)
        assert (methods(program, first), proved) == (expected[0], True)


@ALL
@given(instances(), st.integers(-3, 20))
def test_a_better_portfolio_is_found_just_when_there_is_one(instance: Instance, above: int) -> None:
    program, values = instance
    expected = first_of_the_best(program, values)
    found = solver.best(program, values, above=above)
    assert told(program, found) == (expected if expected and expected[1] > above else None)


@ALL
@given(st.lists(instances(), min_size=1, max_size=1), st.integers(0, 5))
def test_a_pool_of_known_portfolios_changes_no_answer(given_: list[Instance], seed: int) -> None:
    program, values = given_[0]
    rows = every(program)
    random = np.random.default_rng(seed)
    several = values + random.integers(-2, 3, (5, len(values)))
    pool = rows[random.permutation(len(rows))[:3]]
    alone = solver.solve(program, several)
    helped = solver.solve(program, several, pool=pool)
    assert alone.chosen.tolist() == helped.chosen.tolist()
    assert alone.ending.tolist() == helped.ending.tolist()


@pytest.mark.parametrize("seed", range(6))
def test_many_methods_under_tight_budgets_are_solved_as_by_highs(seed: int) -> None:
    random = np.random.default_rng(seed)
    needs = random.integers(5, 80, (30, 3)).astype(float)
    values = random.uniform(20, 40, 32)
    rules = Rules(30, 2)
    for r in range(3):
        rules.at_most(f"budget {r}", list(enumerate(needs[:, r])), needs[:, r].sum() * 0.3)
    for a, b in random.choice(30, (4, 2), replace=False):
        rules.needs("needs", a, b)
    rules.together("synergy", [1, 2, 3])
    rules.together("synergy", [4, 5])
    program = rules.program(np.zeros(30, dtype=bool), np.ones(30, dtype=bool))
    fast = solver.best(program, values)
    slow, proved = milp.solve(program, values)
    assert fast is not None
    assert slow is not None
    assert fast.value == pytest.approx(values @ slow, rel=1e-9)
    assert fast.proved
    assert proved
    assert program.allows(fast.chosen)


def test_equal_methods_too_many_to_visit_still_give_the_first_by_name() -> None:
    program = slots(40, 20)
    values = np.full(40, 3.0)
    compiled = solver._compiled(program, values[None, :], np.array([-np.inf]), program.nothing, 10**7)
    assert compiled.ending[0] == TIED
    optimum = solver.best(program, values)
    assert told(program, optimum) == (list(range(20)), 60)
    assert optimum is not None
    assert optimum.proved


def test_sums_that_differ_by_rounding_alone_are_equal() -> None:
    rules = Rules(3, 0)
    rules.at_most("days", [(0, 3), (1, 1), (2, 2)], 3)
    program = rules.program(np.zeros(3, dtype=bool), np.ones(3, dtype=bool))
    assert told(program, solver.best(program, np.array([0.3, 0.1, 0.2]))) == ([0], 0.3)


def test_needs_that_fill_a_budget_to_the_last_decimal_fit() -> None:
    rules = Rules(2, 0)
    rules.at_most("days", [(0, 0.1), (1, 0.2)], 0.3)
    program = rules.program(np.zeros(2, dtype=bool), np.ones(2, dtype=bool))
    assert told(program, solver.best(program, np.array([1.0, 1.0]))) == ([0, 1], 2)


def test_a_search_that_gives_up_is_finished_by_highs() -> None:
    random = np.random.default_rng(3)
    needs = random.integers(5, 80, (25, 3)).astype(float)
    rules = Rules(25, 0)
    for r in range(3):
        rules.at_most(f"budget {r}", list(enumerate(needs[:, r])), needs[:, r].sum() * 0.3)
    program = rules.program(np.zeros(25, dtype=bool), np.ones(25, dtype=bool))
    values = random.uniform(20, 40, (4, 25))
    whole, short = solver.solve(program, values), solver.solve(program, values, steps=10)
    assert short.chosen.tolist() == whole.chosen.tolist()
    assert set(short.ending) == {PROVED}
