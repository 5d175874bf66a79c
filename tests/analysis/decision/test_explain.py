from __future__ import annotations

import json
from functools import cache
from typing import TYPE_CHECKING, Any

import pytest

from talkoot.analysis.decision.case import Case
from talkoot.analysis.decision.choose import decide
from talkoot.analysis.decision.explain import Explanation, Fact, explain, resources

if TYPE_CHECKING:
    from collections.abc import Sequence

    from talkoot.analysis.decision.outcome import Decision


def run(methods: Sequence[tuple[str, Any, float]], days: float, **changes: Any) -> Decision:
    given = [{"id": name, "score": score, "resources": {"days": need}} for name, score, need in methods]
    criteria = ["emissions", "demand"][: len(methods[0][1])]
    return decide(
        Case.from_json(
            {"criteria": criteria, "methods": given, "budgets": {"days": days}, "samples": 300} | changes
        )
    )


@cache
def points() -> Decision:
    """guide and award fill 20 of 22 days; policy would displace both, tram never fits, leaflet is worth nothing."""
    methods = [
        ("guide", [60], 12),
        ("award", [30], 8),
        ("policy", [85], 20),
        ("tram", [300], 40),
        ("leaflet", [0], 1),
    ]
    return run(methods, 22)


def fact(explanation: Explanation, code: str) -> Fact:
    return next(fact for fact in explanation.facts if fact.code == code)


def codes(explanation: Explanation) -> list[str]:
    return [fact.code for fact in explanation.facts]


def test_a_method_left_out_says_what_it_lacks_and_whom_it_would_displace() -> None:
    policy = explain(points())["policy"]
    assert not policy.recommended
    assert fact(policy, "short_of") == Fact("short_of", "days", {"need": 20, "limit": 22, "left": 2})
    assert fact(policy, "displaced_by") == Fact("displaced_by", "", {"loss": 5}, ("award", "guide"))


def test_a_method_left_out_says_at_which_budget_it_enters() -> None:
    """From 28 days on policy and award, worth 115, beat guide and award, worth 90."""
    entry = fact(explain(points())["policy"], "enters_at_budget")
    assert entry.name == "days"
    assert entry.numbers["budget"] == 28
    assert entry.numbers["limit"] == 22


def test_a_method_dearer_than_the_whole_budget_says_so() -> None:
    tram = explain(points())["tram"]
    assert codes(tram) == ["chosen_never", "exceeds_budget", "enters_at_budget"]
    assert fact(tram, "exceeds_budget").numbers == {"need": 40, "limit": 22}
    assert fact(tram, "enters_at_budget").numbers["budget"] == 40


def test_a_method_worth_nothing_says_so() -> None:
    assert codes(explain(points())["leaflet"]) == ["chosen_never", "worth_nothing"]


def test_never_and_always_carry_what_samples_cannot_exclude() -> None:
    guide = fact(explain(points())["guide"], "chosen_always")
    assert guide.numbers == {"samples": 300, "upper_bound": pytest.approx(0.00994, abs=1e-5)}
    assert fact(explain(points())["tram"], "chosen_never").numbers == guide.numbers


def test_a_chosen_method_says_what_it_is_good_for_and_who_would_replace_it() -> None:
    methods = [("guide", [10, 40], 10), ("award", [20, 20], 10), ("letter", [2, 2], 2)]
    explained = explain(run(methods, 10, weights=[{"coef": {"demand": 1}, "op": "=", "rhs": 0.75}]))
    assert explained["guide"].recommended
    strongest = fact(explained["guide"], "strongest_criterion")
    assert strongest.name == "demand"
    assert strongest.numbers == {"value": pytest.approx(30), "share": pytest.approx(30 / 32.5)}
    replaced = fact(explained["guide"], "replaced_by")
    assert replaced.methods == ("award",)
    assert replaced.numbers["loss"] == pytest.approx(12.5)


def test_weights_at_which_a_method_enters_are_told() -> None:
    methods = [("green", [60, 0], 10), ("asked", [0, 40], 10)]
    decision = run(methods, 10)
    explained = explain(decision)
    green, asked = (fact(explained[name], "weight_matters") for name in ("green", "asked"))
    assert green.numbers["mean_in"] - green.numbers["mean_out"] == pytest.approx(
        asked.numbers["mean_out"] - asked.numbers["mean_in"]
        if green.name == asked.name
        else asked.numbers["mean_in"] - asked.numbers["mean_out"]
    )
    share = decision.base.acceptability["green"]
    mixed = share * green.numbers["mean_in"] + (1 - share) * green.numbers["mean_out"]
    assert mixed == pytest.approx(green.numbers["mean_all"])
    assert abs(green.numbers["mean_in"] - (0.7 if green.name == "emissions" else 0.3)) < 0.03
    assert fact(explained["green"], "chosen_sometimes").numbers == {
        "share": share,
        "se": decision.base.acceptability_se["green"],
    }


def test_a_method_that_is_better_on_average_but_riskier_says_so() -> None:
    methods = [("green", [60, 0], 10), ("asked", [0, 58], 10), ("steady", [29.9, 29.9], 10)]
    weights = [{"coef": {"emissions": 1}, "op": op, "rhs": rhs} for op, rhs in ((">=", 0.3), ("<=", 0.8))]
    decision = run(methods, 10, weights=weights)
    explained = explain(decision)
    assert explained["steady"].recommended
    better = fact(explained["green"], "better_on_average")
    assert better.methods == ("steady",)
    assert better.numbers == {"gain": pytest.approx(60 * decision.mean_weights["emissions"] - 29.9)}


def test_a_scenario_that_turns_a_method_is_told() -> None:
    methods = [("visits", [50], 10), ("letter", [40], 10)]
    scenarios = [{"id": "before", "unavailable": ["visits"]}, {"id": "same"}]
    visits = explain(run(methods, 10, scenarios=scenarios))["visits"]
    assert [f for f in visits.facts if f.code == "scenario_matters"] == [
        Fact("scenario_matters", "before", {"share": 0, "base_share": 1})
    ]


def test_effort_that_is_not_known_is_the_only_reason_given() -> None:
    explained = explain(points(), effort_unknown=["charter"])
    assert list(explained) == ["guide", "award", "policy", "tram", "leaflet", "charter"]
    assert explained["charter"].to_json() == {
        "method": "charter",
        "recommended": False,
        "facts": [{"code": "effort_unknown", "name": "", "numbers": {}, "methods": ()}],
    }


def test_a_budget_that_keeps_a_method_out_is_binding() -> None:
    (days,) = resources(points())
    assert (days.resource, days.used, days.limit, days.binding) == ("days", 20, 22, True)
    (free,) = resources(run([("guide", [60], 12), ("award", [30], 8)], 22))
    assert not free.binding


def test_explanations_can_be_stored() -> None:
    stored = {method: explanation.to_json() for method, explanation in explain(points()).items()}
    assert json.loads(json.dumps(stored))["guide"]["facts"][0]["code"] == "chosen_always"
