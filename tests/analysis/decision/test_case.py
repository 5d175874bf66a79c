from __future__ import annotations

import json
import math
from typing import Any

import pytest

from talkoot.analysis.decision.case import Case, CaseError, Interval, Method, Posterior, WeightStatement


def document(**changes: Any) -> dict[str, Any]:
    case: dict[str, Any] = {
        "criteria": ["emissions", "demand"],
        "methods": [
            {"id": "award", "score": [10, [20, 40]], "resources": {"days": 12}},
            {
                "id": "guide",
                "score": [55.5, {"mean": 30, "sd": 4.5, "df": None}],
                "resources": {"days": 10, "eur": 900},
            },
        ],
        "budgets": {"days": 20},
        "weights": [{"coef": {"emissions": 1, "demand": -2}, "op": ">=", "rhs": 0}],
        "scenarios": [
            {
                "id": "tight",
                "probability": 0.25,
                "budgets": {"days": 15},
                "resources": {"guide": {"days": 8}},
                "score_factor": {"award": 0.5},
                "unavailable": ["guide"],
            },
        ],
        "minimums": {"eur": 0},
        "requires": [["award", "guide"]],
        "excludes": [],
        "groups": [{"methods": ["award", "guide"], "min": None, "max": 2}],
        "synergies": [{"methods": ["award", "guide"], "bonus": [1, [0, 2]]}],
        "fixed_in": [],
        "fixed_out": [],
        "people": [{"id": "leaders", "weights": [{"coef": {"demand": 1}, "op": ">=", "rhs": 0.1}]}],
        "samples": 500,
        "seed": 7,
        "enumerate": False,
    }
    return case | changes


def method(**changes: Any) -> dict[str, Any]:
    return alone(methods=[{"id": "award", "score": [1, 2], "resources": {}} | changes])


def alone(**changes: Any) -> dict[str, Any]:
    """A case without rules between methods."""
    free: dict[str, Any] = {"requires": [], "groups": [], "synergies": [], "scenarios": []}
    return document(**(free | changes))


def statement(**changes: Any) -> dict[str, Any]:
    return document(weights=[{"coef": {"emissions": 1}, "op": ">=", "rhs": 0.1} | changes])


def scenario(**changes: Any) -> dict[str, Any]:
    return document(scenarios=[{"id": "tight"} | changes])


def refusal(case: object) -> CaseError:
    with pytest.raises(CaseError) as refused:
        Case.from_json(case)
    return refused.value


def test_a_case_is_written_back_as_it_was_read() -> None:
    written = json.dumps(Case.from_json(document()).to_json())
    assert json.loads(written) == document()
    assert json.dumps(Case.from_json(json.loads(written)).to_json()) == written


def test_score_items_are_numbers_intervals_or_posteriors() -> None:
    case = Case.from_json(document())
    assert case.methods[0].score == (10, Interval(20, 40))
    assert case.methods[1].score == (55.5, Posterior(30, 4.5, None))


def test_only_criteria_and_methods_must_be_given() -> None:
    case = Case.from_json({"criteria": ["A"], "methods": [{"id": "x", "score": [1]}]})
    assert (case.samples, case.seed) == (10_000, 1)
    assert (case.budgets, case.weights, case.scenarios) == ({}, (), ())
    assert case.methods == (Method("x", (1,), {}),)


@pytest.mark.parametrize("key", ["minimum", "budget", "x"])
def test_a_key_that_is_not_read_is_refused_by_name(key: str) -> None:
    error = refusal(document(**{key: []}))
    assert (error.code, error.culprits) == ("unknown_keys", (key,))
    assert key in error.message


@pytest.mark.parametrize(
    ("case", "culprit"),
    [
        (method(cost=3), "cost"),
        (statement(group="leaders"), "group"),
        (scenario(weights=[]), "weights"),
        (method(score=[{"mean": 1, "sd": 1, "median": 1}, 2]), "median"),
    ],
)
def test_a_key_that_is_not_read_is_refused_inside_an_item_too(case: dict[str, Any], culprit: str) -> None:
    error = refusal(case)
    assert (error.code, error.culprits) == ("unknown_keys", (culprit,))
    assert "[0]" in error.message


@pytest.mark.parametrize(
    ("case", "code", "culprits"),
    [
        ([], "not_an_object", ("The case",)),
        ({"criteria": ["A"]}, "missing_keys", ("methods",)),
        (document(criteria=[]), "empty_list", ("criteria",)),
        (document(methods=[]), "empty_list", ("methods",)),
        (document(methods={}), "not_a_list", ("methods",)),
        (document(criteria=["A", "A"]), "repeated_names", ("A",)),
        (document(criteria=["A", " "]), "not_a_name", ("criteria[1]",)),
        (document(methods=document()["methods"] + document()["methods"][:1]), "repeated_names", ("award",)),
        (method(score=[1]), "score_length", ("award",)),
        (method(score=[]), "no_score", ("award",)),
        (alone(methods=[{"id": "award"}]), "no_score", ("award",)),
        (alone(methods=[{"id": f"m{i}"} for i in range(10_000)]), "too_many", ("methods",)),
        (document(requires=[["award", "tram"]]), "unknown_methods", ("tram",)),
        (document(requires=[["award", "award"]]), "not_a_pair", ("requires[0]",)),
        (document(requires=[["award", "guide"], ["guide", "award"]]), "requires_circle", ("award", "guide")),
        (document(excludes=[["award"]]), "not_a_pair", ("excludes[0]",)),
        (document(groups=[{"methods": ["award"], "min": 2, "max": 1}]), "group_limits", (0,)),
        (document(groups=[{"methods": ["award"], "min": -1}]), "not_a_count", ("groups[0].min",)),
        (document(synergies=[{"methods": ["award"], "bonus": [1]}]), "score_length", (0,)),
        (document(synergies=[{"methods": [], "bonus": [1, 1]}]), "empty_list", ("synergies[0]",)),
        (document(fixed_in=["award"], fixed_out=["award"]), "fixed_both_ways", ("award",)),
        (document(minimums={"days": -1}), "negative_number", ("minimums.days",)),
        (document(enumerate=1), "not_a_truth", ("enumerate",)),
        (document(samples=10**6), "count_too_large", ("samples",)),
        (document(people=[{"id": "a"}, {"id": "a"}]), "repeated_names", ("a",)),
        (method(score=[1, [3, 2]]), "score_item", ("award",)),
        (method(score=[1, [3]]), "score_item", ("award",)),
        (method(score=[1, {"mean": 2, "sd": 1, "df": 0}]), "score_item", ("award",)),
        (method(score=[1, {"mean": 2, "sd": -1}]), "negative_number", ("award",)),
        (method(score=[1, "2"]), "not_a_number", ("award",)),
        (method(score=[1, True]), "not_a_number", ("award",)),
        (method(score=[1, math.nan]), "not_a_number", ("award",)),
        (method(score=[1, 10**400]), "not_a_number", ("award",)),
        (method(resources={"days": -1}), "negative_number", ("award",)),
        (method(resources={"days": None}), "not_a_number", ("award",)),
        (document(budgets={"days": -5}), "negative_number", ("budgets.days",)),
        (statement(op=">"), "weight_operator", ("weights[0]",)),
        (statement(coef={"climate": 1}), "unknown_criteria", ("climate",)),
        (statement(rhs=1.2), "weights_contradict", (0,)),
        (scenario(unavailable=["tram"]), "unknown_methods", ("tram",)),
        (scenario(score_factor={"tram": 1}), "unknown_methods", ("tram",)),
        (scenario(id="expected"), "reserved_scenario", ("expected",)),
        (scenario(probability=0), "no_probability", ("tight",)),
        (document(scenarios=[{"id": "a"}, {"id": "a"}]), "repeated_names", ("a",)),
        (document(samples=0), "not_a_count", ("samples",)),
        (document(samples=2.5), "not_a_count", ("samples",)),
        (document(seed=-1), "not_a_count", ("seed",)),
    ],
)
def test_a_case_that_cannot_be_meant_is_refused(
    case: Any, code: str, culprits: tuple[str | int, ...]
) -> None:
    error = refusal(case)
    assert (error.code, error.culprits) == (code, culprits)


def test_a_budget_that_admits_nothing_names_the_smallest_need() -> None:
    error = refusal(document(budgets={"days": 9, "eur": 5000}))
    assert error.code == "budget_admits_nothing"
    assert error.culprits == ("days",)
    assert error.params == {"budget": "days", "limit": 9, "need": 10, "method": "guide"}
    assert "9" in error.message
    assert "10 (guide)" in error.message


def test_budgets_that_admit_nothing_together_name_the_smallest_excess_need() -> None:
    error = refusal(document(budgets={"days": 11, "eur": 800}))
    assert error.params == {"budget": "days", "limit": 11, "need": 12, "method": "award"}


def test_contradicting_weights_are_numbered() -> None:
    weights = [
        {"coef": {"demand": 1}, "op": ">=", "rhs": 0.1},
        {"coef": {"emissions": 1}, "op": "<=", "rhs": 0.3},
        {"coef": {"emissions": 1}, "op": ">=", "rhs": 0.4},
    ]
    error = refusal(document(weights=weights))
    assert error.culprits == (1, 2)
    assert error.message == (
        "These weight statements contradict each other (numbered from 0): "
        "1 (emissions ≤ 0.3), 2 (emissions ≥ 0.4)."
    )


def test_a_person_who_contradicts_the_case_is_named_with_the_statements_in_words() -> None:
    people = [{"id": "leaders", "weights": [{"coef": {"demand": 1}, "op": ">=", "rhs": 0.4}]}]
    error = refusal(document(people=people))
    assert error.culprits == ("leaders", 0)
    assert error.message == (
        "The weight statements of leaders contradict each other: demand ≥ 0.4, emissions − 2 × demand ≥ 0."
    )


def test_a_case_made_in_python_is_checked_alike() -> None:
    case = Case(("A",), (Method("x", (1,)),), weights=(WeightStatement({"B": 1}, ">=", 0.5),))
    with pytest.raises(CaseError, match="does not have: B"):
        case.check()
