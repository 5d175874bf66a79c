from __future__ import annotations

from talkoot.kit import clock
from talkoot.kit.jobs import queue, schedule
from talkoot.kit.jobs.work import job


@job()
def prune() -> int:
    """Forget old results and slots; returns how many rows went."""
    return queue.prune(clock.now()) + schedule.forget_old(clock.now())
