from __future__ import annotations

from typing import Any

import pytest

from talkoot.analysis.decision import ranking, sensitivity, whatif
from talkoot.analysis.decision.case import Case
from talkoot.analysis.decision.choose import decide
from talkoot.analysis.decision.whatif import Step


def case(**changes: Any) -> Case:
    methods = [
        {"id": name, "score": [score], "resources": {"days": days}}
        for name, score, days in (("guide", 60, 12), ("award", 30, 8), ("policy", 85, 20))
    ]
    return Case.from_json(
        {"criteria": ["A"], "methods": methods, "budgets": {"days": 22}, "samples": 10} | changes
    )


def test_each_budget_at_which_the_best_portfolio_changes_is_found() -> None:
    situation = decide(case()).base.situation
    assert whatif.steps(situation, situation.mean[:, 0], "days") == [
        Step(28, 115, ("award", "policy"), ("policy",), ("guide",)),
        Step(32, 145, ("guide", "policy"), ("guide",), ("award",)),
        Step(40, 175, ("award", "guide", "policy"), ("award",), ()),
    ]


def test_a_budget_that_binds_nothing_has_no_steps() -> None:
    situation = decide(case(budgets={"days": 40})).base.situation
    assert whatif.steps(situation, situation.mean[:, 0], "days") == []


def test_the_weight_at_which_the_best_portfolio_changes_is_exact() -> None:
    methods = [
        {"id": name, "score": score, "resources": {"slot": 1}}
        for name, score in (("a", [1, 0]), ("b", [0, 1]), ("c", [0.6, 0.6]))
    ]
    decision = decide(
        Case.from_json({"criteria": ["A", "B"], "methods": methods, "budgets": {"slot": 1}, "samples": 20})
    )
    found = sensitivity.one_weight(decision, "A")
    assert [stretch.methods for stretch in found] == [("b",), ("c",), ("a",)]
    assert [(stretch.low, stretch.high) for stretch in found] == [
        (0, pytest.approx(0.4)),
        (pytest.approx(0.4), pytest.approx(0.6)),
        (pytest.approx(0.6), 1),
    ]


def test_where_no_weight_matters_there_is_one_stretch() -> None:
    found = sensitivity.one_weight(decide(case()), "A")
    assert [(s.low, s.high, s.methods) for s in found] == [(0, 1, ("award", "guide"))]


def test_the_ranking_of_single_methods_is_by_weighted_sum() -> None:
    assert ranking.ranking(decide(case())) == [("policy", 85), ("guide", 60), ("award", 30)]
