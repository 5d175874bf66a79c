from __future__ import annotations

import json
from functools import cache
from typing import TYPE_CHECKING, Any

import numpy as np
import pytest

from talkoot.analysis.decision.case import Case
from talkoot.analysis.decision.choose import decide
from tests.analysis import reference

if TYPE_CHECKING:
    from talkoot.analysis.decision.outcome import Decision

SLOT = {"slot": 1}


def run(**case: Any) -> Decision:
    return decide(Case.from_json({"criteria": ["A"], "samples": 100} | case))


def scored(**scores: Any) -> list[dict[str, Any]]:
    return [{"id": name, "score": [score], "resources": SLOT} for name, score in scores.items()]


def comparable(decision: Decision) -> dict[str, object]:
    measured = {"seconds", "seconds_cpu", "seconds_guarantees", "processes"}
    return {key: value for key, value in decision.to_json().items() if key not in measured}


def rpm15(case_id: str) -> tuple[Case, set[tuple[str, ...]]]:
    published = reference.decision(case_id)
    given = published["input"]
    methods = [
        {"id": f"{i:02d}", "score": score, "resources": {"cost": cost}}
        for i, (score, cost) in enumerate(zip(given["scores"], given["cost"], strict=True))
    ]
    order = [
        {"coef": {"A": 1, "B": -1}, "op": ">=", "rhs": 0},
        {"coef": {"B": 1, "C": -1}, "op": ">=", "rhs": 0},
    ]
    case = {
        "criteria": ["A", "B", "C"],
        "methods": methods,
        "budgets": {"cost": given["budget"]},
        "weights": order if "rank_order" in case_id else [],
        "samples": 400,
    }
    non_dominated = {
        tuple(f"{i:02d}" for i, taken in enumerate(row) if taken)
        for row in published["expected"]["nondominated"]
    }
    return Case.from_json(case), non_dominated


@cache
def decided(case_id: str) -> Decision:
    """A published case with every non-dominated portfolio; read, never changed."""
    case, _ = rpm15(case_id)
    return decide(Case.from_json(case.to_json() | {"enumerate": True}))


def test_three_alternatives_have_their_closed_form_acceptability() -> None:
    published = reference.decision("smaa_analytic_2c3a")
    methods = [
        {"id": f"a{i}", "score": values, "resources": SLOT}
        for i, values in enumerate(published["input"]["values"])
    ]
    decision = run(criteria=["A", "B"], methods=methods, budgets=SLOT, samples=4000)
    first_rank = [row[0] for row in published["expected"]["rank_acceptability"]]
    for method, expected in zip(methods, first_rank, strict=True):
        error = decision.base.acceptability_se[method["id"]]
        assert decision.base.acceptability[method["id"]] == pytest.approx(expected, abs=3.5 * error)
        assert error == pytest.approx(np.sqrt(expected * (1 - expected) / 4000), rel=0.05)
    for i, expected in enumerate(published["expected"]["central_weights"]):
        central = decision.weights[decision.base.chosen[:, i]].mean(axis=0)
        assert central == pytest.approx(expected, abs=0.012)
    assert decision.base.recommended.methods == ("a2",)
    assert decision.base.recommended.max_regret == pytest.approx(0.4)


@pytest.mark.parametrize("case_id", ["rpm15_noprefs", "rpm15_rank_order_w1>=w2>=w3"])
def test_sampled_and_recommended_portfolios_are_among_the_published_non_dominated(case_id: str) -> None:
    _, non_dominated = rpm15(case_id)
    decision = decided(case_id)
    expected = reference.decision(case_id)["expected"]
    sampled = {share.methods for share in decision.base.portfolios}
    assert len(sampled) > 1
    assert sampled <= non_dominated
    assert decision.base.recommended.methods in non_dominated
    assert all(decision.base.acceptability[f"{i:02d}"] == 1 for i in expected["core"])
    assert all(decision.base.acceptability[f"{i:02d}"] == 0 for i in expected["exterior"])
    vertices = reference.decision(case_id)["input"]["weight_extreme_points"]
    assert sorted(decision.vertices.tolist()) == [pytest.approx(at) for at in sorted(vertices)]


def test_one_criterion_and_point_scores_recommend_the_exact_optimum() -> None:
    methods = [
        {"id": name, "score": [score], "resources": {"days": days}}
        for name, score, days in (("a", 60, 10), ("b", 50, 5), ("c", 49, 5), ("d", 1, 5))
    ]
    decision = run(methods=methods, budgets={"days": 10})
    assert decision.base.recommended.methods == ("b", "c")
    assert decision.base.recommended.max_regret == 0
    assert decision.base.recommended.value_range == (99, 99)
    assert decision.base.runner_up is None


def test_of_equal_portfolios_the_first_by_name_is_chosen() -> None:
    decision = run(methods=scored(zeta=5, alfa=5, beta=5), budgets=SLOT)
    assert decision.base.acceptability == {"zeta": 0, "alfa": 1, "beta": 0}


def test_the_result_has_exactly_the_keys_of_the_format() -> None:
    shown: dict[str, Any] = run(
        methods=scored(a=[0, 2], b=1), budgets=SLOT, scenarios=[{"id": "s"}]
    ).to_json()
    assert list(shown) == [
        "acceptability", "acceptability_se", "core", "exterior", "borderline", "recommended", "runner_up",
        "portfolios", "portfolio_count", "shadow_prices", "guarantees", "non_dominated", "non_dominated_reason",
        "weight_vertices", "mean_weights", "rank_acceptability", "by_scenario", "by_people", "unproved", "samples",
        "seed", "seconds", "seconds_cpu", "seconds_guarantees", "processes", "method",
    ]  # fmt: skip
    assert shown["weight_vertices"] == [{"A": 1.0}]
    assert shown["mean_weights"] == {"A": 1.0}
    assert (shown["unproved"], shown["samples"], shown["seed"]) == (0, 100, 1)
    assert set(shown["method"]) == {"name", "version", "citation"}
    assert json.loads(json.dumps(shown)) == shown


def test_portfolios_come_by_share_and_shares_sum_to_one() -> None:
    portfolios = run(methods=scored(a=[0, 10], b=[2, 10], c=[3, 10]), budgets=SLOT).base.portfolios
    shares = [portfolio.share for portfolio in portfolios]
    assert len(shares) == 3
    assert shares == sorted(shares, reverse=True)
    assert sum(shares) == pytest.approx(1)


def test_no_more_than_200_portfolios_are_written() -> None:
    methods = [{"id": f"m{i:02d}", "score": [[0, 10]], "resources": SLOT} for i in range(24)]
    shown: dict[str, Any] = run(methods=methods, budgets={"slot": 12}, samples=300).to_json()
    assert len(shown["portfolios"]) == 200


def test_the_same_case_gives_the_same_digits_and_another_seed_others() -> None:
    case = {
        "criteria": ["A", "B"],
        "methods": [{"id": name, "score": [[0, 9], [1, 8]], "resources": SLOT} for name in "abc"],
        "budgets": {"slot": 2},
        "samples": 200,
    }
    first, again = (decide(Case.from_json(json.loads(json.dumps(case)))) for _ in range(2))
    assert json.dumps(comparable(first)) == json.dumps(comparable(again))
    assert decide(Case.from_json(case | {"seed": 2})).mean_weights != first.mean_weights


def test_a_changed_method_changes_no_other_draw() -> None:
    first = run(methods=scored(a=[0, 10], b=[0, 10], c=-1), budgets=SLOT)
    second = run(methods=scored(a=[0, 10], b=[0, 10], c={"mean": -99, "sd": 1, "df": 3}), budgets=SLOT)
    assert first.base.chosen.tolist() == second.base.chosen.tolist()


def test_a_posterior_is_drawn_from_its_own_distribution() -> None:
    decision = run(
        methods=scored(sure=62, open={"mean": 50, "sd": 10, "df": None}), budgets=SLOT, samples=2000
    )
    above = decision.base.acceptability["open"]
    assert above == pytest.approx(0.1151, abs=3.5 * np.sqrt(0.1151 * 0.8849 / 2000))
    heavy = run(methods=scored(sure=62, open={"mean": 50, "sd": 10, "df": 2}), budgets=SLOT, samples=2000)
    assert heavy.base.acceptability["open"] == pytest.approx(
        0.1765, abs=3.5 * np.sqrt(0.1765 * 0.8235 / 2000)
    )


def test_an_interval_is_drawn_evenly() -> None:
    decision = run(methods=scored(sure=7, open=[0, 10]), budgets=SLOT, samples=2000)
    assert decision.base.acceptability["open"] == pytest.approx(0.3, abs=3.5 * np.sqrt(0.21 / 2000))


def test_a_scenario_replaces_only_what_it_names() -> None:
    methods = [
        {"id": "a", "score": [10], "resources": {"days": 4, "eur": 5}},
        {"id": "b", "score": [8], "resources": {"days": 4}},
        {"id": "c", "score": [7], "resources": {"days": 4}},
    ]
    scenarios = [
        {"id": "same"},
        {"id": "fewer days", "budgets": {"days": 4}},
        {"id": "a is dearer", "resources": {"a": {"eur": 11}}},
        {"id": "b is worth less", "score_factor": {"b": 0.5}},
        {"id": "a is gone", "unavailable": ["a"]},
        {"id": "nothing fits", "budgets": {"days": 3}},
    ]
    decision = run(methods=methods, budgets={"days": 8, "eur": 10}, scenarios=scenarios, samples=20)
    found = {str(o.situation.scenario): o.recommended.methods for o in decision.scenarios}
    assert decision.base.recommended.methods == ("a", "b")
    assert found == {
        "same": ("a", "b"),
        "fewer days": ("a",),
        "a is dearer": ("b", "c"),
        "b is worth less": ("a", "c"),
        "a is gone": ("b", "c"),
        "nothing fits": (),
    }


def test_scenarios_share_their_random_numbers() -> None:
    methods = scored(a=[0, 10], b=[2, 8], c=[3, 7])
    decision = run(
        methods=methods, budgets=SLOT, scenarios=[{"id": "now"}, {"id": "no c", "unavailable": ["c"]}]
    )
    now, without = decision.scenarios
    assert now.chosen.tolist() == decision.base.chosen.tolist()
    kept = ~now.chosen[:, 2]
    assert kept.any()
    assert without.chosen[kept].tolist() == now.chosen[kept].tolist()


def test_the_expected_acceptability_weighs_scenarios_by_probability() -> None:
    scenarios = [
        {"id": "now", "probability": 3},
        {"id": "gone", "probability": 1, "unavailable": ["a"]},
    ]
    decision = run(methods=scored(a=[0, 10], b=[2, 8]), budgets=SLOT, scenarios=scenarios)
    shown: Any = decision.to_json()["by_scenario"]
    assert set(shown) == {"now", "gone", "expected"}
    assert set(shown["now"]) == {
        "acceptability", "acceptability_se", "core", "exterior", "borderline", "recommended", "runner_up",
        "portfolios", "portfolio_count", "shadow_prices",
    }  # fmt: skip
    share = shown["now"]["acceptability"]["a"]
    assert shown["expected"]["acceptability"]["a"] == pytest.approx(0.75 * share)
    assert shown["expected"]["acceptability_se"]["a"] == pytest.approx(
        0.75 * shown["now"]["acceptability_se"]["a"]
    )


def test_scenarios_without_probabilities_count_alike() -> None:
    scenarios = [{"id": "now"}, {"id": "gone", "unavailable": ["a"]}]
    decision = run(methods=scored(a=5, b=3), budgets=SLOT, scenarios=scenarios, samples=10)
    assert decision.expected is not None
    assert decision.expected[0] == {"a": 0.5, "b": 0.5}


def test_without_scenarios_there_is_nothing_by_scenario() -> None:
    assert run(methods=scored(a=1), samples=5).to_json()["by_scenario"] == {}


def test_without_budgets_every_method_of_worth_is_in() -> None:
    decision = run(methods=scored(a=[1, 2], b=-1, c=3), samples=10)
    assert decision.base.recommended.methods == ("a", "c")


def test_progress_counts_up_to_every_sampled_situation() -> None:
    seen: list[tuple[int, int]] = []
    case = Case.from_json(
        {"criteria": ["A"], "methods": scored(a=[0, 1]), "samples": 120, "scenarios": [{"id": "s"}]}
    )
    decide(case, progress=lambda done, total: seen.append((done, total)))
    assert [done for done, _ in seen] == sorted(done for done, _ in seen)
    assert seen[-1] == (240, 240)


def test_solving_prints_nothing(capfd: pytest.CaptureFixture[str]) -> None:
    run(methods=scored(a=[0, 10], b=[2, 8]), budgets=SLOT)
    assert capfd.readouterr() == ("", "")
