"""Rules that no portfolio keeps: the culprits are all needed, and known before the slow libraries are loaded."""

from __future__ import annotations

import json
import subprocess
import sys
from dataclasses import replace
from typing import TYPE_CHECKING, Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from talkoot.analysis.decision import rules
from talkoot.analysis.decision.case import Case, CaseError, Scenario
from tests.analysis.decision.test_solver import every

if TYPE_CHECKING:
    from pathlib import Path

IDS = [f"m{i}" for i in range(6)]


def case(**changes: Any) -> Case:
    methods = [{"id": name, "score": [1], "resources": {"days": i + 2}} for i, name in enumerate(IDS)]
    return Case.from_json({"criteria": ["A"], "methods": methods, "budgets": {"days": 9}} | changes)


def culprits(**changes: Any) -> tuple[str | int, ...]:
    with pytest.raises(CaseError) as refused:
        rules.refuse_impossible(case(**changes))
    assert refused.value.code == "nothing_feasible"
    return refused.value.culprits


def test_the_rules_that_clash_are_named_and_no_others() -> None:
    assert culprits(minimums={"days": 28}) == ("days ≥ 28",)
    assert culprits(minimums={"days": 10}, excludes=[["m0", "m1"]]) == ("days ≤ 9", "days ≥ 10")
    assert culprits(groups=[{"methods": ["m4", "m5"], "min": 2, "max": None}]) == (
        "days ≤ 9", "at least 2 of m4, m5",
    )  # fmt: skip
    several = {"methods": IDS[:4], "min": 3, "max": None}
    assert culprits(budgets={}, groups=[several, {"methods": IDS[:4], "min": None, "max": 2}]) == (
        "at least 3 of m0, m1, m2, m3", "at most 2 of m0, m1, m2, m3",
    )  # fmt: skip


def test_what_only_whole_methods_break_is_found_too() -> None:
    """In part, two and a half methods would do."""
    methods = [{"id": name, "score": [1], "resources": {"days": 2}} for name in IDS]
    assert culprits(methods=methods, budgets={"days": 5}, minimums={"days": 5}) == ("days ≤ 5", "days ≥ 5")


def test_a_number_is_named_as_it_was_stated() -> None:
    assert culprits(minimums={"days": 10000.99}) == ("days ≥ 10000.99",)


@st.composite
def tangles(draw: st.DrawFn) -> dict[str, Any]:
    pairs = st.lists(st.sampled_from(IDS), min_size=2, max_size=2, unique=True)
    group = st.lists(st.sampled_from(IDS), min_size=2, max_size=4, unique=True)
    least = {"methods": draw(group), "min": 2, "max": None}
    most = {"methods": draw(group), "min": None, "max": 1}
    return {
        "budgets": {"days": draw(st.integers(5, 15))},
        "minimums": {"days": draw(st.integers(0, 14))},
        "excludes": draw(st.lists(pairs, max_size=3)),
        "groups": [least, most],
        "fixed_in": draw(st.lists(st.sampled_from(IDS), max_size=2, unique=True)),
    }


@settings(deadline=None, max_examples=40)
@given(tangles())
def test_a_case_is_refused_just_when_no_portfolio_of_all_keeps_it_and_each_culprit_is_needed(
    tangle: dict[str, Any],
) -> None:
    given = case(**tangle)
    ruled = rules.program(given, Scenario(""))
    try:
        rules.refuse_impossible(given)
    except CaseError as refused:
        assert len(every(ruled)) == 0
        told = list(refused.culprits)
        assert len(every(_left(ruled, told))) == 0
        for name in told:
            assert len(every(_left(ruled, [other for other in told if other != name]))) > 0, name
    else:
        assert len(every(ruled)) > 0


def _left(ruled: Any, told: list[Any]) -> Any:
    """The program of these rules alone."""
    kept = [i for i, name in enumerate(ruled.names) if name in told]
    lower = np.array([f"{name} is fixed in" in told for name in IDS])
    return replace(ruled, rows=ruled.rows[kept], limits=ruled.limits[kept], lower=lower)


def test_where_neither_a_portfolio_nor_a_proof_is_found_what_is_asked_for_is_named(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr("talkoot.analysis.decision.exact.milp.FEW_NODES", 0)
    random = np.random.default_rng(1)
    methods = [
        {"id": f"m{i}", "score": [1], "resources": {"days": 2 * int(random.integers(50, 900)) + 0.37}}
        for i in range(40)
    ]
    asked = {"methods": methods, "budgets": {"days": 10001}, "minimums": {"days": 10000.99}}
    with pytest.raises(CaseError) as refused:
        rules.refuse_impossible(case(**asked))
    assert (refused.value.code, refused.value.culprits) == ("nothing_found", ("days ≥ 10000.99",))


def test_a_refusal_loads_no_compiler(tmp_path: Path) -> None:
    """What takes a second to load is not needed to say no."""
    path = tmp_path / "case.json"
    path.write_text(json.dumps(case(minimums={"days": 99}).to_json()))
    program = (
        "import sys; from talkoot.choose.selection import command;"
        "code = command.run([sys.argv[1]]); print(code, {'numba', 'scipy', 'django'} & set(sys.modules))"
    )
    ran = subprocess.run(
        [sys.executable, "-c", program, str(path)], capture_output=True, text=True, check=True
    )
    assert ran.stdout == "2 set()\n"
    assert json.loads(ran.stderr)["culprits"] == ["days ≥ 99"]
