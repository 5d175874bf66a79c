"""What the database and the model hold true of a pilot, whoever writes it."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING, Any

import pytest
from django.contrib.auth.models import AnonymousUser
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction

from talkoot.choose.pilots.models import Participant, Pilot
from tests.choose.methods.library import visible
from tests.choose.pilots.trials import S, pilot

if TYPE_CHECKING:
    from talkoot.choose.methods.models import Method
    from tests.cast import Cast


@pytest.mark.parametrize(
    ("state", "wrong"),
    [
        (S.PLANNED, {"value_low": 50, "value_high": 50}),
        (S.PLANNED, {"value_low": 60, "value_high": 50}),
        (S.PLANNED, {"value_low": -1}),
        (S.PLANNED, {"value_high": 101}),
        (S.PLANNED, {"value_low": None}),
        (S.PLANNED, {"value_high": None}),
        (S.PLANNED, {"events": 1, "companies": 2}),
        (S.PLANNED, {"ends_on": dt.date(2026, 1, 1)}),
        (S.PLANNED, {"hours": -1}),
        (S.RUNNING, {"criterion": ""}),
        (S.RUNNING, {"measure_fi": ""}),
        (S.RUNNING, {"measure_fi": None}),
        (S.RUNNING, {"value_low": None, "value_high": None}),
        (S.RUNNING, {"events": 3, "companies": 2}),
        (S.RUNNING, {"events": 3}),
        (S.RUNNING, {"companies": 3}),
        (S.RUNNING, {"events": 0, "companies": 0}),
        (S.CLOSED, {"events": None, "companies": None}),
        (S.PUBLISHED, {"events": None, "companies": None}),
        (S.CLOSED, {"closed_on": None}),
        (S.PUBLISHED, {"published_on": None}),
        (S.PUBLISHED, {"closed_on": None}),
    ],
)
def test_the_database_refuses_a_pilot_that_makes_no_sense(
    cast: Cast, webinars: Method, state: str, wrong: dict[str, Any]
) -> None:
    with pytest.raises(IntegrityError), transaction.atomic():
        pilot(cast.jarvenpaa, webinars, state, **wrong)


def test_a_plan_may_still_lack_its_measure(cast: Cast, webinars: Method) -> None:
    assert pilot(cast.jarvenpaa, webinars, criterion="", measure_fi="", value_low=None, value_high=None).pk


def test_a_city_tries_a_method_under_a_name_once(cast: Cast, webinars: Method) -> None:
    pilot(cast.jarvenpaa, webinars, name_fi="Kevät")
    pilot(cast.kerava, webinars, name_fi="Kevät")
    with pytest.raises(IntegrityError), transaction.atomic():
        pilot(cast.jarvenpaa, webinars, name_fi="Kevät")


def test_a_company_takes_part_in_a_pilot_once(cast: Cast, webinars: Method) -> None:
    trial = pilot(cast.jarvenpaa, webinars)
    Participant.objects.create(pilot=trial, organisation=cast.company)
    with pytest.raises(IntegrityError), transaction.atomic():
        Participant.objects.create(pilot=trial, organisation=cast.company)


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("criterion", "A"),
        ("measure_fi", "Muu"),
        ("value_low", 5),
        ("value_high", 40),
        ("hypothesis_fi", "Toinen"),
    ],
)
def test_what_counts_as_success_cannot_change_after_the_start(
    cast: Cast, webinars: Method, name: str, value: Any
) -> None:
    for state in (S.RUNNING, S.CLOSED, S.PUBLISHED, S.STOPPED):
        trial = pilot(cast.jarvenpaa, webinars, state)
        setattr(trial, name, value)
        with pytest.raises(ValidationError) as error:
            trial.full_clean()
        assert list(error.value.message_dict) == [name]


def test_what_counts_as_success_may_change_before_the_start(cast: Cast, webinars: Method) -> None:
    trial = pilot(cast.jarvenpaa, webinars)
    trial.value_high = 40
    trial.full_clean()


def test_the_count_cannot_change_after_the_end(cast: Cast, webinars: Method) -> None:
    trial = pilot(cast.jarvenpaa, webinars, S.CLOSED, events=3, companies=10)
    trial.events = 9
    with pytest.raises(ValidationError) as error:
        trial.full_clean()
    assert list(error.value.message_dict) == ["events"]


@pytest.mark.parametrize("state", [S.PLANNED, S.RUNNING, S.CLOSED, S.STOPPED])
def test_only_staff_and_participants_see_what_is_not_published(
    cast: Cast, webinars: Method, state: str
) -> None:
    trial = pilot(cast.jarvenpaa, webinars, state)
    seen = {
        name: trial in visible(Pilot, getattr(cast, name))
        for name in ("aino", "riitta", "kaisa", "oskari", "outi")
    }
    assert seen == {"aino": True, "riitta": True, "kaisa": False, "oskari": False, "outi": False}
    assert trial not in visible(Pilot, AnonymousUser())
    Participant.objects.create(pilot=trial, organisation=cast.company)
    assert trial in visible(Pilot, cast.oskari)


def test_all_see_what_is_published(cast: Cast, webinars: Method) -> None:
    trial = pilot(cast.jarvenpaa, webinars, S.PUBLISHED)
    assert all(trial in visible(Pilot, user) for user in (cast.kaisa, cast.outi, AnonymousUser()))


def test_participants_are_seen_by_the_citys_staff_and_by_themselves(cast: Cast, webinars: Method) -> None:
    row = Participant.objects.create(
        pilot=pilot(cast.jarvenpaa, webinars, S.PUBLISHED), organisation=cast.company
    )
    assert row in visible(Participant, cast.riitta)
    assert row in visible(Participant, cast.oskari)
    assert row not in visible(Participant, cast.kaisa)
    assert row not in visible(Participant, AnonymousUser())


def test_texts_are_read_in_the_readers_language(cast: Cast, webinars: Method) -> None:
    pilot(cast.jarvenpaa, webinars, name_fi="Kevät", name_sv="Våren")
    from django.utils.translation import override

    with override("sv"):
        assert str(Pilot.objects.get(method__name="Webbinarieserie")) == "Våren"
