"""A protected table against every table there can be: the cost is the least, and no small figure is pinned down."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, TypeAlias

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from talkoot.analysis.decision.errors import CaseError
from talkoot.analysis.survey.disclosure.rules import Rule
from talkoot.analysis.survey.disclosure.table import GRAND, Table, protect, read
from talkoot.analysis.survey.errors import SurveyError
from tests.analysis.survey.disclosure import brute

if TYPE_CHECKING:
    Counts: TypeAlias = list[list[int]]


def tables(rows: int, columns: int, most: int = 10) -> st.SearchStrategy[Counts]:
    """At most `most` respondents, each in some cell."""
    cells = st.lists(st.integers(0, rows * columns - 1), max_size=most)
    return cells.map(
        lambda chosen: [[chosen.count(r * columns + c) for c in range(columns)] for r in range(rows)]
    )


def made(counts: Counts, *, threshold: int, margins: bool = True) -> Table:
    return Table(tuple(map(tuple, counts)), publish_margins=margins, rule=Rule(threshold))


def judged(table: Table) -> None:
    """Cost, safety and intervals against brute force."""
    counts, margins = [list(row) for row in table.counts], table.publish_margins
    threshold = table.rule.threshold
    least = brute.least_cost(counts, table.primary(), threshold, margins=margins)
    if least is None:
        with pytest.raises(SurveyError, match="No suppression protects"):
            protect(table)
        return
    found = protect(table).suppression
    assert found.cost == least
    assert GRAND not in found.hidden
    assert brute.is_safe(counts, found.primary, found.hidden, threshold, margins=margins)
    seen = brute.agreeing(counts, found.hidden, margins=margins)
    names = brute.cells(len(counts), len(counts[0]), margins=margins)
    ends = dict(zip(names, zip(seen.min(axis=0), seen.max(axis=0), strict=True), strict=True))
    assert found.attacker == {cell: ends[cell] for cell in found.primary}


@settings(deadline=None, max_examples=60)
@given(tables(2, 2), st.integers(2, 5))
def test_small_tables_are_protected_at_the_least_cost(counts: Counts, threshold: int) -> None:
    judged(made(counts, threshold=threshold))


@settings(deadline=None, max_examples=25)
@given(tables(2, 3, most=8), st.integers(2, 4))
def test_wider_tables_are_protected_at_the_least_cost(counts: Counts, threshold: int) -> None:
    judged(made(counts, threshold=threshold))


@settings(deadline=None, max_examples=30)
@given(tables(2, 3), st.integers(2, 5))
def test_without_sums_the_grand_total_is_still_known(counts: Counts, threshold: int) -> None:
    judged(made(counts, threshold=threshold, margins=False))


@settings(deadline=None, max_examples=30)
@given(tables(2, 2), st.lists(st.lists(st.integers(1, 20), min_size=1, max_size=5), min_size=4, max_size=4))
def test_a_dominated_cell_is_protected_at_the_least_cost(counts: Counts, given_each: list[list[int]]) -> None:
    contributors = [given_each[:2], given_each[2:]]
    table = read(
        {"counts": counts, "contributors": contributors, "rule": {"threshold": 3, "dominance": [1, 60]}}
    )
    judged(table)


def test_a_zero_is_published_and_may_be_hidden_for_nothing() -> None:
    found = protect(made([[0, 1, 7], [9, 0, 0], [3, 8, 30]], threshold=5)).suppression
    assert found.primary == ((0, 1), (2, 0))
    assert found.cost == 24


def test_a_large_table_is_solved_to_the_optimum() -> None:
    counts = [[(7 * r + 11 * c * c + r * c) % 23 for c in range(12)] for r in range(10)]
    found = protect(made(counts, threshold=5)).suppression
    true = made(counts, threshold=5).figures()
    for cell, (low, high) in found.attacker.items():
        assert low < true[cell] < high
        assert high >= 5


@pytest.mark.parametrize(
    ("contributions", "rule", "hides"),
    [
        ([80, 10, 10], Rule(1, dominance=(1, 75)), True),
        ([75, 15, 10], Rule(1, dominance=(1, 75)), False),
        ([40, 40, 20], Rule(1, dominance=(2, 75)), True),
        ([100, 50, 9], Rule(1, p_percent=10), True),
        ([100, 50, 10], Rule(1, p_percent=10), False),
        ([], Rule(1, p_percent=10), False),
    ],
)
def test_dominance_and_p_per_cent_look_at_the_largest(
    contributions: list[float], rule: Rule, hides: bool
) -> None:
    assert rule.hides(9, contributions) is hides


def test_a_sum_is_judged_by_all_its_contributors() -> None:
    counts = [[6, 6], [6, 6]]
    contributors = [[[100, 1], [1, 1]], [[1, 1], [1, 1]]]
    table = read({"counts": counts, "contributors": contributors, "rule": {"dominance": [1, 90]}})
    assert table.primary() == [(0, 0), (0, -1), (-1, 0)]


@pytest.mark.parametrize(
    ("document", "code"),
    [
        ({"counts": [[1, 2], [3]]}, "not_a_table"),
        ({"counts": []}, "not_a_table"),
        ({"counts": [[1, -2]]}, "not_a_count"),
        ({"counts": [[1.5]]}, "not_a_count"),
        ({"counts": [[9]], "contributors": [[[1], [2]]]}, "not_a_table"),
        ({"counts": [[9]], "contributors": [[[-1]]]}, "negative_number"),
        ({"counts": [[9]], "rule": {"dominance": [1]}}, "not_a_rule"),
        ({"counts": [[9]], "rule": {"dominance": [1, 120]}}, "not_a_rule"),
        ({"counts": [[9]], "rule": {"treshold": 3}}, "unknown_keys"),
        ({"counts": [[9]], "publish_margins": "yes"}, "not_a_truth"),
        ({}, "missing_keys"),
    ],
)
def test_a_table_that_is_not_understood_is_refused(document: dict[str, Any], code: str) -> None:
    with pytest.raises((SurveyError, CaseError)) as refused:
        read(document)
    assert getattr(refused.value, "code", None) == code


def test_a_table_with_too_few_in_all_cannot_be_shown() -> None:
    with pytest.raises(SurveyError) as refused:
        protect(made([[2, 1]], threshold=5))
    assert refused.value.code == "cannot_be_protected"
    assert refused.value.culprits[0] == (0, 0)
