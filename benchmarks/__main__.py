"""`make bench`: prepare a demo of its own, measure, write results.md."""

from __future__ import annotations

import os
import platform
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

from benchmarks.rows import SITUATIONS

if TYPE_CHECKING:
    from collections.abc import Iterable

    from benchmarks.measure import Figure

RESULTS = Path(__file__).with_name("results.md")
HEAD = """\
# What Talkoot costs

Written by `make bench`. Pages: process CPU of one request through Django's test client, warm, the median of
five runs of twenty requests, on the demo of three cities. Uncached means that the cache is emptied before each
request. Weight: the page and every file it loads, compressed as sent. Memory: resident, one worker. Import: CPU of the
whole command.

{machine}

| What | Measured | Limit | Met | |
|---|---:|---:|---|---|
"""


def main() -> int:
    """Measure everything; 1 when a limit is not met."""
    with tempfile.TemporaryDirectory(prefix="talkoot-bench-") as name:
        folder = Path(name)
        os.environ.update(
            TALKOOT_DATA=str(folder / "data"),
            TALKOOT_DEMO="1",
            TALKOOT_SAMPLES=str(SITUATIONS),
            DJANGO_SETTINGS_MODULE="talkoot.config.settings",
        )
        talkoot = str(Path(sys.executable).with_name("talkoot"))
        subprocess.run([talkoot, "demo", "--no-serve"], check=True, stdout=subprocess.DEVNULL)
        subprocess.run([sys.executable, "-m", "benchmarks.rows"], check=False)
        figures = measured(folder)
    RESULTS.write_text(HEAD.format(machine=machine()) + rows(figures), encoding="utf-8")
    print(machine())
    print(rows(figures))
    print(f"Written to {RESULTS.name}")
    return 1 if any(figure.met == "**no**" for figure in figures) else 0


def measured(folder: Path) -> list[Figure]:
    """Every figure, in the order of the table."""
    import django

    django.setup()
    from benchmarks import bare, pages, processes

    imported = processes.import_of_companies(folder)  # first: the register is read with all of them in it
    return [bare.figure(), *pages.cpu(), *pages.weight(), processes.worker_memory(), imported]


def rows(figures: Iterable[Figure]) -> str:
    """The table's rows."""
    return "".join(
        f"| {f.name} | {_amount(f.value, f.unit)} | {_amount(f.limit, f.unit)} | {f.met} | {f.note} |\n"
        for f in figures
    )


def _amount(value: float | None, unit: str) -> str:
    return "" if value is None else f"{value:,.4g} {unit}"


def machine() -> str:
    """What it was measured on."""
    import django

    model = "unknown processor"
    cpuinfo = Path("/proc/cpuinfo")
    if cpuinfo.exists():
        named = [line for line in cpuinfo.read_text().splitlines() if line.startswith("model name")]
        model = named[0].partition(":")[2].strip() if named else platform.machine()
    software = f"Python {platform.python_version()}, Django {django.get_version()}"
    load = (
        f"Load while measuring: {os.getloadavg()[1]:.1f}, 1.0 of it this measurement; what is above slows it."
    )
    return f"{os.cpu_count()} cores of {model}, {software}. {load}"


if __name__ == "__main__":
    sys.exit(main())
