"""What the library's queue lacks: orphans come back, failures are tried again, old results go."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING, Any, TypeAlias

from django.db import transaction
from django_tasks.base import TaskResultStatus
from django_tasks_db.models import DBTaskResult

from talkoot.kit import clock
from talkoot.kit.jobs.models import Heartbeat, Progress
from talkoot.kit.jobs.progress import Cancelled
from talkoot.kit.jobs.work import tries_of, wait_after

if TYPE_CHECKING:
    from django.db.models import QuerySet

Result: TypeAlias = DBTaskResult[..., Any]

SILENCE = dt.timedelta(minutes=3)
DONE_KEPT = dt.timedelta(days=14)
FAILED_KEPT = dt.timedelta(days=90)
_CANCELLED = f"{Cancelled.__module__}.{Cancelled.__qualname__}"


def failed() -> QuerySet[Result]:
    """Jobs that did not finish and are not going to be tried again by themselves, newest first."""
    return DBTaskResult.objects.failed().order_by("-finished_at")


def beat(worker: str) -> None:
    """A worker is alive."""
    Heartbeat.objects.update_or_create(worker=worker, defaults={"at": clock.now()})


def requeue_orphans(moment: dt.datetime) -> int:
    """Take back the jobs of workers that have been silent for SILENCE; returns how many.

    A job that has taken its worker down as often as it may be tried is failed instead.
    """
    alive = set(Heartbeat.objects.filter(at__gte=moment - SILENCE).values_list("worker", flat=True))
    taken = 0
    for result in DBTaskResult.objects.running().filter(started_at__lt=moment - SILENCE):
        if result.worker_ids[-1:] and result.worker_ids[-1] in alive:
            continue
        taken += _taken_back(result, moment)
    return taken


def _taken_back(result: Result, moment: dt.datetime) -> int:
    spent = len(result.worker_ids) >= max(tries_of(result.task_path), 2)
    values: dict[str, Any] = (
        {
            "status": TaskResultStatus.FAILED,
            "finished_at": moment,
            "exception_class_path": "",
            "traceback": "The worker died.",
        }
        if spent
        else {"status": TaskResultStatus.READY, "started_at": None, "run_after": moment}
    )
    mine = DBTaskResult.objects.running().filter(pk=result.pk, started_at=result.started_at)
    return mine.update(**values)


def try_again(sender: Any, task_result: Any, **_: Any) -> None:  # noqa: ARG001 -- a receiver of task_finished
    """Put a failed job back into the queue, later and later, as long as it may be tried."""
    result = DBTaskResult.objects.failed().filter(pk=task_result.id).first() if task_result.backend else None
    if result is None or result.exception_class_path == _CANCELLED:
        return
    tried = len(result.worker_ids)
    if tried < tries_of(result.task_path):
        _ready(result, clock.now() + wait_after(tried))


@transaction.atomic
def retry(result: Result) -> bool:
    """Put a failed job back into the queue now; False if someone was quicker."""
    current = DBTaskResult.objects.failed().select_for_update().filter(pk=result.pk).first()
    if current is None:
        return False
    Progress.objects.filter(job=str(result.pk)).update(cancelled=False)
    return bool(_ready(current, clock.now()))


def _ready(result: Result, run_after: dt.datetime) -> int:
    values = {
        "status": TaskResultStatus.READY,
        "run_after": run_after,
        "started_at": None,
        "finished_at": None,
    }
    return DBTaskResult.objects.failed().filter(pk=result.pk).update(**values)


def prune(moment: dt.datetime) -> int:
    """Delete results of finished jobs after DONE_KEPT, of failed ones after FAILED_KEPT; returns how many."""
    done = DBTaskResult.objects.successful().filter(finished_at__lt=moment - DONE_KEPT).delete()[0]
    lost = DBTaskResult.objects.failed().filter(finished_at__lt=moment - FAILED_KEPT).delete()[0]
    Progress.objects.filter(at__lt=moment - DONE_KEPT).delete()
    Heartbeat.objects.filter(at__lt=moment - DONE_KEPT).delete()
    return done + lost
