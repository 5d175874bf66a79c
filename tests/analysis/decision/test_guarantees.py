"""What is proved against what trying every portfolio gives."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest
from scipy.optimize import linprog

from talkoot.analysis.decision import situations
from talkoot.analysis.decision.case import Case
from talkoot.analysis.decision.choose import decide
from talkoot.analysis.decision.polytope import Polytope
from tests.analysis.decision.test_solver import every


def random_case(seed: int, methods: int = 7, **changes: Any) -> Case:
    random = np.random.default_rng(seed)
    criteria = list("ABC")[: random.integers(1, 4)]
    low = random.uniform(5, 60, (methods, len(criteria)))
    high = low + random.uniform(0, 25, low.shape) * (random.random(low.shape) < 0.7)
    needs = random.uniform(2, 9, (methods, 2))
    given = [
        {
            "id": f"m{i}",
            "score": [[a, b] for a, b in zip(low[i], high[i], strict=True)],
            "resources": {"days": needs[i, 0], "eur": needs[i, 1]},
        }
        for i in range(methods)
    ]
    budgets = {"days": needs[:, 0].sum() * 0.5, "eur": needs[:, 1].sum() * 0.5}
    rules: dict[str, Any] = {}
    if seed % 2:
        rules = {
            "requires": [["m0", "m1"]],
            "synergies": [{"methods": ["m2", "m3"], "bonus": [[2, 9]] * len(criteria)}],
        }
    case = {"criteria": criteria, "methods": given, "budgets": budgets, "samples": 200} | rules | changes
    return Case.from_json(case)


def by_trying_all(case: Case) -> dict[str, str]:
    """A portfolio is potentially optimal when some weights leave no rival that is worth more at its best scores."""
    situation = situations.base(case)
    vertices = Polytope.of(case.criteria, case.weights).vertices
    low, high = vertices @ situation.low.T, vertices @ situation.high.T
    rows = every(situation.program)
    found = []
    for own in rows:
        gains = np.array(
            [(high * (own & ~rival)).sum(axis=1) - (low * (rival & ~own)).sum(axis=1) for rival in rows]
        )
        count = len(vertices)
        solution = linprog(
            np.append(np.zeros(count), -1.0),
            A_ub=np.column_stack([-gains, np.ones(len(rows))]),
            b_ub=np.zeros(len(rows)),
            A_eq=[np.append(np.ones(count), 0.0)],
            b_eq=[1],
            bounds=[(1e-7, 1)] * count + [(None, None)],
        )
        if -solution.fun >= -1e-9:
            found.append(own[: len(situation.ids)])
    inside = np.mean(found, axis=0)
    words = ["always" if share == 1 else "never" if share == 0 else "open" for share in inside]
    return dict(zip(situation.ids, words, strict=True))


@pytest.mark.parametrize("seed", range(12))
def test_guarantees_are_those_of_trying_every_portfolio(seed: int) -> None:
    case = random_case(seed)
    assert decide(case).base.guarantees == by_trying_all(case)


@pytest.mark.parametrize("seed", range(4))
def test_nothing_false_is_proved_where_the_exact_proof_is_too_large(
    seed: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("talkoot.analysis.decision.advantage.SMALL", 0)
    case = random_case(seed + 20, methods=9)
    expected = by_trying_all(case)
    for method, said in decide(case).base.guarantees.items():
        assert said in {expected[method], "not proved"}


@pytest.mark.parametrize("seed", [31, 55])
def test_a_climb_proves_more_and_nothing_false(seed: int, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("talkoot.analysis.decision.advantage.SMALL", 0)
    case = random_case(seed, methods=10)
    expected, climbed = by_trying_all(case), decide(case).base.guarantees
    monkeypatch.setattr("talkoot.analysis.decision.climb.Climb.reaches", lambda _climb: False)
    stayed = decide(case).base.guarantees
    gained = [method for method in stayed if stayed[method] == "not proved" != climbed[method]]
    assert gained
    assert all(climbed[method] == expected[method] for method in gained)


def test_two_equal_methods_for_one_place_are_open_though_ties_always_take_the_first() -> None:
    slot = {"slot": 1}
    methods = [{"id": name, "score": [5], "resources": slot} for name in ("a", "b")]
    decision = decide(Case.from_json({"criteria": ["A"], "methods": methods, "budgets": slot, "samples": 20}))
    assert decision.base.acceptability == {"a": 1, "b": 0}
    assert decision.base.guarantees == {"a": "open", "b": "open"}


def test_a_method_equal_only_at_the_border_of_the_weights_is_never_needed() -> None:
    slot = {"slot": 1}
    methods = [
        {"id": "a", "score": [5, 5], "resources": slot},
        {"id": "b", "score": [5, 0], "resources": slot},
    ]
    case = Case.from_json({"criteria": ["A", "B"], "methods": methods, "budgets": slot, "samples": 20})
    assert decide(case).base.guarantees == {"a": "always", "b": "never"}


def test_fixed_methods_are_always_and_never_in() -> None:
    case = random_case(4, fixed_in=["m0"], fixed_out=["m1"])
    proved = decide(case).base.guarantees
    assert (proved["m0"], proved["m1"]) == ("always", "never")
    assert proved == by_trying_all(case)


def test_a_rare_place_in_the_best_portfolio_is_found_though_no_sample_shows_it() -> None:
    """b is best only where A weighs more than 0.9999: about one sample in ten thousand."""
    slot = {"slot": 1}
    methods = [
        {"id": "a", "score": [0, 9999], "resources": slot},
        {"id": "b", "score": [1, 0], "resources": slot},
    ]
    case = {"criteria": ["A", "B"], "methods": methods, "budgets": slot, "samples": 50}
    decision = decide(Case.from_json(case))
    assert decision.base.acceptability["b"] == 0
    assert decision.base.guarantees == {"a": "open", "b": "open"}


def test_a_posterior_is_held_to_its_central_95_per_cent() -> None:
    slot = {"slot": 1}
    sure = {"id": "sure", "score": [70], "resources": slot}
    methods = [sure, {"id": "wide", "score": [{"mean": 50, "sd": 10, "df": None}], "resources": slot}]
    case = {"criteria": ["A"], "methods": methods, "budgets": slot, "samples": 2000}
    decision = decide(Case.from_json(case))
    assert decision.base.acceptability["wide"] > 0
    assert decision.base.guarantees == {"sure": "always", "wide": "never"}
