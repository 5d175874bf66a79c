"""A change in the municipality's role turns the scenario on the right day."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
from django.db import IntegrityError, transaction

from talkoot.city.changes import demo
from talkoot.city.changes.models import Effect, RoleChange
from talkoot.city.changes.scenarios import effects
from talkoot.city.organisations.models import Municipality, Unit

MOVE = dt.date(2025, 1, 1)


@pytest.fixture
def city(bare_cities: None, settings: Any) -> Municipality:
    found = Municipality.objects.get(code="186")
    Unit.objects.create(city=found, code="TYO", name_fi="Työllisyyspalvelut", person_days=30)
    demo.load(settings.TALKOOT_DEMO_FOLDER)
    return found


def test_before_the_move_the_city_had_no_employment_services(city: Municipality) -> None:
    then = effects(city, MOVE - dt.timedelta(days=1))
    assert then.unavailable == {"M43", "M48", "M49"}
    assert then.capacity == {"TYO": 0}


def test_from_the_day_on_nothing_is_taken_away(city: Municipality) -> None:
    now = effects(city, MOVE)
    assert (now.unavailable, now.capacity) == (frozenset(), {})


def test_a_change_that_has_not_come_counts_from_its_planned_day(city: Municipality) -> None:
    RoleChange.objects.filter(key="employment-services").update(actual_on=None)
    assert effects(city, dt.date(2024, 6, 1)).unavailable == frozenset()
    assert effects(city, dt.date(2023, 6, 1)).unavailable


def test_planned_and_actual_day_are_both_kept(city: Municipality) -> None:
    change = RoleChange.objects.get(city=city, key="employment-services")
    assert (change.planned_on, change.actual_on) == (dt.date(2024, 1, 1), MOVE)


def test_an_effect_is_about_a_method_or_a_unit_never_both(city: Municipality) -> None:
    change = RoleChange.objects.filter(city=city)[0]
    with pytest.raises(IntegrityError), transaction.atomic():
        Effect.objects.create(change=change, kind="capacity_after", method_code="M01")
    with pytest.raises(IntegrityError), transaction.atomic():
        Effect.objects.create(change=change, kind="unavailable_after")


def test_a_change_has_a_day(city: Municipality) -> None:
    with pytest.raises(IntegrityError), transaction.atomic():
        RoleChange.objects.create(city=city, key="x", name_fi="Ilman päivää")
