"""Truths of the library that the database itself holds."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from django.contrib.auth.models import AnonymousUser
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction

from talkoot.choose.methods.models import CityEffort, CityScore, Goal, Method
from tests.choose.methods.library import method, published, visible

if TYPE_CHECKING:
    from tests.cast import Cast


@pytest.mark.parametrize(
    "wrong",
    [
        {"person_days_low": 20, "person_days_high": 10},
        {"person_days_low": None, "person_days_high": 10},
        {"person_days_low": -1, "person_days_high": 10},
        {"euros_low": 5, "euros_high": 1},
        {"euros_low": 5, "euros_high": None},
    ],
)
def test_an_effort_is_a_range_or_not_known(db: None, wrong: dict[str, Any]) -> None:
    with pytest.raises(IntegrityError), transaction.atomic():
        method(**wrong)


def test_two_methods_do_not_share_a_code(db: None) -> None:
    method("M05")
    with pytest.raises(IntegrityError), transaction.atomic():
        method("M05")


def test_a_code_is_a_letter_and_digits(db: None) -> None:
    with pytest.raises(ValidationError, match="code"):
        Method(code="seminar", category="KOULU", name_fi="x", purpose_fi="y").full_clean()


@pytest.mark.parametrize(
    "wrong", [{"low": 60, "high": 50}, {"low": -1}, {"high": 101}, {"rating": 5.5}, {"rating": 0.5}]
)
def test_a_goal_lies_on_the_scale(db: None, wrong: dict[str, Any]) -> None:
    row = Goal.objects.filter(method=method())[0]
    with pytest.raises(IntegrityError), transaction.atomic():
        Goal.objects.filter(pk=row.pk).update(**wrong)


def test_a_method_has_one_goal_of_a_kind(db: None) -> None:
    with pytest.raises(IntegrityError), transaction.atomic():
        Goal.objects.create(method=method(), criterion="D", low=0, high=1)


@pytest.mark.parametrize(
    "wrong", [{"reason": ""}, {"person_days_low": 3, "person_days_high": 2}, {"euros_low": 3}]
)
def test_a_citys_effort_is_a_range_with_a_reason(cast: Cast, wrong: dict[str, Any]) -> None:
    values = {"person_days_low": 1, "person_days_high": 2, "reason": "Laskettu"} | wrong
    with pytest.raises(IntegrityError), transaction.atomic():
        CityEffort.objects.create(city=cast.jarvenpaa, method=method(), **values)


@pytest.mark.parametrize("wrong", [{"reason": ""}, {"low": 70, "high": 60}, {"high": 120}])
def test_a_citys_score_is_an_interval_with_a_reason(cast: Cast, wrong: dict[str, Any]) -> None:
    values = {"low": 40, "high": 60, "reason": "Kokemus"} | wrong
    with pytest.raises(IntegrityError), transaction.atomic():
        CityScore.objects.create(city=cast.jarvenpaa, method=method(), criterion="D", **values)


def test_a_city_states_each_thing_once(cast: Cast) -> None:
    webinars = method()
    CityScore.objects.create(city=cast.jarvenpaa, method=webinars, criterion="D", low=1, high=2, reason="a")
    CityEffort.objects.create(city=cast.jarvenpaa, method=webinars, reason="a", euros_low=1, euros_high=2)
    with pytest.raises(IntegrityError), transaction.atomic():
        CityScore.objects.create(
            city=cast.jarvenpaa, method=webinars, criterion="D", low=3, high=4, reason="b"
        )
    with pytest.raises(IntegrityError), transaction.atomic():
        CityEffort.objects.create(city=cast.jarvenpaa, method=webinars, reason="b", euros_low=1, euros_high=2)


def test_only_the_staff_of_cities_see_what_is_being_prepared(cast: Cast) -> None:
    draft = method("M90", state=Method.State.DRAFT)
    assert draft not in visible(Method, AnonymousUser())
    assert draft not in visible(Method, cast.oskari)
    assert draft in visible(Method, cast.riitta)
    assert visible(Goal, cast.oskari).filter(method=draft).count() == 0


def test_a_retired_method_stays_readable_but_cannot_be_chosen(db: None) -> None:
    old = method("M91", state=Method.State.RETIRED)
    assert old in visible(Method, AnonymousUser())
    assert old not in published()


def test_what_a_city_says_of_itself_is_seen_by_its_own_staff_alone(cast: Cast) -> None:
    own = CityScore.objects.create(
        city=cast.jarvenpaa, method=method(), criterion="D", low=1, high=2, reason="a"
    )
    assert own in visible(CityScore, cast.riitta)
    assert own not in visible(CityScore, cast.kaisa)
    assert own not in visible(CityScore, AnonymousUser())
