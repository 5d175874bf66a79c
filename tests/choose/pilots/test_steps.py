"""A pilot's way from plan to publication, and back."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.utils.translation import override

from talkoot.choose.pilots import actions, words
from talkoot.choose.pilots.models import Pilot
from talkoot.kit.audit import log
from talkoot.kit.states import NotAllowedNow, ReasonNeeded
from tests.choose.pilots.trials import S, pilot

if TYPE_CHECKING:
    from talkoot.choose.methods.models import Method
    from tests.cast import Cast

TODAY = dt.date(2026, 11, 24)
ALL = [(now, to) for now in S.values for to in S.values if now != to]


def test_a_pilot_goes_from_plan_to_publication_with_its_days(cast: Cast, webinars: Method) -> None:
    trial = pilot(cast.jarvenpaa, webinars, lesson_worked_fi="Aamu sopi.")
    for to in (S.RUNNING, S.CLOSED, S.PUBLISHED):
        actions.take_step(trial, to, by=cast.aino)
    trial.refresh_from_db()
    assert (trial.state, trial.version) == (S.PUBLISHED, 4)
    assert {trial.agreed_on, trial.started_on, trial.closed_on, trial.published_on} == {TODAY}
    assert [event.verb for event in log.timeline(trial)] == ["published", "closed", "running"]


@pytest.mark.parametrize(("now", "to"), ALL)
def test_no_other_way_leads_from_state_to_state(cast: Cast, webinars: Method, now: str, to: str) -> None:
    trial = pilot(cast.jarvenpaa, webinars, now)
    if to in Pilot.TRANSITIONS[now]:
        trial.lesson_worked_fi = "Aamu."
        trial.save()
        assert actions.take_step(trial, to, by=cast.aino, reason="Syy").state == to
        assert (now, to) in words.STEPS
        assert (now, to) in words.EXPLAINED
    else:
        with pytest.raises(NotAllowedNow):
            actions.take_step(trial, to, by=cast.aino, reason="Syy")
        assert Pilot.objects.get(pk=trial.pk).state == now


@pytest.mark.parametrize(
    ("now", "to"), [(S.RUNNING, S.STOPPED), (S.CLOSED, S.RUNNING), (S.PUBLISHED, S.CLOSED)]
)
def test_a_step_back_and_an_early_stop_need_a_reason(cast: Cast, webinars: Method, now: str, to: str) -> None:
    trial = pilot(cast.jarvenpaa, webinars, now)
    with pytest.raises(ReasonNeeded):
        actions.take_step(trial, to, by=cast.aino, reason="  ")
    actions.take_step(trial, to, by=cast.aino, reason="Kaksi ilmoittautui")
    assert log.timeline(trial)[0].reason == "Kaksi ilmoittautui"


def test_the_first_start_needs_no_reason(cast: Cast, webinars: Method) -> None:
    assert actions.take_step(pilot(cast.jarvenpaa, webinars), S.RUNNING, by=cast.aino).state == S.RUNNING


@pytest.mark.parametrize("missing", ["hypothesis_fi", "criterion", "measure_fi"])
def test_a_pilot_cannot_start_before_success_has_been_defined(
    cast: Cast, webinars: Method, missing: str
) -> None:
    trial = pilot(cast.jarvenpaa, webinars, **{missing: ""})
    with override("en"), pytest.raises(ValidationError, match="Fill in"):
        actions.take_step(trial, S.RUNNING, by=cast.aino)
    assert Pilot.objects.get(pk=trial.pk).state == S.PLANNED


def test_a_pilot_is_not_published_without_a_lesson(cast: Cast, webinars: Method) -> None:
    with override("en"), pytest.raises(ValidationError, match="Fill in"):
        actions.take_step(
            pilot(cast.jarvenpaa, webinars, S.CLOSED, lesson_worked_fi=""), S.PUBLISHED, by=cast.aino
        )


def test_reopening_takes_the_day_of_the_end_away(cast: Cast, webinars: Method) -> None:
    trial = pilot(cast.jarvenpaa, webinars, S.CLOSED, events=1, companies=2)
    actions.take_step(trial, S.RUNNING, by=cast.aino, reason="Laskuvirhe")
    trial.refresh_from_db()
    assert trial.closed_on is None
    trial.events = 2
    trial.full_clean()


def test_a_reader_and_a_neighbour_take_no_steps(cast: Cast, webinars: Method) -> None:
    trial = pilot(cast.jarvenpaa, webinars)
    for user in (cast.riitta, cast.mikael, cast.kaisa, cast.oskari):
        assert trial.next_states(user) == []
        with pytest.raises(PermissionDenied):
            actions.take_step(trial, S.RUNNING, by=user)


def test_participants_come_and_go_with_an_event_each(cast: Cast, webinars: Method) -> None:
    trial = pilot(cast.jarvenpaa, webinars)
    row = actions.add_participant(pilot=trial, organisation=cast.company, by=cast.aino)
    assert actions.add_participant(pilot=trial, organisation=cast.company, by=cast.aino) == row
    actions.remove_participant(participant=row, by=cast.aino)
    assert [event.verb for event in log.timeline(trial)] == ["removed", "added"]
    assert not trial.participants.exists()
