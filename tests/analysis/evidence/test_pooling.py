"""Pooling for a page, without numpy, held to the engine."""

from __future__ import annotations

from math import exp, log
from typing import TYPE_CHECKING

import numpy as np
import pytest

from talkoot.analysis.evidence import plain, synthesis
from talkoot.analysis.evidence.pooling import LogitEstimate, NoPilots, PilotCount, inverse_logit, pool

if TYPE_CHECKING:
    from talkoot.analysis.evidence.plain import Count

MANY = tuple((3 + 7 * i % 41, 45 + 5 * i) for i in range(20))
LIKE = {
    "one": ((9, 20),),
    "three": ((9, 20), (14, 41), (4, 18)),
    "two large ones": ((500, 1000), (505, 1000)),
    "empty and full": ((0, 10), (10, 10)),
    "never a success": ((0, 5), (0, 8), (0, 9)),
    "five of them": ((0, 9), (0, 8), (0, 7), (0, 12), (0, 5)),
    "six, one empty and one full": ((9, 20), (14, 41), (4, 18), (0, 12), (7, 9), (5, 5)),
    "four that agree": ((5, 10), (6, 12), (7, 14), (10, 20)),
    "twenty": MANY,
}


@pytest.mark.parametrize("counts", LIKE.values(), ids=LIKE)
def test_a_page_pools_as_the_engine_does(counts: tuple[Count, ...]) -> None:
    events, n = np.array(counts, dtype=float).T
    engine = synthesis.tallies([str(i) for i in range(len(counts))], events, n)
    page = plain.pool(counts)
    assert (page.mean, page.sd, page.tau**2) == pytest.approx(
        (engine.estimate, engine.se, engine.tau2), abs=4e-3
    )
    assert [mean for mean, _sd in page.own] == pytest.approx([one.estimate for one in engine.blups], abs=4e-3)
    assert [sd for _mean, sd in page.own] == pytest.approx([one.se for one in engine.blups], abs=4e-3)
    ends = [inverse_logit(end) for end in page.prediction]
    assert ends == pytest.approx([inverse_logit(end) for end in engine.prediction95], abs=0.006)


def test_more_events_promise_more() -> None:
    shares = [
        pool([PilotCount("kerava", events, 10), PilotCount("vantaa", 3, 9)]).pooled.mean
        for events in range(11)
    ]
    assert shares == sorted(shares)


def test_a_city_with_its_own_pilot_lies_between_its_result_and_the_mean() -> None:
    pilots = [PilotCount("vantaa", 9, 20), PilotCount("kerava", 14, 41), PilotCount("järvenpää", 4, 18)]
    estimate = pool(pilots)
    for pilot in pilots:
        own = estimate.for_city(pilot.city)
        low, high = sorted((log(pilot.events / (pilot.n - pilot.events)), estimate.pooled.mean))
        assert low < own.mean < high
        assert own.sd < estimate.prediction.sd
    assert estimate.for_city("helsinki") == estimate.prediction
    assert estimate.prediction.mean == estimate.pooled.mean
    assert (estimate.pilots, estimate.events, estimate.n) == (3, 27, 79)
    assert pool(pilots[::-1]).cities == estimate.cities


def test_two_pilots_of_one_city_count_as_one_study() -> None:
    split = pool([PilotCount("kerava", 4, 10), PilotCount("kerava", 5, 10), PilotCount("vantaa", 1, 8)])
    whole = pool([PilotCount("kerava", 9, 20), PilotCount("vantaa", 1, 8)])
    assert (split.pooled, split.cities) == (whole.pooled, whole.cities)


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
    assert LogitEstimate(0, 1, (-log(3), log(4))).ends == pytest.approx((0.25, 0.8))


def test_a_pilot_is_drawn_alone_with_half_a_count_added() -> None:
    pilot = PilotCount("kerava", 0, 18)
    share = 0.5 / 19
    assert pilot.logit == pytest.approx(log(share / (1 - share)))
    assert pilot.variance == pytest.approx(1 / (19 * share * (1 - share)))


def test_the_inverse_logit_stays_finite_far_out() -> None:
    assert inverse_logit(-1000) == 0
    assert inverse_logit(1000) == 1
