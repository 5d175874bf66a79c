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
    actions.take_step(trial, S.RUNNING, by=cast.aino)
    trial.events, trial.companies = 6, 14
    actions.end(pilot=trial, by=cast.aino)
    actions.take_step(trial, S.PUBLISHED, by=cast.aino)
    trial.refresh_from_db()
    assert (trial.state, trial.version, trial.events) == (S.PUBLISHED, 5, 6)
    assert {trial.agreed_on, trial.started_on, trial.closed_on, trial.published_on} == {TODAY}
    assert [event.verb for event in log.timeline(trial)] == ["published", "closed", "edited", "running"]


@pytest.mark.parametrize(("now", "to"), ALL)
def test_no_other_way_leads_from_state_to_state(cast: Cast, webinars: Method, now: str, to: str) -> None:
    trial = pilot(cast.jarvenpaa, webinars, now)
    if to in Pilot.TRANSITIONS[now]:
        trial.lesson_worked_fi = "Aamu."
        trial.events, trial.companies = (None, None) if now == S.PLANNED else (1, 2)
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


@pytest.mark.parametrize("lessons", ["", "Aamu sopi."])
def test_a_pilot_does_not_end_without_a_count(cast: Cast, webinars: Method, lessons: str) -> None:
    trial = pilot(cast.jarvenpaa, webinars, S.RUNNING, lesson_worked_fi=lessons)
    with override("en"), pytest.raises(ValidationError, match="companies that reached the goal"):
        actions.end(pilot=trial, by=cast.aino)
    assert Pilot.objects.get(pk=trial.pk).state == S.RUNNING
    assert not log.timeline(trial)


def test_a_pilot_that_is_stopped_early_needs_no_count(cast: Cast, webinars: Method) -> None:
    trial = pilot(cast.jarvenpaa, webinars, S.RUNNING)
    assert actions.take_step(trial, S.STOPPED, by=cast.aino, reason="Ei osallistujia").state == S.STOPPED


@pytest.mark.parametrize(
    ("agreed", "starts", "said", "in_time"),
    [
        (dt.date(2026, 2, 10), dt.date(2026, 2, 11), "before", True),
        (dt.date(2026, 2, 11), dt.date(2026, 2, 11), "same_day", True),
        (dt.date(2026, 2, 12), dt.date(2026, 2, 11), "after", False),
        (None, dt.date(2026, 2, 11), "", False),
    ],
)
def test_the_days_tell_whether_the_measure_was_agreed_in_advance(
    cast: Cast, webinars: Method, agreed: dt.date | None, starts: dt.date, said: str, in_time: bool
) -> None:
    trial = pilot(cast.jarvenpaa, webinars, S.CLOSED, agreed_on=agreed, starts_on=starts)
    assert (trial.agreed, trial.is_agreed_in_time) == (said, in_time)
    with override("en"):
        assert ("not" in words.agreement(trial)) is not in_time
        assert (str(words.agreed_heading(trial)) == "Agreed before the start") is in_time


def test_a_start_keeps_the_day_on_which_the_measure_was_agreed(cast: Cast, webinars: Method) -> None:
    trial = pilot(cast.jarvenpaa, webinars, agreed_on=dt.date(2026, 2, 1))
    actions.take_step(trial, S.RUNNING, by=cast.aino)
    assert (trial.agreed_on, trial.started_on) == (dt.date(2026, 2, 1), TODAY)


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
