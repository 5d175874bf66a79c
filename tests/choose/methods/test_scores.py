"""From marks of the national library to intervals on 0–100, and the city's own word in their place."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from talkoot.choose.methods import effort, scores
from talkoot.choose.methods.models import CityEffort, CityScore, Goal
from tests.choose.methods.library import method

if TYPE_CHECKING:
    from tests.cast import Cast


def test_a_mark_without_a_number_says_3_3_to_5_and_no_mark_1_to_3_3() -> None:
    assert scores.interval(marked=True) == (57.5, 100)
    assert scores.interval(marked=False) == (0, 57.5)


@pytest.mark.parametrize(("rating", "value"), [(1, 0), (3, 50), (4.2, 80), (5, 100)])
def test_a_published_rating_is_a_point_on_the_scale(rating: float, value: float) -> None:
    assert scores.interval(marked=True, rating=rating) == pytest.approx((value, value))


def test_every_criterion_has_a_prior_with_its_basis(db: None) -> None:
    webinars = method(marks="D")
    Goal.objects.filter(method=webinars, criterion="B").delete()
    prior = scores.prior([webinars], None)[webinars.pk]
    assert sorted(prior) == ["A", "B", "C", "D", "E"]
    assert (prior["D"].low, prior["D"].high, prior["D"].basis, prior["D"].marked) == (
        57.5,
        100,
        "judgement",
        True,
    )
    assert (prior["B"].low, prior["B"].high, prior["B"].marked) == (0, 57.5, False)


def test_the_interval_is_the_central_ninety_per_cent_of_the_normal() -> None:
    prior = scores.Prior(57.5, 100, "judgement")
    assert (prior.mean, round(prior.sd, 2)) == (78.75, 12.92)


def test_the_citys_own_interval_stands_in_place_of_the_librarys_for_that_city_alone(cast: Cast) -> None:
    webinars = method()
    CityScore.objects.create(
        city=cast.jarvenpaa, method=webinars, criterion="D", low=20, high=30, reason="Kokemus"
    )
    own = scores.prior([webinars], cast.jarvenpaa)[webinars.pk]["D"]
    assert (own.low, own.high, own.basis, own.reason, own.marked) == (20, 30, "city", "Kokemus", True)
    assert scores.prior([webinars], cast.kerava)[webinars.pk]["D"].basis == "judgement"


def test_effort_that_cannot_be_read_as_a_range_is_not_known(db: None) -> None:
    unknown = method("M34", person_days_low=None, person_days_high=None)
    found = effort.effort([unknown], None)[unknown.pk]
    assert found.person_days is None
    assert found.euros == (0, 1500)


def test_a_city_fills_in_what_the_library_does_not_know(cast: Cast) -> None:
    unknown = method("M34", person_days_low=None, person_days_high=None)
    CityEffort.objects.create(
        city=cast.jarvenpaa, method=unknown, person_days_low=90, person_days_high=130, reason="Laskettu"
    )
    found = effort.effort([unknown], cast.jarvenpaa)[unknown.pk]
    assert (found.person_days, found.euros, found.own, found.source) == (
        (90, 130),
        (0, 1500),
        True,
        "Laskettu",
    )
    assert effort.effort([unknown], cast.kerava)[unknown.pk].person_days is None


def test_reading_many_methods_takes_as_many_queries_as_reading_one(
    cast: Cast, django_assert_num_queries: Any
) -> None:
    many = [method(f"M{n}") for n in range(10, 20)]
    with django_assert_num_queries(2):
        scores.prior(many, cast.jarvenpaa)
    with django_assert_num_queries(1):
        effort.effort(many, cast.jarvenpaa)
