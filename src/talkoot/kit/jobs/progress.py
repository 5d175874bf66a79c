"""How far a long job is; `job` is `context.task_result.id` within it, `result.id` outside."""

from __future__ import annotations

from talkoot.kit import clock
from talkoot.kit.jobs.models import Progress


class Cancelled(Exception):
    """Someone has asked the job to stop. It is not tried again."""


def report(job: str, done: int, total: int) -> None:
    """Say how far the job is; raises Cancelled if it should stop. Call it outside a transaction."""
    values = {"done": done, "total": total, "at": clock.now()}
    row, _created = Progress.objects.update_or_create(job=str(job), defaults=values)
    if row.cancelled:
        raise Cancelled


def cancel(job: str) -> None:
    """Ask a job to stop at its next report."""
    Progress.objects.update_or_create(job=str(job), defaults={"cancelled": True})


def of(job: str) -> Progress | None:
    """Where a job is, or None if it has not reported."""
    return Progress.objects.filter(job=str(job)).first()
