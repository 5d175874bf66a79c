"""The calculation as a job: a worker has the numeric libraries loaded."""

from __future__ import annotations

from talkoot.choose.selection import memos
from talkoot.choose.selection.calculation import calculate
from talkoot.choose.selection.models import Run
from talkoot.kit.jobs import LONG, job


@job(queue=LONG, priority=-10)  # where one worker does all, mail and documents still go first
def calculate_run(run_id: int) -> None:
    """Calculate a queued run; one that is done or cancelled is left as it is, so the job may be run again."""
    waiting = Run.objects.filter(pk=run_id, state__in=(Run.State.QUEUED, Run.State.RUNNING))
    if waiting.update(state=Run.State.RUNNING):
        calculate(Run.objects.get(pk=run_id))


@job()
def make_memo(run_id: int, language: str) -> None:
    """The memo of a run that is done, in one language; run again, it makes only what is missing."""
    memos.make(Run.objects.select_related("city").get(pk=run_id, state=Run.State.DONE), language)
