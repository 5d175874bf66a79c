"""What must not change a digit: the order in which a case lists things, threads, processes."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from talkoot.analysis.decision.case import Case
from talkoot.analysis.decision.choose import decide
from tests.analysis.decision.test_choose import comparable
from tests.analysis.decision.test_guarantees import random_case

FEW = settings(deadline=None, max_examples=8)
IN_ANOTHER_PROCESS = (
    "import json, sys; from talkoot.analysis.decision.case import Case;"
    "from talkoot.analysis.decision.choose import decide;"
    "print(json.dumps(decide(Case.from_json(json.load(sys.stdin)), processes=1).to_json()))"
)


@FEW
@given(st.integers(0, 50), st.randoms(use_true_random=False))
def test_the_order_of_methods_changes_no_digit(seed: int, random: Any) -> None:
    document: Any = random_case(seed, samples=60).to_json()
    methods = list(document["methods"])
    random.shuffle(methods)
    assert comparable(decide(Case.from_json(document | {"methods": methods}))) == comparable(
        decide(Case.from_json(document))
    )


@FEW
@given(st.integers(0, 50), st.randoms(use_true_random=False))
def test_the_order_of_budgets_and_rules_changes_no_choice(seed: int, random: Any) -> None:
    document: Any = random_case(seed, samples=60, excludes=[["m4", "m5"], ["m1", "m6"]]).to_json()
    turned: dict[str, Any] = {key: list(document[key]) for key in ("requires", "excludes", "synergies")}
    for listed in turned.values():
        random.shuffle(listed)
    turned["budgets"] = dict(reversed(document["budgets"].items()))
    before, after = (decide(Case.from_json(given)).base for given in (document, document | turned))
    assert after.portfolios == before.portfolios
    assert after.guarantees == before.guarantees
    assert after.recommended.methods == before.recommended.methods


@FEW
@given(st.integers(0, 50), st.sampled_from(["days", "eur"]), st.sampled_from([0.25, 4.0, 1024.0]))
def test_scores_and_a_resource_in_another_unit_change_no_choice(seed: int, name: str, factor: float) -> None:
    """Powers of two, so that nothing is rounded: regrets scale with scores, the price of a resource against it too."""
    document: Any = random_case(seed, samples=60).to_json()

    def eightfold(score: Any) -> Any:
        return [[8 * end for end in ends] for ends in score]

    methods = [
        m
        | {
            "score": eightfold(m["score"]),
            "resources": m["resources"] | {name: m["resources"][name] * factor},
        }
        for m in document["methods"]
    ]
    synergies = [each | {"bonus": eightfold(each["bonus"])} for each in document["synergies"]]
    budgets = document["budgets"] | {name: document["budgets"][name] * factor}
    before = decide(Case.from_json(document)).base
    scaled = document | {"methods": methods, "synergies": synergies, "budgets": budgets}
    after = decide(Case.from_json(scaled)).base
    assert after.portfolios == before.portfolios
    assert after.recommended.methods == before.recommended.methods
    assert after.recommended.max_regret == pytest.approx(8 * before.recommended.max_regret)
    assert after.guarantees == before.guarantees
    assert after.shadow_prices[name] * factor == pytest.approx(8 * before.shadow_prices[name])


@FEW
@given(st.integers(0, 50))
def test_a_method_that_is_dominated_and_changes_no_rule_is_never_chosen(seed: int) -> None:
    document: Any = random_case(seed, methods=5, samples=60).to_json()
    worst = {"id": "worst", "score": [-1] * len(document["criteria"]), "resources": {"days": 1}}
    before = decide(Case.from_json(document)).base
    after = decide(Case.from_json(document | {"methods": [worst, *document["methods"]]})).base
    assert after.portfolios == before.portfolios
    assert after.recommended.methods == before.recommended.methods
    assert after.recommended.max_regret == pytest.approx(before.recommended.max_regret)
    assert after.acceptability["worst"] == 0
    assert after.guarantees["worst"] in {"never", "not proved"}


def test_another_process_where_nothing_is_compiled_gives_the_same_digits_on_one_thread_as_here_on_two() -> (
    None
):
    case = random_case(7, methods=6, samples=20, enumerate=True)
    ran = subprocess.run(
        [sys.executable, "-c", IN_ANOTHER_PROCESS],
        input=json.dumps(case.to_json()), capture_output=True, text=True, check=True,
        env=os.environ | {"NUMBA_DISABLE_JIT": "1", "PYTHONHASHSEED": "11"},
    )  # fmt: skip
    there, here = json.loads(ran.stdout), comparable(decide(case, processes=2))
    assert there["processes"] == 1
    assert json.dumps({key: there[key] for key in here}) == json.dumps(here)
