from __future__ import annotations

from math import exp, log, sqrt

import pytest

from talkoot.analysis.evidence.pooling import NoPilots, PilotCount, inverse_logit, pool, random_effects
from tests.analysis import reference


def bcg() -> dict[str, tuple[float, float]]:
    case = reference.read("evidence")["cases"]["bcg_logRR"]
    return {str(i): pair for i, pair in enumerate(zip(case["yi"], case["vi"], strict=True))}


@pytest.mark.parametrize("fit", ["EE_z", "DL_z", "REML_z"])
def test_the_pooled_mean_is_that_of_metafor_at_the_same_spread(fit: str) -> None:
    published = reference.read("evidence")["cases"]["bcg_logRR"]["fits"][fit]
    pooled, _ = random_effects(bcg(), published["tau2"])
    assert pooled.mean == pytest.approx(published["b"], rel=1e-10)
    assert pooled.sd == pytest.approx(published["se"], rel=1e-10)


def test_each_study_is_shrunk_as_by_metafor() -> None:
    case = reference.read("evidence")["cases"]["bcg_logRR"]
    _, blups = random_effects(bcg(), case["fits"]["REML_z"]["tau2"])
    published = case["blup_REML_z"]
    assert [blup.mean for blup in blups.values()] == pytest.approx(published["pred"], rel=1e-8)
    assert [blup.sd for blup in blups.values()] == pytest.approx(published["se"], rel=1e-8)


def test_one_pilot_is_its_own_logit_with_half_a_count_added() -> None:
    estimate = pool([PilotCount("kerava", 9, 20)])
    variance = 1 / 9.5 + 1 / 11.5 + 0.25
    assert estimate.pooled.share == pytest.approx(9.5 / 21)
    assert estimate.pooled.sd == pytest.approx(sqrt(variance))
    assert estimate.prediction.sd == pytest.approx(sqrt(variance + 0.25))


def test_the_variance_of_a_logit_is_that_of_the_share_it_stands_for() -> None:
    pilot = PilotCount("kerava", 4, 18)
    share = 4.5 / 19
    assert pilot.logit == pytest.approx(log(share / (1 - share)))
    assert pilot.variance == pytest.approx(1 / (19 * share * (1 - share)))


def test_a_city_with_its_own_pilot_lies_between_its_result_and_the_mean() -> None:
    pilots = [PilotCount("vantaa", 9, 20), PilotCount("kerava", 14, 41), PilotCount("järvenpää", 4, 18)]
    estimate = pool(pilots)
    for pilot in pilots:
        own = estimate.for_city(pilot.city)
        low, high = sorted((pilot.logit, estimate.pooled.mean))
        assert low < own.mean < high
        assert own.sd < estimate.prediction.sd
    assert estimate.for_city("helsinki") == estimate.prediction
    assert estimate.prediction.mean == estimate.pooled.mean
    assert (estimate.pilots, estimate.events, estimate.n) == (3, 27, 79)


def test_two_pilots_of_one_city_count_as_one_study() -> None:
    split = pool([PilotCount("kerava", 4, 10), PilotCount("kerava", 5, 10), PilotCount("vantaa", 1, 8)])
    whole = pool([PilotCount("kerava", 9, 20), PilotCount("vantaa", 1, 8)])
    assert (split.pooled, split.cities) == (whole.pooled, whole.cities)


def test_no_events_and_nothing_but_events_can_be_pooled() -> None:
    estimate = pool([PilotCount("vantaa", 0, 10), PilotCount("kerava", 10, 10)])
    assert estimate.pooled.share == pytest.approx(0.5)


def test_without_pilots_there_is_nothing_to_pool() -> None:
    with pytest.raises(NoPilots):
        pool([])


@pytest.mark.parametrize(("events", "n"), [(-1, 5), (6, 5), (0, 0)])
def test_a_count_that_cannot_be_is_refused(events: int, n: int) -> None:
    with pytest.raises(ValueError, match="is not a count"):
        PilotCount("kerava", events, n)


def test_the_ends_of_an_estimate_hold_its_central_95_per_cent() -> None:
    estimate = pool([PilotCount("kerava", 9, 20)]).pooled
    assert estimate.ends == pytest.approx(
        tuple(1 / (1 + exp(-(estimate.mean + side * 1.96 * estimate.sd))) for side in (-1, 1))
    )


def test_the_inverse_logit_stays_finite_far_out() -> None:
    assert inverse_logit(-1000) == 0
    assert inverse_logit(1000) == 1
