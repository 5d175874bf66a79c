"""A measured figure, its limit, and how figures are taken."""

from __future__ import annotations

import statistics
import time
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable

RUNS = 5
REPEATS = 20


@dataclass(frozen=True)
class Figure:
    """One row of results.md; `value` is None when it could not be taken, and `note` says why."""

    name: str
    value: float | None
    unit: str
    limit: float | None = None
    note: str = ""

    @property
    def met(self) -> str:
        """Whether the limit holds, in a word."""
        if self.limit is None:
            return ""
        if self.value is None:
            return "not measured"
        return "yes" if self.value <= self.limit else "**no**"


def cpu_ms(act: Callable[[], object], before_each: Callable[[], object] = lambda: None) -> float:
    """Process CPU of one call in milliseconds: warm, the median of five runs of twenty calls."""
    for _ in range(3):
        before_each()
        act()
    return statistics.median(_run_ms(act, before_each) for _ in range(RUNS))


def _run_ms(act: Callable[[], object], before_each: Callable[[], object]) -> float:
    spent = 0.0
    for _ in range(REPEATS):
        before_each()
        started = time.process_time()
        act()
        spent += time.process_time() - started
    return spent / REPEATS * 1000


def peak() -> float:
    """Greatest resident memory of this process in MB; NaN where the system does not tell."""
    status = Path("/proc/self/status")
    lines = status.read_text(encoding="ascii").splitlines() if status.exists() else []
    return next((int(line.split()[1]) / 1024 for line in lines if line.startswith("VmHWM")), float("nan"))
