from __future__ import annotations

import pytest
from scipy.stats import norm

from talkoot.analysis.evidence.mapping import Normal, ValueFunction, combine, to_value
from talkoot.analysis.evidence.pooling import PilotCount, pool

HALF_IS_FULL = ValueFunction(zero_at=0, full_at=0.5)


def test_a_value_function_is_linear_from_its_zero_to_its_full_mark() -> None:
    assert [HALF_IS_FULL(share) for share in (0, 0.25, 0.5, 0.6)] == pytest.approx([0, 50, 100, 120])


def test_less_can_be_better() -> None:
    days_to_answer = ValueFunction(zero_at=30, full_at=0)
    assert [days_to_answer(days) for days in (30, 15, 0)] == [0, 50, 100]


def test_a_value_function_needs_two_ends() -> None:
    with pytest.raises(ValueError, match="two different ends"):
        ValueFunction(0.5, 0.5)


def test_pilots_reach_the_value_scale_by_their_mean_and_95_per_cent_ends() -> None:
    estimate = pool([PilotCount("kerava", 9, 20)]).prediction
    data = to_value(estimate, HALF_IS_FULL)
    low, high = estimate.ends
    assert data.mean == pytest.approx(200 * estimate.share)
    assert data.sd == pytest.approx(200 * (high - low) / 3.92)


def test_a_falling_value_function_gives_the_same_spread() -> None:
    estimate = pool([PilotCount("kerava", 9, 20)]).prediction
    assert to_value(estimate, ValueFunction(0.5, 0)).sd == pytest.approx(to_value(estimate, HALF_IS_FULL).sd)


def test_the_prior_interval_is_the_central_90_per_cent_of_a_normal() -> None:
    prior = combine((57.5, 100), None).prior
    assert norm(prior.mean, prior.sd).cdf([57.5, 100]) == pytest.approx([0.05, 0.95])


def test_prior_and_pilots_weigh_by_their_precision() -> None:
    found = combine((40, 80), Normal(30, 6))
    prior_precision, data_precision = 1 / found.prior.sd**2, 1 / 36
    total = prior_precision + data_precision
    assert found.data_weight == pytest.approx(data_precision / total)
    assert found.posterior.mean == pytest.approx((60 * prior_precision + 30 * data_precision) / total)
    assert found.posterior.sd == pytest.approx(total**-0.5)
    assert found.score() == {"mean": found.posterior.mean, "sd": found.posterior.sd, "df": None}


def test_a_pilot_that_disappoints_lowers_what_is_thought_of_the_method() -> None:
    before = combine((57.5, 100), None)
    failed = to_value(pool([PilotCount("järvenpää", 1, 40)]).for_city("järvenpää"), HALF_IS_FULL)
    after = combine((57.5, 100), failed)
    assert after.posterior.mean < before.posterior.mean / 2
    assert 0.5 < after.data_weight < 1


def test_without_pilots_the_prior_stands_as_an_interval() -> None:
    found = combine((0, 57.5), None)
    assert (found.data, found.data_weight, found.posterior) == (None, 0, found.prior)
    assert found.score() == [0, 57.5]


def test_a_prior_without_width_is_not_moved() -> None:
    found = combine((77.5, 77.5), Normal(10, 5))
    assert (found.posterior, found.data_weight) == (Normal(77.5, 0), 0)


def test_a_prior_upside_down_is_refused() -> None:
    with pytest.raises(ValueError, match="above its high end"):
        combine((80, 40), None)
