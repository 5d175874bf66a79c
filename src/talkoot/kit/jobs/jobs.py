from __future__ import annotations

from talkoot.kit import clock
from talkoot.kit.crud import once
from talkoot.kit.jobs import queue, schedule
from talkoot.kit.jobs.work import job


@job()
def prune() -> int:
    """Forget old results, slots and marks of forms that were sent; returns how many rows went."""
    now = clock.now()
    return queue.prune(now) + schedule.forget_old(now) + once.forget_old(now)
