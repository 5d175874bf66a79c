from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from talkoot.analysis.decision.case import Case
from talkoot.analysis.decision.choose import decide
from tests.analysis.decision import brute

ends = st.tuples(st.integers(-5, 60), st.integers(0, 40)).map(lambda pair: [pair[0], pair[0] + pair[1]])


@st.composite
def cases(draw: st.DrawFn) -> Case:
    criteria = ["A", "B", "C"][: draw(st.integers(1, 3))]
    methods = [
        {
            "id": f"m{i}",
            "score": draw(st.lists(ends, min_size=len(criteria), max_size=len(criteria))),
            "resources": {"days": draw(st.integers(1, 9)), "euros": draw(st.integers(0, 9))},
        }
        for i in range(draw(st.integers(2, 7)))
    ]
    budgets = {"days": draw(st.integers(9, 25)), "euros": draw(st.integers(9, 25))}
    floor = [{"coef": {"A": 1}, "op": ">=", "rhs": draw(st.integers(0, 10)) / 10}]
    return Case.from_json(
        {"criteria": criteria, "methods": methods, "budgets": budgets, "weights": floor, "samples": 40}
    )


@settings(deadline=None, max_examples=40)
@given(cases())
def test_the_recommendation_has_the_least_greatest_regret_of_the_sampled_portfolios(case: Case) -> None:
    decision = decide(case)
    situation = decision.base.situation
    subsets = brute.feasible(situation.needs, situation.limits, situation.available)
    regrets = sorted(
        brute.greatest_regret(row, subsets, decision.vertices, situation.low, situation.high)
        for row in np.unique(decision.base.chosen, axis=0)
    )
    assert decision.base.recommended.max_regret == pytest.approx(regrets[0])
    own = np.isin(situation.ids, decision.base.recommended.methods)
    assert brute.greatest_regret(
        own, subsets, decision.vertices, situation.low, situation.high
    ) == pytest.approx(regrets[0])
    runner_up = decision.base.runner_up
    assert (runner_up and runner_up.max_regret) == pytest.approx(regrets[1] if len(regrets) > 1 else None)


@settings(deadline=None, max_examples=20)
@given(cases())
def test_the_value_range_holds_every_sampled_value(case: Case) -> None:
    decision = decide(case)
    situation = decision.base.situation
    own = np.isin(situation.ids, decision.base.recommended.methods)
    low, high = decision.base.recommended.value_range
    for scores in (situation.low, situation.mean, situation.high):
        worth = decision.weights @ scores[own].sum(axis=0)
        assert np.all((worth >= low - 1e-9) & (worth <= high + 1e-9))
    assert low == pytest.approx((decision.vertices @ situation.low[own].sum(axis=0)).min())


def test_a_posterior_enters_regret_as_its_central_95_per_cent() -> None:
    case = Case.from_json(
        {
            "criteria": ["A"],
            "methods": [
                {"id": "normal", "score": [{"mean": 50, "sd": 10, "df": None}], "resources": {"slot": 1}},
                {"id": "student", "score": [{"mean": 40, "sd": 10, "df": 4}], "resources": {"slot": 1}},
            ],
            "budgets": {"slot": 1},
            "samples": 200,
        }
    )
    recommended = decide(case).base.recommended
    assert recommended.methods == ("normal",)
    assert recommended.value_range == pytest.approx((50 - 19.59964, 50 + 19.59964))
    assert recommended.max_regret == pytest.approx(40 + 27.76445 - (50 - 19.59964))


def test_equal_regrets_are_settled_by_value_and_then_by_name() -> None:
    slot = {"slot": 1}
    methods = [
        {"id": "c", "score": [[10, 30]], "resources": slot},
        {"id": "b", "score": [[10, 30]], "resources": slot},
    ]
    case = Case.from_json({"criteria": ["A"], "methods": methods, "budgets": slot, "samples": 50})
    outcome = decide(case).base
    assert outcome.recommended.methods == ("b",)
    assert outcome.runner_up is not None
    assert outcome.runner_up.methods == ("c",)
