"""Weight statements that cannot hold together: the smallest set of them, as trying all sets finds it."""

from __future__ import annotations

from itertools import combinations, pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from talkoot.analysis.decision import contradictions, weights
from talkoot.analysis.decision.contradictions import contradiction
from talkoot.analysis.decision.weights import OPERATORS, WeightStatement
from tests.analysis.decision.test_weights import ABC, at_least, at_most, more_important

ABCD = tuple("ABCD")
percent = st.integers(0, 20).map(lambda n: n / 20)
statements_of_any_kind = st.builds(
    WeightStatement,
    st.dictionaries(st.sampled_from(ABCD), st.integers(-3, 3), min_size=1),
    st.sampled_from(OPERATORS),
    st.integers(-2, 10).map(lambda n: n / 10),
)


def by_trying_all(statements: list[WeightStatement]) -> tuple[int, ...]:
    return next(
        (
            some
            for size in range(1, len(statements) + 1)
            for some in combinations(range(len(statements)), size)
            if not weights.corners(ABCD, [statements[i] for i in some])
        ),
        (),
    )


@settings(deadline=None, max_examples=150)
@given(st.lists(statements_of_any_kind, max_size=7))
def test_the_smallest_contradiction_is_the_first_that_trying_all_sets_finds(
    statements: list[WeightStatement],
) -> None:
    assert contradiction(ABCD, statements) == by_trying_all(statements)


def test_thirds_written_as_decimals_still_sum_to_one() -> None:
    third = 0.3333333333333333
    exact = [WeightStatement({criterion: 1}, "=", third) for criterion in ABC]
    capped = [at_most(criterion, third) for criterion in ABC]
    assert contradiction(ABC, exact) == ()
    assert contradiction(ABC, capped) == ()


@pytest.mark.parametrize(
    ("statements", "culprits"),
    [
        ([at_most("A", 0.5), at_least("A", 0.6)], (0, 1)),
        ([at_least("A", 0.5), at_least("B", 0.1), at_least("C", 0.6)], (0, 2)),
        ([at_least("A", 0.4), at_least("B", 0.4), at_least("C", 0.4)], (0, 1, 2)),
        ([at_most("A", 0.3), at_most("B", 0.3), at_most("C", 0.3)], (0, 1, 2)),
        ([at_most("A", 0.3), at_most("B", 0.3)], ()),
        ([at_least("B", 0.2), at_least("A", 1.1)], (1,)),
        ([at_most("A", -0.1)], (0,)),
        ([more_important("A", "B"), more_important("B", "C"), at_least("C", 0.4)], (0, 1, 2)),
        ([more_important("A", "B"), at_least("C", 0.2), at_least("B", 0.6)], (0, 2)),
    ],
)
def test_the_smallest_contradiction_is_named(
    statements: list[WeightStatement],
    culprits: tuple[int, ...],
) -> None:
    assert contradiction(ABC, statements) == culprits


def test_a_small_contradiction_is_found_behind_a_large_one() -> None:
    large = [more_important("A", "B"), more_important("B", "C"), at_least("C", 0.4)]
    small = [WeightStatement({"A": 1, "B": 1}, "<=", 0.2), at_most("C", 0.5)]
    assert contradiction(ABC, [*small, *large]) == (0, 1)


@settings(deadline=None, max_examples=100)
@given(st.lists(st.tuples(percent, percent), min_size=1, max_size=4))
def test_ranges_contradict_just_when_they_leave_no_vertex(limits: list[tuple[float, float]]) -> None:
    criteria = tuple("ABCD"[: len(limits)])
    statements = weights.bounds(dict(zip(criteria, limits, strict=True)))
    culprits = contradiction(criteria, statements)
    assert bool(culprits) == (not weights.corners(criteria, statements))
    if culprits:
        assert not weights.corners(criteria, [statements[i] for i in culprits])
        assert all(
            weights.corners(criteria, [statements[i] for i in some])
            for some in combinations(range(len(statements)), len(culprits) - 1)
        )


def test_a_chain_of_orders_hands_a_limit_on() -> None:
    limits = weights.bounds({"A": (0, 0.2), "B": (0, 1), "C": (0.3, 1), "D": (0, 1)})
    statements = (*limits, more_important("A", "B"), more_important("B", "C"))
    assert contradiction(ABCD, statements) == (1, 4, 8, 9)


def test_the_first_of_all_cannot_weigh_less_than_its_share() -> None:
    six = tuple("ABCDEF")
    chain = [more_important(a, b) for a, b in pairwise(six)]
    assert contradiction(six, [at_most("A", 0.16), *chain]) == (0, 1, 2, 3, 4, 5)
    assert contradiction(six, [at_most("A", 0.17), *chain]) == ()


def test_orders_in_a_circle_are_ties() -> None:
    circle = [more_important("A", "B"), more_important("B", "C"), more_important("C", "A")]
    assert contradiction(ABC, circle) == ()


def test_a_ratio_contradicts_the_limits_it_passes() -> None:
    twice = WeightStatement({"A": 1, "B": -2}, ">=", 0)
    assert contradiction(ABC, [at_least("B", 0.3), at_most("C", 0.5), twice, at_most("A", 0.5)]) == (0, 2, 3)


def test_contradictions_too_many_to_compare_still_give_one_that_needs_all_of_its_statements(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(contradictions, "TRIED", 2)
    large = [at_least(criterion, 0.4) for criterion in ABC]
    small = [at_most("A", 0.1), at_least("A", 0.2)]
    found = contradiction(ABC, [*large, *small])
    assert found in {(3, 4), (0, 1, 2), (0, 3)}
    assert all(contradiction(ABC, [[*large, *small][i] for i in found if i != left]) == () for left in found)


def test_what_has_corners_is_no_contradiction_to_the_last_decimal() -> None:
    """Sixths rounded to nine decimals sum to 1.000000002: each counts as met when it is short by a billionth."""
    six = tuple("ABCDEF")
    sixths = [WeightStatement({criterion: 1}, "=", 0.166666667) for criterion in six]
    assert contradiction(six, sixths) == ()
    assert len(weights.corners(six, sixths)) >= 1
