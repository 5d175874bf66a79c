"""`talkoot worker`: runs the queue and, beside it, the schedule. Any number may run against one database."""

from __future__ import annotations

import logging
import threading
from typing import TYPE_CHECKING

from django.db import OperationalError, close_old_connections, connection
from django.utils.crypto import get_random_string
from django_tasks_db.management.commands.db_worker import Worker
from django_tasks_db.utils import is_locked_database_exception

from talkoot.kit import clock
from talkoot.kit.jobs import queue, schedule

if TYPE_CHECKING:
    from collections.abc import Sequence

logger = logging.getLogger(__name__)

ALL = ("*",)
POLL_SECONDS = 1.0
TICK_SECONDS = 20.0


def tick(worker: str) -> None:
    """Say that the worker is alive, take back what dead ones left, put into the queue what is due."""
    queue.beat(worker)
    queue.requeue_orphans(clock.now())
    schedule.run_due(clock.now())


def run(*, queues: Sequence[str] = ALL, batch: bool = False) -> int:
    """Work on these queues until told to stop (SIGTERM, SIGINT: the running job is finished first), or until the queue is empty.

    Returns the exit code, 0.
    """
    name = get_random_string(32)
    worker = Worker(
        queue_names=list(queues),
        interval=POLL_SECONDS,
        batch=batch,
        backend_name="default",
        startup_delay=False,
        max_tasks=None,
        worker_id=name,
        excluded_queue_names=[],
    )
    worker.configure_signals()
    _tick_safely(name)
    stopped = threading.Event()
    clockwork = threading.Thread(target=_keep_ticking, args=(name, stopped), name="schedule", daemon=True)
    clockwork.start()
    try:
        _work(worker)
    finally:
        stopped.set()
        clockwork.join(timeout=5)
    return 0


def _work(worker: Worker) -> None:
    """Until told to stop. A database that others hold for longer than its timeout is asked again."""
    while True:
        try:
            return worker.run()
        except OperationalError as error:
            if not is_locked_database_exception(error):
                raise
            logger.warning("The database is busy; trying again")


def _keep_ticking(name: str, stopped: threading.Event) -> None:
    while not stopped.wait(TICK_SECONDS):
        close_old_connections()
        _tick_safely(name)
    connection.close()


def _tick_safely(name: str) -> None:
    """A database that is busy or gone for a moment must not end the schedule."""
    try:
        tick(name)
    except Exception:
        logger.exception("The schedule stumbled and goes on")
