"""The machine's queue: `@job()` on a function in a room's jobs.py, then `that_function.enqueue(…)`.

Enqueueing is an INSERT in the running transaction, rolled back with it. A worker may die at any moment and the job
then starts again: every job must be idempotent.
"""

from talkoot.kit.jobs.work import LONG, QUICK, job

__all__ = ["LONG", "QUICK", "job"]
