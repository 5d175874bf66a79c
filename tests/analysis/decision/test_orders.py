"""Limits and orders of weights: the smallest contradiction, as the general search finds it, and at once."""

from __future__ import annotations

import itertools

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from talkoot.analysis.decision import orders, weights
from talkoot.analysis.decision.weights import WeightStatement, bounds

CRITERIA = ("A", "B", "C", "D")
PAIRS = [(more, less) for more in CRITERIA for less in CRITERIA if more != less]


def order(more: str, less: str) -> WeightStatement:
    return WeightStatement({more: 1, less: -1}, ">=", 0)


@settings(max_examples=60, deadline=None)
@given(
    st.lists(st.tuples(st.integers(0, 60), st.integers(0, 100)), min_size=4, max_size=4),
    st.lists(st.sampled_from(PAIRS), max_size=3),
)
def test_the_smallest_set_has_the_size_that_a_search_through_all_sets_finds(
    ends: list[tuple[int, int]], pairs: list[tuple[str, str]]
) -> None:
    limits = {c: (min(e) / 100, max(e) / 100) for c, e in zip(CRITERIA, ends, strict=True)}
    statements = (*bounds(limits), *(order(*pair) for pair in pairs))
    found = orders.contradiction(CRITERIA, statements)
    assert len(found) == len(weights.contradiction(CRITERIA, statements))
    if found:
        assert weights.contradiction(CRITERIA, [statements[i] for i in found])


def test_a_chain_of_orders_hands_a_limit_on() -> None:
    limits = {"A": (0, 0.2), "B": (0, 1), "C": (0.3, 1), "D": (0, 1)}
    statements = (*bounds(limits), order("A", "B"), order("B", "C"))
    assert orders.contradiction(CRITERIA, statements) == (1, 4, 8, 9)


def test_the_first_of_all_cannot_weigh_less_than_its_share() -> None:
    six = tuple("ABCDEF")
    limits = {c: (0.0, 0.16 if c == "A" else 1.0) for c in six}
    chain = [order(a, b) for a, b in itertools.pairwise(six)]
    assert orders.contradiction(six, (*bounds(limits), *chain)) == (1, 12, 13, 14, 15, 16)
    limits["A"] = (0, 0.17)
    assert orders.contradiction(six, (*bounds(limits), *chain)) == ()


def test_orders_in_a_circle_are_ties() -> None:
    assert orders.contradiction(CRITERIA, [order("A", "B"), order("B", "C"), order("C", "A")]) == ()


@pytest.mark.parametrize(
    "odd", [WeightStatement({"A": 2, "B": -1}, ">=", 0), WeightStatement({"A": 1}, "=", 2)]
)
def test_other_statements_are_left_to_the_general_search(odd: WeightStatement) -> None:
    statements = (order("A", "B"), odd)
    assert orders.contradiction(CRITERIA, statements) == weights.contradiction(CRITERIA, statements)
