"""Rules, people, enumeration: what a whole case promises."""

from __future__ import annotations

import json
from itertools import combinations, pairwise
from typing import TYPE_CHECKING, Any

import numpy as np
import pytest

from talkoot.analysis.decision import outcome, people, results
from talkoot.analysis.decision.case import Case, CaseError
from talkoot.analysis.decision.choose import Cancelled, decide
from talkoot.analysis.decision.polytope import Polytope
from tests.analysis import reference
from tests.analysis.decision.test_choose import comparable, decided, rpm15
from tests.analysis.decision.test_guarantees import random_case

if TYPE_CHECKING:
    from pathlib import Path

    from talkoot.analysis.decision.outcome import Decision


def run(**case: Any) -> Decision:
    return decide(Case.from_json({"criteria": ["A"], "samples": 50} | case))


def scored(**scores: float) -> list[dict[str, Any]]:
    return [{"id": name, "score": [score], "resources": {"days": 1}} for name, score in scores.items()]


def chosen(**case: Any) -> tuple[str, ...]:
    return run(methods=scored(a=5, b=4, c=3, d=-1), budgets={"days": 2}, **case).base.recommended.methods


@pytest.mark.parametrize(
    ("rules", "expected"),
    [
        ({}, ("a", "b")),
        ({"requires": [["a", "c"]]}, ("a", "c")),
        ({"requires": [["a", "d"]]}, ("b", "c")),
        ({"excludes": [["a", "b"]]}, ("a", "c")),
        ({"groups": [{"methods": ["a", "b"], "max": 1}]}, ("a", "c")),
        ({"groups": [{"methods": ["c", "d"], "min": 2, "max": None}]}, ("c", "d")),
        ({"fixed_in": ["d"]}, ("a", "d")),
        ({"fixed_out": ["a"]}, ("b", "c")),
        ({"synergies": [{"methods": ["b", "c"], "bonus": [3]}]}, ("b", "c")),
        ({"synergies": [{"methods": ["a", "b"], "bonus": [-2]}]}, ("a", "c")),
        ({"synergies": [{"methods": ["a", "b", "c"], "bonus": [99]}]}, ("a", "b")),
        ({"minimums": {"days": 2}, "fixed_out": ["a", "b"]}, ("c", "d")),
    ],
)
def test_rules_are_kept(rules: dict[str, Any], expected: tuple[str, ...]) -> None:
    assert chosen(**rules) == expected


@pytest.mark.parametrize(
    ("rules", "culprits"),
    [
        ({"fixed_in": ["a", "b", "c"]}, ("days ≤ 2", "a is fixed in", "b is fixed in", "c is fixed in")),
        ({"minimums": {"days": 3}}, ("days ≤ 2", "days ≥ 3")),
        (
            {"fixed_in": ["a", "b"], "excludes": [["a", "b"]]},
            ("a excludes b", "a is fixed in", "b is fixed in"),
        ),
        (
            {"fixed_in": ["a"], "scenarios": [{"id": "gone", "unavailable": ["a"]}]},
            ("gone", "a is not available", "a is fixed in"),
        ),
    ],
)
def test_rules_that_nothing_keeps_are_named(rules: dict[str, Any], culprits: tuple[str, ...]) -> None:
    with pytest.raises(CaseError) as refused:
        chosen(**rules)
    assert (refused.value.code, refused.value.culprits) == ("nothing_feasible", culprits)


def test_a_synergy_counts_in_value_and_regret() -> None:
    decision = run(
        methods=scored(a=5, b=4, c=7),
        budgets={"days": 2},
        synergies=[{"methods": ["a", "b"], "bonus": [[2, 6]]}],
    )
    assert decision.base.recommended.methods in {("a", "b"), ("a", "c")}
    both = {"a", "b"} <= set(decision.base.recommended.methods)
    assert decision.base.recommended.max_regret == pytest.approx(1 if both else 3)
    assert decision.base.recommended.value_range == ((11, 15) if both else (12, 12))


@pytest.mark.parametrize("case_id", ["rpm15_noprefs", "rpm15_rank_order_w1>=w2>=w3"])
def test_the_published_non_dominated_portfolios_are_enumerated(case_id: str) -> None:
    _, expected = rpm15(case_id)
    found = decided(case_id).non_dominated
    assert found is not None
    assert set(found.portfolios) == expected
    published = reference.decision(case_id)["expected"]["core_index"]
    assert [found.core_index[f"{i:02d}"] for i in range(15)] == pytest.approx(published)


def test_methods_in_every_or_no_published_portfolio_are_proved_so() -> None:
    proved = decided("rpm15_noprefs").base.guarantees
    expected = reference.decision("rpm15_noprefs")["expected"]
    assert {proved[f"{i:02d}"] for i in expected["core"]} == {"always"}
    assert {proved[f"{i:02d}"] for i in expected["exterior"]} == {"never"}


def test_enumeration_that_is_not_asked_for_says_so() -> None:
    decision = run(methods=scored(a=1))
    assert (decision.non_dominated, decision.non_dominated_reason) == (None, "not asked")


def test_too_many_non_dominated_portfolios_are_not_shown_as_if_they_were_all(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """Closed form: of eight alike, each choice of four stands up to every other."""
    methods = [{"id": f"m{i:02d}", "score": [[0, 10]], "resources": {"days": 1}} for i in range(8)]
    case = {"methods": methods, "budgets": {"days": 4}, "enumerate": True, "samples": 5}
    found = run(**case).non_dominated
    assert found is not None
    assert len(found.portfolios) == 70
    monkeypatch.setattr("talkoot.analysis.decision.nondominated.KEPT", 69)
    decision = run(**case)
    assert decision.non_dominated is None
    assert decision.non_dominated_reason == "not enumerated: more than 69 portfolios"


def many(scores: Any, most: int, **changes: Any) -> Case:
    """46 methods, as many as bridges in the case of Tervonen, Liesiö and Salo, of which at most `most` are chosen."""
    methods = [
        {"id": f"b{i:02d}", "score": list(map(float, row)), "resources": {"places": 1}}
        for i, row in enumerate(scores)
    ]
    rules: dict[str, Any] = {"budgets": {"places": most}, "samples": 5, "enumerate": True}
    criteria = list("ABCDEF"[: len(scores[0])])
    return Case.from_json({"criteria": criteria, "methods": methods} | rules | changes)


def test_what_one_criterion_gives_and_the_other_takes_leaves_every_pair_undominated() -> None:
    """Closed form: any two of 46 are worth i + j on one criterion and 90 − i − j on the other."""
    scores = [(i, 45 - i) for i in range(46)]
    every_pair = decide(many(scores, 2)).non_dominated
    assert every_pair is not None
    assert len(every_pair.portfolios) == 46 * 45 // 2
    assert list(every_pair.core_index.values()) == pytest.approx([2 / 46] * 46)
    first = {"coef": {"A": 1, "B": -1}, "op": ">=", "rhs": 0}
    ordered = decide(many(scores, 2, weights=[first])).non_dominated
    assert ordered is not None
    assert ordered.portfolios == (("b44", "b45"),)


@pytest.mark.parametrize("seed", range(2))
def test_of_46_methods_those_are_enumerated_that_none_of_all_choices_dominates(seed: int) -> None:
    scores = np.random.default_rng(seed).uniform(0, 5, (46, 6)).round(2)
    order = [{"coef": {a: 1, b: -1}, "op": ">=", "rhs": 0} for a, b in pairwise("ABCDEF")]
    case = many(scores, 3, weights=order)
    values = Polytope.of(case.criteria, case.weights).vertices @ scores.T
    undominated: list[tuple[Any, tuple[int, ...]]] = []
    choices = [chosen for size in range(4) for chosen in combinations(range(46), size)]
    worth = [values[:, list(chosen)].sum(axis=1) for chosen in choices]
    for n in np.argsort([-float(each.sum()) for each in worth], kind="stable"):
        if not any(np.all(other >= worth[n] - 1e-9) for other, _ in undominated):
            undominated.append((worth[n], choices[n]))
    found = decide(case).non_dominated
    assert found is not None
    assert set(found.portfolios) == {tuple(f"b{i:02d}" for i in chosen) for _, chosen in undominated}


@pytest.mark.parametrize("seed", range(8))
def test_the_enumerated_portfolios_are_those_that_none_dominates(seed: int) -> None:
    from talkoot.analysis.decision import situations
    from tests.analysis.decision.test_solver import every

    case = random_case(seed, methods=6, enumerate=True)
    situation = situations.base(case)
    vertices = Polytope.of(case.criteria, case.weights).vertices
    low, high = vertices @ situation.low.T, vertices @ situation.high.T
    rows = every(situation.program)

    def dominates(a: Any, b: Any) -> bool:
        least = low @ (a & ~b) - high @ (b & ~a)
        most = high @ (a & ~b) - low @ (b & ~a)
        return bool(np.all(least >= -1e-9) and np.any(most > 1e-9))

    expected = {situation.names(b) for b in rows if not any(dominates(a, b) for a in rows)}
    found = decide(case).non_dominated
    assert found is not None
    assert set(found.portfolios) == expected


def three_leaders() -> Case:
    def at_least(criterion: str, share: float) -> dict[str, Any]:
        return {"coef": {criterion: 1}, "op": ">=", "rhs": share}

    return Case.from_json(
        {
            "criteria": ["A", "B"],
            "methods": [
                {"id": "green", "score": [60, 0], "resources": {"days": 10}},
                {"id": "asked", "score": [0, 50], "resources": {"days": 10}},
                {"id": "steady", "score": [20, 20], "resources": {"days": 10}},
            ],
            "budgets": {"days": 20},
            "people": [
                {"id": "mayor", "weights": [at_least("A", 0.8)]},
                {"id": "firms", "weights": [at_least("B", 0.8)]},
            ],
            "samples": 300,
        }
    )


def test_people_are_shown_apart_and_together() -> None:
    decision = decide(three_leaders())
    mayor, firms = decision.people["mayor"], decision.people["firms"]
    assert mayor.guarantees == {"green": "always", "asked": "never", "steady": "always"}
    assert firms.guarantees == {"green": "never", "asked": "always", "steady": "always"}
    assert decision.base.guarantees == {"green": "open", "asked": "open", "steady": "always"}
    shown: Any = decision.to_json()["by_people"]
    assert list(shown) == ["mayor", "firms"]
    assert {"acceptability", "acceptability_se", "recommended", "portfolios", "guarantees"} <= set(
        shown["mayor"]
    )
    halves = [(mayor.acceptability[m] + firms.acceptability[m]) / 2 for m in mayor.acceptability]
    assert list(decision.base.acceptability.values()) == pytest.approx(halves, abs=0.1)
    assert (decision.weights[::2, 0] >= 0.8).all()
    assert (decision.weights[1::2, 1] >= 0.8).all()
    assert len(decision.vertices) == 4


def test_regret_together_is_over_every_weight_a_person_allows() -> None:
    decision = decide(three_leaders())
    apart = [person.recommended.max_regret for person in decision.people.values()]
    assert decision.base.recommended.max_regret >= max(apart)


def test_each_person_chooses_for_a_scenario_as_they_would_if_it_were_the_present() -> None:
    case = three_leaders().to_json()
    poorer = {"budgets": {"days": 10}}
    decision = decide(Case.from_json(case | {"scenarios": [{"id": "poorer"} | poorer]}))
    apart = people.apart(decision, decision.scenarios[0])
    then = {person: own.recommended for person, own in apart.items()}
    assert then["mayor"].methods == ("green",)
    assert then["firms"].methods == ("asked",)
    assert apart["mayor"].acceptability == {"green": 1, "asked": 0, "steady": 0}
    assert apart["firms"].acceptability == {"green": 0, "asked": 1, "steady": 0}
    assert [own.samples for own in apart.values()] == [150, 150]
    for person in case["people"]:  # type: ignore[attr-defined]  # a list of them
        alone = decide(Case.from_json(case | poorer | {"people": [], "weights": person["weights"]}))
        assert then[person["id"]].methods == alone.base.recommended.methods
        assert then[person["id"]].max_regret == pytest.approx(alone.base.recommended.max_regret)
    for person, own in people.apart(decision, decision.base).items():
        known = decision.people[person]
        assert (own.recommended, own.acceptability, own.samples) == (
            known.recommended,
            known.acceptability,
            300,
        )


def test_one_person_alone_is_the_whole_case() -> None:
    case = three_leaders().to_json()
    people: Any = case["people"]
    alone = decide(Case.from_json(case | {"people": people[:1]}))
    stated = decide(Case.from_json(case | {"people": [], "weights": people[0]["weights"]}))
    assert alone.base.to_json() == stated.base.to_json()


def test_the_number_of_threads_and_a_kept_pool_change_no_digit() -> None:
    case = random_case(3, methods=24, samples=400)
    one, two = decide(case, processes=1), decide(case, processes=2)
    assert (one.processes, two.processes) == (1, 2)
    assert json.dumps(comparable(one)) == json.dumps(comparable(two))
    assert comparable(decide(case, pool=one.pool)) == comparable(one)


def test_a_calculation_can_be_cancelled_between_blocks() -> None:
    seen: list[int] = []
    case = random_case(2, samples=2000)
    with pytest.raises(Cancelled):
        decide(case, lambda done, total: seen.append(done), cancelled=lambda: len(seen) >= 3)
    assert 3 <= len(seen) < 10


def test_the_price_of_a_day_is_what_the_relaxation_says() -> None:
    methods = [
        {"id": name, "score": [score], "resources": {"days": 4}} for name, score in (("a", 20), ("b", 12))
    ]
    assert run(methods=methods, budgets={"days": 6}).base.shadow_prices == {"days": pytest.approx(3)}


def test_ranks_of_single_methods_have_their_closed_form() -> None:
    published = reference.decision("smaa_analytic_2c3a")
    methods = [{"id": f"a{i}", "score": values} for i, values in enumerate(published["input"]["values"])]
    decision = run(criteria=["A", "B"], methods=methods, samples=4000)
    first = [row[0] for row in published["expected"]["rank_acceptability"]]
    assert first == [0.4, 0.4, 0.2]
    # a0 is worth w, a1 1 − w, a2 0.6: a0 is second on (0.5, 0.6) and third below 0.5, a2 is second or better.
    expected = np.array([[0.4, 0.1, 0.5], [0.4, 0.1, 0.5], [0.2, 0.8, 0.0]])
    assert np.abs(decision.ranks - expected).max() < 3.5 * np.sqrt(0.25 / 4000)
    shown: Any = decision.to_json()["rank_acceptability"]
    assert all(sum(shares) == pytest.approx(1) for shares in shown.values())


def test_companions_and_substitutes_are_told_apart() -> None:
    rows = np.array([[1, 1, 0, 1], [1, 1, 0, 1], [0, 0, 1, 1], [0, 0, 1, 1]], dtype=bool)
    lift = results.co_selection(rows)
    assert (lift[0, 1], lift[0, 2]) == (2, 0)
    assert np.isnan(lift[3]).all()


@pytest.mark.parametrize(
    ("name", "changes", "code", "culprits"),
    [
        ("ten thousand methods", {"methods": scored(**{f"m{i}": 1 for i in range(10_000)})}, "too_many", ["methods"]),
        ("no score", {"methods": [{"id": "x", "resources": {}}]}, "no_score", ["x"]),
        ("not a number", {"methods": scored(x=float("nan"))}, "not_a_number", ["x"]),
        ("a circle", {"methods": scored(a=1, b=1), "requires": [["a", "b"], ["b", "a"]]}, "requires_circle", ["a", "b"]),
        ("no budget", {"methods": scored(a=1), "budgets": {"days": 0}}, "budget_admits_nothing", ["days"]),
    ],
)  # fmt: skip
def test_the_command_line_names_the_culprit(
    name: str, changes: dict[str, Any], code: str, culprits: list[str], tmp_path: Path, capsys: Any
) -> None:
    from talkoot.choose.selection import command

    path = tmp_path / "case.json"
    path.write_text(json.dumps({"criteria": ["A"]} | changes))
    assert command.run([str(path)]) == 2
    said = capsys.readouterr()
    assert said.out == ""
    error = json.loads(said.err)
    assert (error["error"], error["culprits"]) == (code, culprits), name


def test_the_method_is_named_with_its_version_and_source() -> None:
    written: Any = run(methods=scored(a=1)).to_json()["method"]
    assert written == {"name": outcome.NAME, "version": outcome.VERSION, "citation": outcome.CITATION}
