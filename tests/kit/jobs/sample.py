"""Jobs for the tests."""

from __future__ import annotations

from django_tasks.base import TaskContext  # noqa: TC002 -- a job's annotations are its interface

from talkoot.kit.jobs import LONG, job, progress

ran: list[str] = []


@job()
def note(word: str = "ran") -> str:
    ran.append(word)
    return word


@job(queue=LONG)
def takes_minutes() -> None:
    ran.append("minutes")


@job(tries=3)
def fails() -> None:
    message = "no luck"
    raise ValueError(message)


@job(takes_context=True)
def counts(context: TaskContext, total: int) -> int:
    for done in range(1, total + 1):
        progress.report(context.task_result.id, done, total)
    return total
