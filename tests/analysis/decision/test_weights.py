from __future__ import annotations

import subprocess
import sys
from fractions import Fraction
from itertools import pairwise

import pytest

from talkoot.analysis.decision import weights
from talkoot.analysis.decision.weights import WeightStatement
from tests.analysis import reference

ABC = ("A", "B", "C")


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


def test_a_form_can_check_weights_without_loading_numeric_libraries() -> None:
    program = (
        "import sys; import talkoot.analysis.decision.case, talkoot.analysis.decision.contradictions; "
        "import talkoot.analysis.evidence.mapping, talkoot.analysis.evidence.pooling; "
        "import talkoot.analysis.survey.disclosure.rules, talkoot.analysis.survey.demand; "
        "print({'numpy', 'scipy', 'highspy', 'django'} & set(sys.modules))"
    )
    ran = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    assert ran.stdout == "set()\n"
