"""Recurring work: each slot once, missed slots once in all, and never half a claim."""

from __future__ import annotations

import datetime as dt
from zoneinfo import ZoneInfo

import pytest
from django.db import transaction
from django_tasks_db.models import DBTaskResult

from talkoot.kit.jobs import schedule
from talkoot.kit.jobs.models import Slot
from talkoot.kit.plate import Recurring, offers, resolve

HELSINKI = ZoneInfo("Europe/Helsinki")
NOON = dt.datetime(2026, 11, 24, 12, 7, tzinfo=HELSINKI)
HOURLY = Recurring(name="hourly", every=60, job="tests.kit.jobs.sample.note")
DAILY = Recurring(name="daily", every=24 * 60, job="tests.kit.jobs.sample.note")
pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("queue_in_database")]


@pytest.mark.parametrize(
    ("every", "start"),
    [(15, (24, 12, 0)), (60, (24, 12, 0)), (24 * 60, (24, 0, 0)), (7 * 24 * 60, (23, 0, 0))],
)
def test_slots_begin_on_the_citys_own_clock(every: int, start: tuple[int, int, int]) -> None:
    day, hour, minute = start
    assert schedule.slot_at(NOON, every) == dt.datetime(2026, 11, day, hour, minute, tzinfo=HELSINKI)


def test_what_is_due_goes_into_the_queue_once() -> None:
    assert schedule.run_due(NOON, [HOURLY, DAILY]) == ["hourly", "daily"]
    assert schedule.run_due(NOON + dt.timedelta(minutes=30), [HOURLY, DAILY]) == []
    assert schedule.run_due(NOON + dt.timedelta(hours=1), [HOURLY, DAILY]) == ["hourly"]
    assert DBTaskResult.objects.count() == 3


def test_slots_missed_over_a_weekend_run_once() -> None:
    schedule.run_due(NOON, [HOURLY])
    schedule.run_due(NOON + dt.timedelta(days=3), [HOURLY])
    assert DBTaskResult.objects.count() == 2


def test_a_clock_set_back_repeats_nothing() -> None:
    schedule.run_due(NOON, [HOURLY])
    assert schedule.run_due(NOON - dt.timedelta(hours=2), [HOURLY]) == []


def test_another_worker_was_quicker() -> None:
    Slot.objects.create(name="hourly", slot=schedule.slot_at(NOON, 60))
    assert schedule.run_due(NOON, [HOURLY]) == []
    assert not DBTaskResult.objects.exists()


def test_of_two_workers_at_the_same_moment_one_claims(monkeypatch: pytest.MonkeyPatch) -> None:
    """The second has looked before the first has written: the constraint decides."""
    Slot.objects.create(name="hourly", slot=schedule.slot_at(NOON, 60))
    monkeypatch.setattr(type(Slot.objects.all()), "exists", lambda _rows: False)
    assert schedule.run_due(NOON, [HOURLY]) == []


def test_a_death_between_slot_and_job_leaves_neither() -> None:
    broken = Recurring(name="broken", every=60, job="tests.kit.jobs.sample.there_is_no_such_job")
    with pytest.raises(ImportError), transaction.atomic():
        schedule.run_due(NOON, [broken])
    assert not Slot.objects.exists()


def test_old_slots_go_but_the_last_of_each_stays() -> None:
    schedule.run_due(NOON - dt.timedelta(days=90), [HOURLY, DAILY])
    schedule.run_due(NOON, [HOURLY])
    schedule.forget_old(NOON)
    assert sorted(Slot.objects.values_list("name", flat=True)) == ["daily", "hourly"]


def test_every_recurring_offer_names_a_job() -> None:
    for offer in offers(Recurring):
        assert resolve(offer.job).module_path == offer.job
