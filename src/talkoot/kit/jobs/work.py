from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING, Any, Concatenate, ParamSpec, TypeVar, overload

from django_tasks import task

if TYPE_CHECKING:
    from collections.abc import Callable
    from typing import Literal

    from django_tasks.base import Task, TaskContext

P = ParamSpec("P")
T = TypeVar("T")

TRIES = 3
QUICK, LONG = "default", "long"  # queues: what takes seconds, what takes minutes
WAITS = tuple(dt.timedelta(minutes=minutes) for minutes in (1, 10, 60, 360))
_tries: dict[str, int] = {}


@overload
def job(
    *, tries: int = TRIES, priority: int = 0, queue: str = QUICK
) -> Callable[[Callable[P, T]], Task[P, T]]: ...
@overload
def job(
    *, tries: int = TRIES, priority: int = 0, queue: str = QUICK, takes_context: Literal[True]
) -> Callable[[Callable[Concatenate[TaskContext, P], T]], Task[P, T]]: ...
def job(*, tries: int = TRIES, priority: int = 0, queue: str = QUICK, takes_context: bool = False) -> Any:
    """Make a module-level function a job: it runs in a worker, at most `tries` times, later and later.

    Arguments and result must be JSON. With `takes_context` the first argument is a TaskContext, whose
    `task_result.id` is what `progress.report` asks for. Higher `priority` (−100 … 100) goes first. What takes
    minutes asks for the queue LONG, which has a worker of its own: mail and documents do not wait for it.
    """

    def made(function: Callable[..., Any]) -> Task[..., Any]:
        asked: Any = {"priority": priority, "queue_name": queue, "takes_context": takes_context}
        result: Task[..., Any] = task(**asked)(function)
        _tries[result.module_path] = tries
        return result

    return made


def tries_of(task_path: str) -> int:
    """How many times a job may be tried; one that is no job of ours once."""
    return _tries.get(task_path, 1)


def wait_after(tried: int) -> dt.timedelta:
    """How long a job rests after its failed try number `tried` (from 1)."""
    return WAITS[min(tried, len(WAITS)) - 1]
