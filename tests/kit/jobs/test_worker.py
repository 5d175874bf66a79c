"""A worker does what is in the queue; between jobs it may die, fail or be asked to stop."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
from django.db import OperationalError
from django_tasks.base import TaskResultStatus
from django_tasks_db.management.commands import db_worker
from django_tasks_db.models import DBTaskResult

from talkoot.kit import clock
from talkoot.kit.jobs import LONG, QUICK, progress, queue, worker
from talkoot.kit.jobs.models import Heartbeat, Progress
from tests.kit.jobs import sample

pytestmark = [
    pytest.mark.django_db(transaction=True),
    pytest.mark.usefixtures("queue_in_database", "signals_restored"),
]


@pytest.fixture(autouse=True)
def _nothing_ran_yet() -> None:
    sample.ran.clear()


def stored(result: Any) -> queue.Result:
    return DBTaskResult.objects.get(pk=result.id)


def seen(result: Any) -> Progress:
    found = progress.of(result.id)
    assert found is not None
    return found


def work(result: Any = None) -> None:
    """Do what is in the queue; this job at once, whatever its time. The worker reads a clock of its own."""
    if result is not None:
        DBTaskResult.objects.filter(pk=result.id).update(run_after=dt.datetime(2020, 1, 1, tzinfo=dt.UTC))
    worker.run(batch=True)


def test_a_worker_empties_the_queue_and_stops() -> None:
    for word in ("a", "b"):
        sample.note.enqueue(word)
    work()
    assert sorted(sample.ran) == ["a", "b"]


def test_a_worker_asks_again_when_others_hold_the_database(monkeypatch: pytest.MonkeyPatch) -> None:
    """As SQLite says it when its timeout runs out; the first question of the library's loop meets it."""
    asked: list[str] = []
    answers = iter((OperationalError("database is locked"), None))

    def busy_once() -> None:
        asked.append("")
        if (error := next(answers, None)) is not None:
            raise error

    monkeypatch.setattr(db_worker, "close_old_connections", busy_once)
    sample.note.enqueue("a")
    work()
    assert sample.ran == ["a"]
    assert len(asked) > 1


def test_mail_does_not_wait_for_a_calculation_that_takes_minutes() -> None:
    sample.takes_minutes.enqueue()
    sample.note.enqueue("mail")
    worker.run(queues=(QUICK,), batch=True)
    assert sample.ran == ["mail"]
    worker.run(queues=(LONG,), batch=True)
    assert sample.ran == ["mail", "minutes"]


def test_a_job_of_a_dead_worker_comes_back_and_is_done() -> None:
    result = sample.note.enqueue()
    DBTaskResult.objects.update(status=TaskResultStatus.RUNNING, started_at=clock.now(), worker_ids=["dead"])
    assert queue.requeue_orphans(clock.now() + dt.timedelta(minutes=4)) == 1
    work(result)
    assert sample.ran == ["ran"]


def test_a_failed_job_is_tried_again_later_and_later_then_kept() -> None:
    result = sample.fails.enqueue()
    waits = []
    with clock.frozen(clock.now() + dt.timedelta(days=9000)):  # later than the worker's own clock
        for _try in range(3):
            work(result)
            row = stored(result)
            waits.append(row.run_after - clock.now())
    assert waits[:2] == [dt.timedelta(minutes=1), dt.timedelta(minutes=10)]
    assert (row.status, len(row.worker_ids)) == (TaskResultStatus.FAILED, 3)
    assert "no luck" in row.traceback


def test_progress_is_seen_and_a_cancelled_job_stops_and_is_not_tried_again() -> None:
    result = sample.counts.enqueue(4)
    progress.cancel(result.id)
    work()
    assert seen(result).done == 1
    assert stored(result).status == TaskResultStatus.FAILED


def test_progress_is_a_share_of_the_whole() -> None:
    result = sample.counts.enqueue(4)
    work()
    assert seen(result).percent == 100
    assert Progress(done=0, total=0).percent == 0


def test_a_tick_says_that_the_worker_lives() -> None:
    worker.tick("me")
    worker.tick("me")
    assert Heartbeat.objects.get(worker="me").at == clock.now()
