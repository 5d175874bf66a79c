"""A job is done although workers die, tried again although it fails, kept and shown when it cannot be done."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING, Any

import pytest
from django_tasks.base import TaskResultStatus
from django_tasks_db.models import DBTaskResult

from talkoot.city.accounts.models import User
from talkoot.kit import clock
from talkoot.kit.jobs import queue
from tests.kit.jobs import sample

if TYPE_CHECKING:
    from django.test import Client

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("queue_in_database")]
LATER = dt.timedelta(minutes=4)


@pytest.fixture(autouse=True)
def _nothing_ran_yet() -> None:
    sample.ran.clear()


def stored(result: Any) -> queue.Result:
    return DBTaskResult.objects.get(pk=result.id)


def running(result: Any, name: str = "dead", *more: str) -> queue.Result:
    """As a worker leaves it that was killed in the middle."""
    row = stored(result)
    row.status, row.started_at, row.worker_ids = TaskResultStatus.RUNNING, clock.now(), [*more, name]
    row.save()
    return row


def test_a_long_job_of_a_living_worker_is_left_alone() -> None:
    running(sample.note.enqueue(), "alive")
    with clock.frozen(clock.now() + dt.timedelta(hours=5)):
        queue.beat("alive")
        assert queue.requeue_orphans(clock.now()) == 0


def test_a_job_that_has_just_started_is_left_alone() -> None:
    running(sample.note.enqueue())
    assert queue.requeue_orphans(clock.now() + dt.timedelta(minutes=1)) == 0


def test_a_job_that_kills_its_workers_is_failed_at_last() -> None:
    result = sample.note.enqueue()
    running(result, "third", "first", "second")
    assert queue.requeue_orphans(clock.now() + LATER) == 1
    assert list(queue.failed()) == [stored(result)]


def test_a_kept_job_is_tried_again_by_hand_once() -> None:
    result = sample.fails.enqueue()
    DBTaskResult.objects.update(status=TaskResultStatus.FAILED, worker_ids=["a", "b", "c"])
    assert queue.retry(stored(result)) is True
    assert queue.retry(stored(result)) is False
    assert stored(result).status == TaskResultStatus.READY


def test_old_results_go_and_failed_ones_stay_longer() -> None:
    for status in (TaskResultStatus.SUCCESSFUL, TaskResultStatus.FAILED):
        sample.note.enqueue()
        DBTaskResult.objects.filter(status=TaskResultStatus.READY).update(
            status=status, finished_at=clock.now()
        )
    queue.prune(clock.now() + dt.timedelta(days=30))
    assert [row.status for row in DBTaskResult.objects.all()] == [TaskResultStatus.FAILED]


def test_who_keeps_the_service_running_sees_failed_work_and_tries_it_again(client: Client) -> None:
    client.force_login(User.objects.create_superuser("keeper@example.org"))
    result = sample.fails.enqueue()
    DBTaskResult.objects.update(
        status=TaskResultStatus.FAILED, traceback="x\nValueError: no luck", finished_at=clock.now()
    )
    page = client.get("/en/tili/tyot/?state=FAILED").content.decode()
    assert "ValueError: no luck" in page
    address = f"/en/tili/tyot/{result.id}/"
    assert "no luck" in client.get(address).content.decode()
    answer = client.post(address, {"idempotency_key": "6f9619ff-8b86-4d01-b42d-00cf4fc964ff"})
    assert answer.status_code == 302
    assert stored(result).status == TaskResultStatus.READY


def test_for_all_others_the_page_does_not_exist(client: Client) -> None:
    client.force_login(User.objects.create_user("aino@example.org"))
    assert client.get("/tili/tyot/").status_code == 404
    assert client.get("/tili/tyot/6f9619ff-8b86-4d01-b42d-00cf4fc964ff/").status_code == 404
