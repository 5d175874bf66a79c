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

FEW = settings(deadline=None, max_examples=15)
IN_ANOTHER_PROCESS = (
    "import json, sys; from talkoot.analysis.decision.case import Case;"
    "from talkoot.analysis.decision.choose import decide;"
    "threads = int(sys.argv[1]);"
    "print(json.dumps(decide(Case.from_json(json.load(sys.stdin)), processes=threads).to_json()))"
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
def test_a_resource_in_another_unit_changes_no_digit_but_its_price(
    seed: int, name: str, factor: float
) -> None:
    document: Any = random_case(seed, samples=60).to_json()
    methods = [
        m | {"resources": m["resources"] | {name: m["resources"][name] * factor}} for m in document["methods"]
    ]
    budgets = document["budgets"] | {name: document["budgets"][name] * factor}
    before = decide(Case.from_json(document)).base
    after = decide(Case.from_json(document | {"methods": methods, "budgets": budgets})).base
    assert after.portfolios == before.portfolios
    assert after.recommended == before.recommended
    assert after.guarantees == before.guarantees


@FEW
@given(st.integers(0, 50))
def test_a_method_that_is_dominated_and_changes_no_rule_is_never_chosen(seed: int) -> None:
    document: Any = random_case(seed, samples=60).to_json()
    worst = {"id": "worst", "score": [-1] * len(document["criteria"]), "resources": {"days": 1}}
    before = decide(Case.from_json(document)).base
    after = decide(Case.from_json(document | {"methods": [worst, *document["methods"]]})).base
    assert after.portfolios == before.portfolios
    assert after.recommended.methods == before.recommended.methods
    assert after.recommended.max_regret == pytest.approx(before.recommended.max_regret)
    assert after.acceptability["worst"] == 0
    assert after.guarantees["worst"] in {"never", "not proved"}


def test_processes_and_threads_give_the_same_digits() -> None:
    case = json.dumps(random_case(7, methods=14, samples=300).to_json())
    found = [
        subprocess.run(
            [sys.executable, "-c", IN_ANOTHER_PROCESS, threads],
            input=case, capture_output=True, text=True, check=True, env=os.environ | {"PYTHONHASHSEED": threads},
        ).stdout
        for threads in ("1", "2")
    ]  # fmt: skip
    measured = ("seconds", "seconds_cpu", "seconds_guarantees", "processes")
    one, two = ({k: v for k, v in json.loads(text).items() if k not in measured} for text in found)
    assert json.dumps(one) == json.dumps(two)
