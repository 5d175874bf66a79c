from __future__ import annotations

from typing import TYPE_CHECKING, TypeAlias

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from talkoot.analysis.decision.optimise import FeasiblePortfolios
from tests.analysis.decision import brute

if TYPE_CHECKING:
    from talkoot.analysis.decision.optimise import Chosen
    from talkoot.analysis.decision.scores import Array

    Instance: TypeAlias = tuple[Array, Array, Chosen, Array]

ALL = settings(deadline=None, max_examples=80)


@st.composite
def instances(draw: st.DrawFn) -> Instance:
    """Needs, limits, availability, values: small whole numbers, so that ties and worthless methods abound."""
    methods, budgets = draw(st.integers(1, 8)), draw(st.integers(0, 3))
    whole = st.integers(0, 9)
    needs = draw(
        st.lists(st.lists(whole, min_size=budgets, max_size=budgets), min_size=methods, max_size=methods)
    )
    limits = draw(st.lists(st.integers(0, 25), min_size=budgets, max_size=budgets))
    available = draw(st.lists(st.booleans() | st.just(value=True), min_size=methods, max_size=methods))
    values = draw(st.lists(st.integers(-2, 6), min_size=methods, max_size=methods))
    return (
        np.array(needs, dtype=float).reshape(methods, budgets), np.array(limits, dtype=float),
        np.array(available), np.array(values, dtype=float),
    )  # fmt: skip


def chosen(row: Chosen) -> list[int]:
    found: list[int] = np.flatnonzero(row).tolist()
    return found


@ALL
@given(instances())
def test_the_optimum_is_that_of_trying_every_portfolio(instance: Instance) -> None:
    needs, limits, available, values = instance
    optimum = FeasiblePortfolios(needs, limits, available).best(values)
    assert (chosen(optimum.chosen), optimum.value) == brute.best(
        brute.feasible(needs, limits, available), values
    )
    assert optimum.proved


@ALL
@given(instances())
def test_branch_and_bound_gives_the_same_portfolio(instance: Instance) -> None:
    needs, limits, available, values = instance
    feasible = FeasiblePortfolios(needs, limits, available)
    none = np.zeros_like(available)
    best = feasible._solve_whole(values, none, available & (values >= 0))
    slow = feasible._settle_ties(best, values, none)
    assert chosen(slow.chosen) == chosen(feasible.best(values).chosen)
    assert slow.proved


@ALL
@given(instances(), st.data())
def test_a_method_that_must_be_in_is_in_the_best_portfolio_with_it(
    instance: Instance,
    data: st.DataObject,
) -> None:
    needs, limits, available, values = instance
    method = data.draw(st.integers(0, len(values) - 1))
    subsets = brute.feasible(needs, limits, available)
    with_it = subsets[subsets[:, method]]
    feasible = FeasiblePortfolios(needs, limits, available)
    if len(with_it):
        optimum = feasible.best(values, include=method)
        assert (chosen(optimum.chosen), optimum.value) == brute.best(with_it, values)
    else:
        with pytest.raises(ValueError, match="not available"):
            feasible.best(values, include=method)


@ALL
@given(instances(), st.integers(-3, 20))
def test_a_better_portfolio_is_found_just_when_there_is_one(
    instance: Instance,
    above: int,
) -> None:
    needs, limits, available, values = instance
    _, top = brute.best(brute.feasible(needs, limits, available), values)
    found = FeasiblePortfolios(needs, limits, available).better(values, above)
    assert (found.value if found else None) == (top if top > above else None)


@pytest.mark.parametrize("seed", range(6))
def test_many_methods_under_tight_budgets_are_solved_as_by_branch_and_bound(seed: int) -> None:
    random = np.random.default_rng(seed)
    needs = random.integers(5, 80, (30, 3)).astype(float)
    values = random.uniform(20, 40, 30)
    feasible = FeasiblePortfolios(needs, needs.sum(axis=0) * 0.3, np.ones(30, dtype=bool))
    fast, slow = (
        feasible.best(values),
        feasible._solve_whole(values, np.zeros(30, dtype=bool), np.ones(30, dtype=bool)),
    )
    assert fast.value == pytest.approx(slow.value, rel=1e-9)
    assert slow.proved
    assert np.all(fast.chosen @ needs <= needs.sum(axis=0) * 0.3)


def test_equal_methods_too_many_to_list_still_give_the_first_by_name() -> None:
    feasible = FeasiblePortfolios(np.ones((40, 1)), np.array([20.0]), np.ones(40, dtype=bool))
    optimum = feasible.best(np.full(40, 3.0))
    assert chosen(optimum.chosen) == list(range(20))
    assert optimum.proved


def test_needs_that_fill_a_budget_to_the_last_decimal_fit() -> None:
    feasible = FeasiblePortfolios(np.array([[0.1], [0.2]]), np.array([0.3]), np.ones(2, dtype=bool))
    assert chosen(feasible.best(np.array([1.0, 1.0])).chosen) == [0, 1]
