from __future__ import annotations

import subprocess
import sys
from fractions import Fraction
from itertools import combinations, pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from talkoot.analysis.decision import weights
from talkoot.analysis.decision.weights import WeightStatement
from tests.analysis import reference

ABC = ("A", "B", "C")
percent = st.integers(0, 20).map(lambda n: n / 20)


def at_least(criterion: str, share: float) -> WeightStatement:
    return WeightStatement({criterion: 1}, ">=", share)


def at_most(criterion: str, share: float) -> WeightStatement:
    return WeightStatement({criterion: 1}, "<=", share)


def more_important(a: str, b: str) -> WeightStatement:
    return WeightStatement({a: 1, b: -1}, ">=", 0)


def points(criteria: tuple[str, ...], *statements: WeightStatement) -> set[tuple[Fraction, ...]]:
    return {corner.at for corner in weights.corners(criteria, statements)}


def test_an_order_of_importance_has_the_published_vertices() -> None:
    case = reference.decision("ordinal_polytope_centroid")
    criteria = tuple("ABCDEF")
    order = [more_important(a, b) for a, b in pairwise(criteria)]
    found = sorted([float(x) for x in at] for at in points(criteria, *order))
    assert found == [pytest.approx(at) for at in sorted(case["expected"]["extreme_points"])]


def test_no_statement_leaves_the_whole_simplex() -> None:
    one, none = Fraction(1), Fraction(0)
    assert points(ABC) == {(one, none, none), (none, one, none), (none, none, one)}


def test_a_weight_range_cuts_the_simplex_exactly() -> None:
    tenth = Fraction(1, 10)
    assert points(("A", "B"), at_least("A", 0.1), at_most("A", 0.3)) == {
        (tenth, 9 * tenth),
        (3 * tenth, 7 * tenth),
    }


def test_equalities_may_leave_a_single_point() -> None:
    equal = [WeightStatement({"A": 1, "B": -1}, "=", 0), WeightStatement({"B": 1, "C": -1}, "=", 0)]
    assert points(ABC, *equal) == {(Fraction(1, 3),) * 3}


def test_thirds_written_as_decimals_still_sum_to_one() -> None:
    third = 0.3333333333333333
    exact = [WeightStatement({criterion: 1}, "=", third) for criterion in ABC]
    capped = [at_most(criterion, third) for criterion in ABC]
    assert weights.contradiction(ABC, exact) == ()
    assert weights.contradiction(ABC, capped) == ()


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
    assert weights.contradiction(ABC, statements) == culprits


def test_a_small_contradiction_is_found_behind_a_large_one() -> None:
    large = [more_important("A", "B"), more_important("B", "C"), at_least("C", 0.4)]
    small = [WeightStatement({"A": 1, "B": 1}, "<=", 0.2), at_most("C", 0.5)]
    assert weights.contradiction(ABC, [*small, *large]) == (0, 1)


@settings(deadline=None, max_examples=150)
@given(st.lists(st.tuples(percent, percent), min_size=1, max_size=4))
def test_ranges_contradict_just_when_they_leave_no_vertex(limits: list[tuple[float, float]]) -> None:
    criteria = tuple("ABCD"[: len(limits)])
    statements = weights.bounds(dict(zip(criteria, limits, strict=True)))
    culprits = weights.contradiction(criteria, statements)
    assert bool(culprits) == (not weights.corners(criteria, statements))
    if culprits:
        assert not weights.corners(criteria, [statements[i] for i in culprits])
        assert all(
            weights.corners(criteria, [statements[i] for i in some])
            for some in combinations(range(len(statements)), len(culprits) - 1)
        )


def test_a_form_can_check_weights_without_loading_numeric_libraries() -> None:
    program = (
        "import sys; import talkoot.analysis.decision.case, talkoot.analysis.decision.weights; "
        "import talkoot.analysis.evidence.mapping, talkoot.analysis.evidence.pooling; "
        "import talkoot.analysis.survey.suppression, talkoot.analysis.survey.demand; "
        "print({'numpy', 'scipy', 'highspy', 'django'} & set(sys.modules))"
    )
    ran = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    assert ran.stdout == "set()\n"
