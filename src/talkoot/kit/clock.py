"""The only place that reads a clock, so that tests and the demo can hold time still."""

from __future__ import annotations

from contextlib import contextmanager
from contextvars import ContextVar
from typing import TYPE_CHECKING

from django.utils import timezone

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Iterator

_held: ContextVar[dt.datetime | None] = ContextVar("held", default=None)


def now() -> dt.datetime:
    """The present moment, aware, in UTC."""
    return _held.get() or timezone.now()


def today() -> dt.date:
    """The present day in the city's time zone."""
    return timezone.localdate(now())


@contextmanager
def frozen(moment: dt.datetime) -> Iterator[None]:
    """Hold the clock at `moment` (aware) within the block."""
    token = _held.set(moment)
    try:
        yield
    finally:
        _held.reset(token)
