"""What holds of estimates whatever the data: missing answers, domains, gathering of rows, trimming."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.optimize import linprog

from talkoot.analysis.survey.estimation import calibration, distances, figures
from talkoot.analysis.survey.estimation.calibration import Margin
from talkoot.analysis.survey.estimation.design import Drawn, design
from talkoot.analysis.survey.estimation.sample import Sample, kish
from tests.analysis.survey.specs import rows, texts

COMPANIES: dict[str, list[Any]] = {
    "size": ["micro"] * 6 + ["small"] * 4,
    "energy": [1, 2, None, 4, 5, 6, 7, 8, None, 10],
    "wants": ["yes", "no", "yes", None, "no", "yes", "yes", "yes", "yes", "yes"],
}


def one(asked: dict[str, str], **document: Any) -> list[dict[str, Any]]:
    return rows({"estimates": [asked], **document}, texts(COMPANIES))


def test_who_did_not_answer_is_counted_beside_the_figure_and_not_as_zero() -> None:
    (row,) = one({"mean": "energy"})
    assert (row["estimate"], row["n"], row["missing"]) == (43 / 8, 8, 2)


def test_missing_answers_are_counted_in_each_domain() -> None:
    found = one({"share": "wants", "by": "size"})
    assert {(row["by"], row["n"], row["missing"]) for row in found} == {("micro", 5, 1), ("small", 4, 0)}


def test_a_domain_keeps_the_degrees_of_freedom_of_the_whole_design() -> None:
    assert {row["df"] for row in one({"mean": "energy", "by": "size"})} == {9}


def test_where_all_agree_the_interval_is_the_exact_limit() -> None:
    row = next(
        row for row in one({"share": "wants", "by": "size"}) if (row["by"], row["level"]) == ("small", "yes")
    )
    assert (row["estimate"], row["se"]) == (1.0, 0.0)
    assert row["ci95"] == [pytest.approx(0.025 ** (1 / 4)), 1.0]


def test_a_domain_without_an_answer_says_so() -> None:
    data = texts({"size": ["micro", "micro", "large"], "energy": [1, 2, None]})
    *_, large = sorted(
        rows({"estimates": [{"mean": "energy", "by": "size"}]}, data), key=lambda row: -row["n"]
    )
    assert (large["by"], large["estimate"], large["se"], large["n"], large["missing"]) == (
        "large",
        None,
        None,
        0,
        1,
    )


def test_levels_come_in_the_order_of_numbers_when_they_are_numbers() -> None:
    data = texts({"stars": [10, 9, 2, 10]})
    assert [row["level"] for row in rows({"estimates": [{"share": "stars"}]}, data)] == ["2", "9", "10"]


def test_there_is_no_design_effect_without_knowing_the_population() -> None:
    assert one({"mean": "energy"})[0]["deff"] is None


def test_effective_answers_are_fewer_where_weights_differ() -> None:
    assert kish(np.array([1.0, 1.0, 1.0])) == pytest.approx(1)
    assert figures.effective_n([1, 1, 4]) == pytest.approx(36 / 18)


def test_trimming_shares_the_excess_equally_and_keeps_the_sum() -> None:
    cut = calibration.trimmed(np.array([1.0, 2.0, 3.0, 10.0]), 0, 6)
    assert cut.tolist() == pytest.approx([1 + 4 / 3, 2 + 4 / 3, 3 + 4 / 3, 6])


def test_certainty_strata_add_no_variance() -> None:
    data = texts({"stratum": ["a", "b", "b"], "N": [1, 4, 4], "w": [1, 2, 2], "y": [100, 1, 3]})
    asked = {"weights": "w", "strata": "stratum", "population": "N"}
    (row,) = rows({"design": asked, "estimates": [{"total": "y"}]}, data)
    assert row["estimate"] == 108
    assert row["se"] == pytest.approx(np.sqrt(4**2 * (1 - 2 / 4) * 2 / 2))


def test_a_stage_without_a_population_counts_as_drawn_with_replacement() -> None:
    """Its variance then is at least that with the population."""
    data = texts({"c": [1, 1, 2, 2], "N": [4] * 4, "M": [3] * 4, "w": [3] * 4, "y": [1, 2, 4, 8]})
    both, first = (
        rows(
            {
                "design": {"weights": "w", "cluster": ["c", "y"], "population": population},
                "estimates": [{"total": "y"}],
            },
            data,
        )[0]["se"]
        for population in (["N", "M"], ["N"])
    )
    assert first > both


codes = st.lists(st.integers(-1, 2), min_size=60, max_size=60)


@settings(deadline=None, max_examples=25)
@given(codes, st.lists(st.integers(0, 1), min_size=60, max_size=60), st.booleans())
def test_counting_rows_that_are_alike_changes_no_figure(
    answers: list[int], groups: list[int], raked: bool
) -> None:
    size, trade = ["s", "m", "m"] * 20, ["x", "y"] * 30
    drawn = design(np.array([2.0, 3.0] * 30), [Drawn(strata=trade, population=np.full(60, 90.0))])
    calibrated = None
    if raked:
        margins = [Margin("size", size, {"s": 50, "m": 100}), Margin("trade", trade, {"x": 90, "y": 60})]
        calibrated = calibration.rake(drawn.weights, margins, 1e-12)
    sample = Sample(drawn, calibrated.after if calibrated else drawn.weights, calibrated)
    said, domains = np.array(answers), np.array(groups)
    assert sample.kinds is not None
    found = figures.shares(sample, said, 3, domains, 2)
    for domain, row in enumerate(found):
        for level, figure in enumerate(row or []):
            values = np.where(said >= 0, (said == level).astype(float), np.nan)
            plain = figures.means(sample, values, domains, 2)[domain]
            assert plain is not None
            assert (figure.n, figure.missing) == (plain.n, plain.missing)
            assert figure.estimate == pytest.approx(plain.estimate, abs=1e-12)
            assert figure.se == pytest.approx(plain.se, abs=1e-12)


weights = st.lists(st.floats(0.5, 5), min_size=12, max_size=12)


@settings(deadline=None, max_examples=40)
@given(weights, st.sampled_from(["linear", "raking", "logit"]))
def test_calibrated_weights_meet_every_total(given_weights: list[float], distance: str) -> None:
    size, values = np.tile([0.0, 1.0], 6), np.arange(12.0)
    start = np.array(given_weights)
    aux = {"(Intercept)": np.ones(12), "size=m": size, "turnover": values}
    totals = {name: float(column @ (start * np.linspace(0.9, 1.1, 12))) for name, column in aux.items()}
    bounds = (0.2, 4.0) if distance == "logit" else None
    found = calibration.calibrate(start, aux, totals, distance, bounds)
    for name, column in aux.items():
        assert column @ found.after == pytest.approx(totals[name], rel=1e-8)
    if bounds:
        assert np.all((found.after >= 0.2 * start) & (found.after <= 4 * start))


def test_raking_equals_calibration_by_the_raking_distance() -> None:
    random = np.random.default_rng(3)
    size, trade = (
        random.integers(0, 3, 200).astype(str).tolist(),
        random.integers(0, 2, 200).astype(str).tolist(),
    )
    start = random.uniform(1, 3, 200)
    margins = [
        Margin("size", size, {"0": 200, "1": 150, "2": 50}),
        Margin("trade", trade, {"0": 180, "1": 220}),
    ]
    raked = calibration.rake(start, margins, 1e-13)
    aux = {
        f"{m.name}={level}": (np.array(m.levels) == level).astype(float)
        for m in margins
        for level in m.totals
    }
    totals = {f"{m.name}={level}": total for m in margins for level, total in m.totals.items()}
    same = calibration.calibrate(start, aux, totals, "raking")
    assert raked.after == pytest.approx(same.after, rel=1e-9)
    values = random.normal(size=(200, 2))
    assert raked.influence(values, raked.after) == pytest.approx(same.influence(values, same.after), abs=1e-7)


@pytest.mark.parametrize("seed", range(25))
def test_bounded_weights_are_found_exactly_when_there_are_any(seed: int) -> None:
    """A linear program says whether any weights within the bounds meet the totals."""
    random = np.random.default_rng(seed)
    n = int(random.integers(6, 40))
    rows = np.column_stack([np.ones(n), random.integers(0, 2, n), random.gamma(2, 3, n)])
    start, low, high = random.uniform(1, 5, n), random.uniform(0.2, 0.9), random.uniform(1.1, 3)
    totals = rows.T @ (start * np.clip(random.normal(1, 0.6, n), low * 0.9, high * 1.05))
    there_are = linprog(
        np.zeros(n), A_eq=(rows * start[:, None]).T, b_eq=totals, bounds=[(low, high)] * n
    ).success
    for distance in ("linear", "raking", "logit"):
        ratio, missed = distances.solve(rows, start, totals, distance, (low, high))
        assert (not missed.any()) == there_are
        assert np.all((ratio >= low - 1e-9) & (ratio <= high + 1e-9))
