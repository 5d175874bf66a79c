from __future__ import annotations

from math import sqrt
from random import Random

import pytest
from scipy.stats import binomtest

from talkoot.analysis.survey.shares import TooFewAnswers, kish_deff, logit_interval, share
from tests.analysis import reference


def test_the_logit_interval_is_that_of_r_survey() -> None:
    published = reference.read("survey")["cases"]["strat_fpc"]
    proportion, logit = published["prop_schwide"], published["ciprop_schwide_yes"][0]
    found = logit_interval(proportion["estimate"][1], proportion["se"][1], published["degf"])
    assert found == pytest.approx((logit["lower"], logit["upper"]), rel=1e-8)


@pytest.mark.parametrize("position", range(3))
def test_an_unweighted_share_is_that_of_r_survey_but_for_the_finite_population(position: int) -> None:
    survey = reference.read("survey")
    published = survey["cases"]["srs_fpc"]["prop_stype"]
    level = published["names"][position].removeprefix("stype")
    found = share([answer == level for answer in survey["data"]["apisrs"]["stype"]])
    assert found.estimate == pytest.approx(published["estimate"][position], rel=1e-12)
    assert found.se * sqrt(1 - 200 / 6194) == pytest.approx(published["se"][position], rel=1e-9)
    assert (found.n, found.deff, found.effective_n) == pytest.approx((200, 1, 200))


def test_a_weighted_share_is_that_of_r_survey() -> None:
    survey = reference.read("survey")
    data, published = survey["data"]["apistrat"], survey["cases"]["strat_fpc"]["prop_schwide"]
    found = share([answer == "Yes" for answer in data["sch.wide"]], data["pw"])
    assert found.estimate == pytest.approx(published["estimate"][1], rel=1e-8)
    assert found.n == 200
    assert found.low < found.estimate < found.high


def test_weights_scale_freely() -> None:
    answers, weights = [True, False, True, False, False], [1.0, 2, 3, 1, 2]
    found, scaled = share(answers, weights), share(answers, [w * 1000 for w in weights])
    assert (scaled.estimate, scaled.se, scaled.deff) == pytest.approx((found.estimate, found.se, found.deff))


def test_unequal_weights_unrelated_to_the_answer_cost_what_kish_says() -> None:
    random = Random(1)
    answers = [random.random() < 0.4 for _ in range(20_000)]
    weights = [random.choice([1.0, 2.0, 6.0]) for _ in answers]
    assert share(answers, weights).deff == pytest.approx(kish_deff(weights), rel=0.03)


def test_the_interval_holds_the_true_share_about_19_times_in_20() -> None:
    random = Random(2)
    held = 0
    for _ in range(1500):
        weights = [1.0] * 40 + [4.0] * 20
        answers = [random.random() < 0.3 for _ in weights]
        found = share(answers, weights)
        held += found.low <= 0.3 <= found.high
    assert 0.93 < held / 1500 < 0.975


def test_where_all_agree_the_exact_binomial_limit_holds() -> None:
    none, everyone = share([False] * 12), share([True] * 12)
    exact = binomtest(0, 12).proportion_ci(method="exact")
    assert (none.estimate, none.low, none.high) == pytest.approx((0, 0, exact.high))
    assert (everyone.estimate, everyone.low, everyone.high) == pytest.approx((1, 1 - exact.high, 1))


def test_unequal_weights_widen_the_limit_where_all_agree() -> None:
    assert share([False] * 12, [1.0] * 6 + [5.0] * 6).high > share([False] * 12).high


@pytest.mark.parametrize("answers", [[], [True]])
def test_one_answer_is_no_share(answers: list[bool]) -> None:
    with pytest.raises(TooFewAnswers):
        share(answers)


@pytest.mark.parametrize("weights", [[1.0], [1.0, 0.0], [1.0, -1.0]])
def test_each_answer_needs_a_weight_above_zero(weights: list[float]) -> None:
    with pytest.raises(ValueError, match="one weight above 0"):
        share([True, False], weights)
