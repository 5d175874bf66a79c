"""`make bench`: prepare a demo of its own, measure, write its section of results.md."""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

from benchmarks import report
from benchmarks.rows import SITUATIONS

if TYPE_CHECKING:
    from benchmarks.measure import Figure

ABOUT = """\
Written by `make bench`. Pages: process CPU of one request through Django's test client, warm, the median of
five runs of twenty requests, on the demo of three cities. Uncached means that the cache is emptied before each
request. Weight: the page and every file it loads, compressed as sent. Memory: resident, one worker. Import: CPU of the
whole command.
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
    return report.keep("Pages", ABOUT, figures)


def measured(folder: Path) -> list[Figure]:
    """Every figure, in the order of the table."""
    import django

    django.setup()
    from benchmarks import bare, pages, processes

    imported = processes.import_of_companies(folder)  # first: the register is read with all of them in it
    return [bare.figure(), *pages.cpu(), *pages.weight(), processes.worker_memory(), imported]


if __name__ == "__main__":
    sys.exit(main())
