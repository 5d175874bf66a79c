from __future__ import annotations

import signal
from typing import TYPE_CHECKING, Any

import pytest
from asgiref.local import Local
from django_tasks import task_backends

if TYPE_CHECKING:
    from collections.abc import Iterator


def _forget_backends() -> None:
    backends: Any = task_backends
    backends.__dict__.pop("settings", None)
    backends._settings = None
    backends._connections = Local()


@pytest.fixture
def queue_in_database(settings: Any) -> Iterator[None]:
    """The queue as it is in service; jobs wait for a worker."""
    settings.TASKS = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend", "QUEUES": []}}
    _forget_backends()
    yield
    settings.TASKS = {
        "default": {"BACKEND": "django_tasks.backends.immediate.ImmediateBackend", "QUEUES": []}
    }
    _forget_backends()


@pytest.fixture
def signals_restored() -> Iterator[None]:
    """A worker listens to signals; afterwards pytest does again."""
    kept = {number: signal.getsignal(number) for number in (signal.SIGINT, signal.SIGTERM, signal.SIGQUIT)}
    yield
    for number, receiver in kept.items():
        signal.signal(number, receiver)
