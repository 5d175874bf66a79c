"""`talkoot decide CASE.json`: each promise of the file format, on the command line as people run it."""

from __future__ import annotations

import json
from collections import Counter
from functools import cache
from itertools import combinations
from typing import TYPE_CHECKING, Any

import numpy as np
import pytest

from talkoot.analysis.decision import scores
from talkoot.analysis.decision.case import Case
from talkoot.analysis.decision.choose import decide
from talkoot.analysis.decision.exact import milp, solver
from talkoot.choose.selection import command

if TYPE_CHECKING:
    from pathlib import Path

    from talkoot.analysis.decision.outcome import Decision

SAMPLES = 300
FULL: dict[str, Any] = {
    "criteria": ["A", "B"],
    "methods": [
        {"id": "visits", "score": [60, [10, 20]], "resources": {"days": 10, "eur": 500}},
        {"id": "award", "score": [[20, 40], 30], "resources": {"days": 8}},
        {"id": "guide", "score": [25, {"mean": 35, "sd": 4, "df": None}], "resources": {"days": 7}},
        {"id": "letter", "score": [{"mean": 5, "sd": 2, "df": 6}, 8], "resources": {"days": 3, "eur": 100}},
        {"id": "charter", "score": [1, 1]},
    ],
    "budgets": {"days": 18, "eur": 550},
    "minimums": {"days": 5},
    "requires": [["letter", "guide"]],
    "excludes": [["visits", "award"]],
    "groups": [{"methods": ["visits", "award", "guide"], "min": 1, "max": 2}],
    "synergies": [{"methods": ["award", "guide"], "bonus": [4, [0, 4]]}],
    "fixed_in": ["charter"],
    "fixed_out": [],
    "weights": [{"coef": {"A": 1}, "op": ">=", "rhs": 0.2}],
    "scenarios": [
        {"id": "fewer days", "probability": 3, "budgets": {"days": 10}},
        {
            "id": "visits are lost",
            "probability": 1,
            "unavailable": ["visits"],
            "score_factor": {"guide": 0.5},
        },
    ],
    "people": [
        {"id": "mayor", "weights": [{"coef": {"A": 1, "B": -1}, "op": ">=", "rhs": 0}]},
        {"id": "firms", "weights": [{"coef": {"B": 1}, "op": ">=", "rhs": 0.5}]},
    ],
    "samples": SAMPLES,
    "seed": 7,
    "enumerate": True,
}
IDS = [method["id"] for method in FULL["methods"]]


@cache
def decided() -> Decision:
    return decide(Case.from_json(FULL))


@cache
def full() -> Any:
    return json.loads(json.dumps(decided().to_json()))


def kept(chosen: set[str], budgets: dict[str, float], unavailable: set[str]) -> bool:
    """The rules of FULL, written out once more."""
    needed = {method["id"]: method.get("resources", {}) for method in FULL["methods"]}
    days, eur = (sum(needed[method].get(name, 0) for method in chosen) for name in ("days", "eur"))
    return (
        "charter" in chosen
        and 5 <= days <= budgets["days"]
        and eur <= budgets["eur"]
        and ("guide" in chosen or "letter" not in chosen)
        and not {"visits", "award"} <= chosen
        and 1 <= len(chosen & {"visits", "award", "guide"}) <= 2
        and not chosen & unavailable
    )


def best(drawn: Any, scenario: dict[str, Any]) -> list[tuple[str, ...]]:
    """The best choice of each sample by trying every one. `drawn`: samples × columns, weighted scores before the
    scenario, in the order of the ids and then the synergy."""
    budgets = FULL["budgets"] | scenario.get("budgets", {})
    unavailable = set(scenario.get("unavailable", ()))
    ids = sorted(IDS)
    every = [chosen for size in range(6) for chosen in combinations(ids, size)]
    every = [chosen for chosen in every if kept(set(chosen), budgets, unavailable)]
    factors = [scenario.get("score_factor", {}).get(method, 1) for method in ids]
    holds = np.array(
        [[method in chosen for method in ids] + [{"award", "guide"} <= set(chosen)] for chosen in every]
    )
    worth = (drawn * np.array([*factors, 1])) @ holds.T
    return [every[n] for n in worth.argmax(axis=1)]


def shares(found: list[tuple[str, ...]]) -> dict[str, float]:
    return {method: sum(method in chosen for chosen in found) / len(found) for method in IDS}


def drawn_by(weights: Any) -> Any:
    return scores.values(scores.scored(decided().case), weights, decided().case.seed)


def test_every_sampled_figure_is_that_of_trying_every_choice_in_every_sample() -> None:
    shown, decision = full(), decided()
    found = best(drawn_by(decision.weights), {})
    counted = Counter(found)
    assert shown["acceptability"] == pytest.approx(shares(found))
    assert {tuple(p["methods"]): p["share"] * SAMPLES for p in shown["portfolios"]} == pytest.approx(counted)
    for scenario in FULL["scenarios"]:
        then = best(drawn_by(decision.weights), scenario)
        told = shown["by_scenario"][scenario["id"]]
        assert told["acceptability"] == pytest.approx(shares(then))
        assert told["portfolio_count"] == len(set(then))
    for person, outcome in decision.people.items():
        own = best(drawn_by(outcome.weights), {})
        told = shown["by_people"][person]
        assert told["acceptability"] == pytest.approx(shares(own))
        assert told["portfolios"][0]["share"] * SAMPLES == pytest.approx(max(Counter(own).values()))
        for method, share in told["acceptability"].items():
            assert told["acceptability_se"][method] == pytest.approx(np.sqrt(share * (1 - share) / SAMPLES))


def test_a_person_s_recommendation_and_guarantees_are_those_of_the_case_with_their_weights_alone() -> None:
    for person in FULL["people"]:
        alone = decide(Case.from_json(FULL | {"people": [], "weights": FULL["weights"] + person["weights"]}))
        told = full()["by_people"][person["id"]]
        assert told["guarantees"] == alone.base.guarantees
        assert told["recommended"] == json.loads(json.dumps(alone.base.recommended.to_json()))


def test_the_price_of_one_more_unit_is_the_mean_of_the_relaxation_s() -> None:
    """Closed form: days are left for a part of b alone, which is worth between 8 and 16 for its four days."""
    methods = [
        {"id": "a", "score": [[20, 28]], "resources": {"days": 4}},
        {"id": "b", "score": [[8, 16]], "resources": {"days": 4}},
    ]
    case = {"criteria": ["A"], "methods": methods, "budgets": {"days": 6, "eur": 9}, "samples": 4000}
    prices = decide(Case.from_json(case)).to_json()["shadow_prices"]
    error = 8 / 4 / np.sqrt(12 * 4000)
    assert prices == {"days": pytest.approx(3, abs=3.5 * error), "eur": 0}


def test_what_could_not_be_proved_is_counted(monkeypatch: pytest.MonkeyPatch) -> None:
    """Without steps and nodes nothing is proved where even needs meet an odd limit and worth is need."""
    for function, limits in ((solver.solve, {"steps": 0}), (milp.solve, {"nodes": 0})):
        monkeypatch.setattr(function, "__kwdefaults__", (function.__kwdefaults__ or {}) | limits)
    needs = 2 * np.random.default_rng(3).integers(100, 900, 12)
    methods = [
        {"id": f"m{i:02d}", "score": [float(n)], "resources": {"days": float(n)}} for i, n in enumerate(needs)
    ]
    case = {"criteria": ["A"], "methods": methods, "budgets": {"days": 3001}, "samples": 2}
    decision = decide(Case.from_json(case))
    assert decision.to_json()["unproved"] == 2
    assert (decision.base.chosen @ needs <= 3001).all()


def test_acceptability_and_its_error_are_told_of_every_method() -> None:
    shown = full()
    assert list(shown["acceptability"]) == list(shown["acceptability_se"]) == IDS
    for method, share in shown["acceptability"].items():
        assert shown["acceptability_se"][method] == pytest.approx(np.sqrt(share * (1 - share) / SAMPLES))


def test_core_exterior_and_borderline_are_shares_of_one_zero_and_between() -> None:
    shown = full()
    share = shown["acceptability"]
    assert shown["core"] == sorted(method for method in IDS if share[method] == 1)
    assert shown["exterior"] == sorted(method for method in IDS if share[method] == 0)
    assert sorted([*shown["core"], *shown["exterior"], *shown["borderline"]]) == sorted(IDS)
    assert "charter" in shown["core"]


def test_recommended_and_runner_up_are_in_order_of_regret() -> None:
    first, second = full()["recommended"], full()["runner_up"]
    assert set(first) == set(second) == {"methods", "max_regret", "value_range"}
    assert 0 <= first["max_regret"] <= second["max_regret"]
    assert first["value_range"][0] <= first["value_range"][1]
    assert first["methods"] == sorted(first["methods"])


def test_portfolios_explain_every_acceptability() -> None:
    shown = full()
    assert shown["portfolio_count"] == len(shown["portfolios"]) > 1
    for method in IDS:
        held = sum(p["share"] for p in shown["portfolios"] if method in p["methods"])
        assert held == pytest.approx(shown["acceptability"][method])


def test_all_non_dominated_portfolios_come_with_their_core_index_when_asked_for() -> None:
    found = full()["non_dominated"]
    assert full()["non_dominated_reason"] is None
    assert found["count"] == len(found["portfolios"])
    assert {tuple(p["methods"]) for p in full()["portfolios"]} <= set(map(tuple, found["portfolios"]))
    for method in IDS:
        assert found["core_index"][method] == pytest.approx(
            sum(method in portfolio for portfolio in found["portfolios"]) / found["count"]
        )


def test_guarantees_are_told_of_every_method_in_four_words() -> None:
    proved = full()["guarantees"]
    assert list(proved) == IDS
    assert set(proved.values()) <= {"always", "never", "open", "not proved"}
    assert proved["charter"] == "always"


def test_weight_vertices_are_those_of_every_person() -> None:
    vertices = [(at["A"], at["B"]) for at in full()["weight_vertices"]]
    assert sorted(vertices) == [(0.2, 0.8), (0.5, 0.5), (1, 0)]


def test_mean_weights_mix_the_people_evenly() -> None:
    assert full()["mean_weights"]["A"] == pytest.approx((0.75 + 0.35) / 2, abs=0.03)
    assert sum(full()["mean_weights"].values()) == pytest.approx(1)


def test_each_method_has_a_share_of_each_rank_and_each_rank_is_taken_once() -> None:
    shares = np.array([full()["rank_acceptability"][method] for method in IDS])
    assert shares.shape == (5, 5)
    assert shares.sum(axis=0) == pytest.approx(np.ones(5))
    assert shares.sum(axis=1) == pytest.approx(np.ones(5))


def test_expected_acceptability_weights_the_scenarios_by_probability() -> None:
    by_scenario = full()["by_scenario"]
    assert list(by_scenario) == ["fewer days", "visits are lost", "expected"]
    few, lost = (by_scenario[name]["acceptability"] for name in ("fewer days", "visits are lost"))
    expected = by_scenario["expected"]["acceptability"]
    assert expected == pytest.approx({m: 0.75 * few[m] + 0.25 * lost[m] for m in IDS})
    assert list(by_scenario["expected"]["acceptability_se"]) == IDS
    assert lost["visits"] == 0


def test_the_base_case_is_without_scenarios() -> None:
    alone = decide(Case.from_json(FULL | {"scenarios": []}))
    assert json.loads(json.dumps(alone.base.to_json()))["acceptability"] == full()["acceptability"]


def test_shadow_prices_are_told_of_every_budget() -> None:
    prices = full()["shadow_prices"]
    assert list(prices) == ["days", "eur"]
    assert all(price >= 0 for price in prices.values())


def test_what_was_counted_and_how_long_it_took_is_told() -> None:
    shown = full()
    assert (shown["samples"], shown["seed"], shown["unproved"]) == (SAMPLES, 7, 0)
    assert min(shown["seconds"], shown["seconds_cpu"], shown["seconds_guarantees"]) > 0
    assert shown["processes"] >= 1


def test_the_command_prints_one_document_and_nothing_else(tmp_path: Path, capsys: Any) -> None:
    path = tmp_path / "case.json"
    path.write_text(json.dumps(FULL))
    assert command.run([str(path)]) == 0
    said = capsys.readouterr()
    assert said.err == ""
    assert json.loads(said.out)["portfolios"] == full()["portfolios"]


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("", "not_json"),
        ('{"criteria": ["A"], "methods": [', "not_json"),
        ("[" * 100_000, "not_json"),
        ('{"criteria": ["A"], "methods": [{"id": "a", "score": [' + "9" * 5_000 + "]}]}", "not_json"),
        ('{"criteria": ["A"], "methods": [{"id": "a", "score": [NaN]}]}', "not_a_number"),
        ('{"criteria": ["A"], "methods": [{"id": "a", "score": [-Infinity]}]}', "not_a_number"),
        ('{"criteria": ["A"], "methods": [{"id": "a", "score": [1]}], "budgetz": {}}', "unknown_keys"),
        (json.dumps(FULL | {"weights": [{"coef": {"A": 1}, "op": ">=", "rhs": 2}]}), "weights_contradict"),
        ('{"criteria": ["A"], "methods": [{"id": "a", "score": [1]}], "fixed_in": ["a"], "fixed_out": ["a"]}', "fixed_both_ways"),
    ],
)  # fmt: skip
def test_what_cannot_be_read_is_refused_in_one_sentence(
    text: str, code: str, tmp_path: Path, capsys: Any
) -> None:
    path = tmp_path / "case.json"
    path.write_text(text)
    assert command.run([str(path)]) == 2
    said = capsys.readouterr()
    assert said.out == ""
    error = json.loads(said.err)
    assert set(error) == {"error", "message", "culprits"}
    assert error["error"] == code
    assert error["message"].endswith(".")
    assert error["culprits"]


def test_a_file_that_is_missing_or_no_text_is_refused(tmp_path: Path, capsys: Any) -> None:
    missing, binary = tmp_path / "none.json", tmp_path / "binary.json"
    binary.write_bytes(b"\xff\xfe\x00")
    assert [command.run([str(path)]) for path in (missing, binary)] == [2, 2]
    codes = [json.loads(line)["error"] for line in capsys.readouterr().err.splitlines()]
    assert codes == ["not_readable", "not_text"]
