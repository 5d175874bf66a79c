"""Which pilots count, and what follows from them for the city at hand and for others."""

from __future__ import annotations

import datetime as dt
import json
from typing import TYPE_CHECKING, Any

import pytest

from talkoot.analysis.evidence.pooling import PilotCount, pool
from talkoot.choose.methods.models import CityScore
from talkoot.choose.pilots import evidence, shown
from talkoot.choose.pilots.models import Pilot
from talkoot.kit.plate import Evidence, offers, resolve
from tests.choose.methods.library import method
from tests.choose.pilots.trials import S, pilot
from tests.sweep.rows import like

if TYPE_CHECKING:
    from talkoot.choose.methods.models import Method
    from tests.cast import Cast

MAY = dt.date(2026, 5, 28)


def finding(city: Any, method: Method, as_of: dt.date | None = None) -> Any:
    """What is found on criterion D, or None."""
    return evidence.findings(city, [method], as_of).get(method.pk, {}).get("D")


def test_a_failed_pilot_lowers_and_a_good_one_raises_the_estimate(cast: Cast, webinars: Method) -> None:
    assert finding(cast.jarvenpaa, webinars) is None
    pilot(cast.jarvenpaa, webinars, S.CLOSED, events=1, companies=60)
    failed = finding(cast.jarvenpaa, webinars)
    assert (failed.mean < 40, failed.prior.mean) == (True, 78.75)
    Pilot.objects.update(events=29)
    assert finding(cast.jarvenpaa, webinars).mean > 78.75


def test_own_pilots_count_when_they_have_ended_those_of_others_when_published(
    cast: Cast, webinars: Method
) -> None:
    pilot(cast.jarvenpaa, webinars, S.CLOSED, events=4, companies=10)
    assert finding(cast.jarvenpaa, webinars).k == 1
    assert finding(cast.kerava, webinars) is None
    assert finding(None, webinars) is None
    Pilot.objects.update(state=S.PUBLISHED, published_on=MAY)
    assert finding(cast.kerava, webinars).k == 1
    assert finding(None, webinars).k == 1


@pytest.mark.parametrize("state", [S.PLANNED, S.RUNNING, S.STOPPED])
def test_what_has_not_ended_does_not_count(cast: Cast, webinars: Method, state: str) -> None:
    count = {} if state == S.PLANNED else {"events": 4, "companies": 10}
    pilot(cast.jarvenpaa, webinars, state, **count)
    assert finding(cast.jarvenpaa, webinars) is None


def test_a_pilot_without_a_count_gives_no_evidence_not_zero(cast: Cast, webinars: Method) -> None:
    for state in (S.RUNNING, S.STOPPED):
        pilot(cast.jarvenpaa, webinars, state)
    assert finding(cast.jarvenpaa, webinars) is None


def test_a_day_in_the_past_knows_only_what_was_known_then(cast: Cast, webinars: Method) -> None:
    pilot(cast.jarvenpaa, webinars, S.PUBLISHED, events=4, companies=10, published_on=dt.date(2026, 9, 24))
    before, between, after = dt.date(2026, 5, 27), MAY, dt.date(2026, 9, 24)
    assert finding(cast.jarvenpaa, webinars, before) is None
    assert finding(cast.jarvenpaa, webinars, between).k == 1
    assert finding(cast.kerava, webinars, between) is None
    assert finding(cast.kerava, webinars, after).k == 1


def test_pilots_of_cities_are_pooled_and_the_own_city_is_shrunken_towards_them(
    cast: Cast, webinars: Method
) -> None:
    pilot(cast.jarvenpaa, webinars, S.PUBLISHED, events=13, companies=38)
    pilot(
        cast.kerava,
        webinars,
        S.PUBLISHED,
        events=60,
        companies=96,
        value_low=0,
        measure_fi="yrityksistä  TOTEUTTI teon",
    )
    expected = pool([PilotCount("jarvenpaa", 13, 38), PilotCount("kerava", 60, 96)])
    own, nowhere = finding(cast.jarvenpaa, webinars), finding(None, webinars)
    assert own.pools[0].expected == expected.cities["jarvenpaa"]
    assert nowhere.pools[0].expected == expected.prediction
    assert (own.own, nowhere.own, own.k) == (True, False, 2)
    assert nowhere.sd > own.sd


def test_the_share_goes_through_the_value_function_agreed_before(cast: Cast, webinars: Method) -> None:
    pilot(cast.jarvenpaa, webinars, S.CLOSED, events=500, companies=2000, value_low=0, value_high=50)
    data = finding(cast.jarvenpaa, webinars).posterior.data
    assert data.mean == pytest.approx(50, abs=0.1)  # a quarter of the companies, half of the scale


def test_pilots_with_another_measure_or_scale_are_not_pooled_but_both_weigh(
    cast: Cast, webinars: Method
) -> None:
    pilot(cast.jarvenpaa, webinars, S.CLOSED, events=4, companies=10)
    pilot(cast.jarvenpaa, webinars, S.CLOSED, events=4, companies=10, value_high=100)
    pilot(cast.jarvenpaa, webinars, S.CLOSED, events=4, companies=10, measure_fi="Muu mittari")
    found = finding(cast.jarvenpaa, webinars)
    assert [len(pool.pilots) for pool in found.pools] == [1, 1, 1]
    assert found.k == 3
    assert found.posterior.data.sd < min(pool.value.sd for pool in found.pools)


def test_the_citys_own_prior_is_combined_with_the_pilots(cast: Cast, webinars: Method) -> None:
    pilot(cast.jarvenpaa, webinars, S.CLOSED, events=4, companies=10)
    CityScore.objects.create(
        city=cast.jarvenpaa, method=webinars, criterion="D", low=0, high=10, reason="Kokemus"
    )
    found = finding(cast.jarvenpaa, webinars)
    assert (found.prior.basis, found.prior.mean) == ("city", 5)
    assert found.mean < 10


def test_the_finding_is_written_with_a_run(cast: Cast, webinars: Method) -> None:
    pilot(cast.jarvenpaa, webinars, S.CLOSED, events=4, companies=10)
    found = finding(cast.jarvenpaa, webinars)
    written = json.loads(json.dumps(found.to_json()))
    assert (written["mean"], written["sd"], written["k"]) == (found.mean, found.sd, 1)
    assert (written["events"], written["n"], written["own"]) == (4, 10, True)
    assert written["prior"] == [57.5, 100]


def test_the_plate_offers_the_evidence_of_pilots(cast: Cast, webinars: Method) -> None:
    pilot(cast.jarvenpaa, webinars, S.CLOSED, events=4, companies=10)
    offer = next(offer for offer in offers(Evidence) if offer.kind == "pilots")
    found = resolve(offer.evidence)(cast.jarvenpaa, [webinars], dt.date(2026, 11, 24))
    assert list(found[webinars.pk]) == ["D"]


def test_many_methods_take_as_many_queries_as_one(
    cast: Cast, webinars: Method, django_assert_num_queries: Any
) -> None:
    methods = [webinars, *(method(f"M{n}") for n in range(10, 18))]
    for tried in methods:
        pilot(cast.jarvenpaa, tried, S.CLOSED, events=4, companies=10)
        pilot(cast.kerava, tried, S.PUBLISHED, events=4, companies=10)
    with django_assert_num_queries(3):
        assert len(evidence.findings(cast.jarvenpaa, methods)) == 9


def test_a_plain_sentence_says_what_to_expect_and_how_the_pilots_moved_the_estimate(
    cast: Cast, webinars: Method
) -> None:
    from django.utils.translation import override

    pilot(cast.jarvenpaa, webinars, S.PUBLISHED, events=13, companies=38)
    with override("en"):
        here = shown.picture("D", finding(cast.jarvenpaa, webinars), cast.jarvenpaa, public=False)
        there = shown.picture("D", finding(cast.kerava, webinars), cast.kerava, public=False)
    assert here.sentence.startswith("One ended pilot. Järvenpää can expect that ")
    assert there.sentence.startswith("One ended pilot. The next city can expect that ")
    assert here.change.startswith("The pilots lowered the estimate from 79 to ")


def test_a_picture_of_very_many_pilots_draws_the_last_and_says_that_all_count(
    cast: Cast, webinars: Method
) -> None:
    pilot(cast.jarvenpaa, webinars, S.CLOSED, events=4, companies=10)
    one = Pilot.objects.get()
    for number in range(shown.DRAWN_MOST):
        like(one, name_fi=f"Koe {number}")
    found = finding(cast.jarvenpaa, webinars)
    (drawn,) = shown.picture("D", found, cast.jarvenpaa, public=False).forests
    assert (len(drawn.items), found.k) == (shown.DRAWN_MOST, shown.DRAWN_MOST + 1)
    assert "31" in str(drawn.note)
