"""The whole suite, part by part: on SQLite, on PostgreSQL, and journeys in a browser.

The last lines name each part with its count, and what could not run and why. With CI=true a part
that could not run fails the whole.
"""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import tempfile
import time
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING
from xml.etree import ElementTree as ET

from scripts import cluster, prerequisites

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

ROOT = Path(__file__).resolve().parent.parent
NO_TESTS = 5
TOGETHER = ("-n", "2", "--dist", "loadfile", "--no-loadscope-reorder")  # a folder's tests share much
WITHOUT_BROWSER = (*TOGETHER, "-m", "not journey and not look")
IN_BROWSER = (*TOGETHER, "-m", "journey and not look")


@dataclass(frozen=True)
class Result:
    """What became of one part; `hindrance` says why it could not run."""

    name: str
    passed: int = 0
    failed: int = 0
    skipped: int = 0
    seconds: float = 0.0
    hindrance: str = ""

    def __str__(self) -> str:
        if self.hindrance:
            return f"{self.name:<12}could not run: {self.hindrance}"
        if not self.passed + self.failed + self.skipped:
            return f"{self.name:<12}no tests yet"
        counts = f"{self.passed} passed, {self.failed} failed, {self.skipped} skipped"
        return f"{self.name:<12}{counts} ({self.seconds:.0f} s)"


def on_sqlite() -> Result:
    """Everything that needs no browser, on SQLite."""
    return _pytest("SQLite", *WITHOUT_BROWSER, environment={"TALKOOT_DATABASE_URL": ""})


def on_postgresql() -> Result:
    """What touches the database, on a PostgreSQL of its own."""
    with cluster.private(prerequisites.postgresql()) as url:
        arguments = (*WITHOUT_BROWSER, "--database-only")
        return _pytest("PostgreSQL", *arguments, environment={"TALKOOT_DATABASE_URL": url})


def in_browser() -> Result:
    """Journeys in a headless Chromium, on SQLite."""
    environment = {"TALKOOT_CHROMIUM": prerequisites.chromium(), "TALKOOT_DATABASE_URL": ""}
    return _pytest("Journeys", *IN_BROWSER, environment=environment)


def _pytest(name: str, *arguments: str, environment: Mapping[str, str]) -> Result:
    print(f"\n{name}", flush=True)
    started = time.perf_counter()
    with tempfile.TemporaryDirectory() as folder:
        report = Path(folder) / "report.xml"
        done = subprocess.run(
            [sys.executable, "-m", "pytest", "-q", *arguments, f"--junitxml={report}", "tests"],
            cwd=ROOT,
            env={**os.environ, **environment},
            check=False,
        )
        passed, failed, skipped = _counts(report)
    if done.returncode not in {0, NO_TESTS}:
        failed = max(failed, 1)  # it broke down, even if no test says so
    return Result(name, passed, failed, skipped, time.perf_counter() - started)


def _counts(report: Path) -> tuple[int, int, int]:
    if not report.exists():
        return 0, 0, 0
    suites = list(ET.parse(report).getroot().iter("testsuite"))  # noqa: S314 -- pytest has just written it
    total, failures, errors, skipped = (
        sum(int(suite.get(name, "0")) for suite in suites)
        for name in ("tests", "failures", "errors", "skipped")
    )
    return max(total - failures - errors - skipped, 0), failures + errors, skipped


def _or_hindrance(name: str, part: Callable[[], Result]) -> Result:
    try:
        return part()
    except (prerequisites.Missing, RuntimeError) as reason:
        return Result(name, hindrance=str(reason))


def main() -> int:
    """Run all parts; the exit code."""
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))  # so that the cluster is taken down
    results = [
        on_sqlite(),
        _or_hindrance("PostgreSQL", on_postgresql),
        _or_hindrance("Journeys", in_browser),
    ]
    hindered = [result for result in results if result.hindrance]
    passed, failed, skipped = (
        sum(getattr(r, what) for r in results) for what in ("passed", "failed", "skipped")
    )
    if os.environ.get("CI") == "true":
        failed += len(hindered)
    print()
    for result in results:
        print(result)
    print(f"{passed} passed, {failed} failed, {skipped} skipped")
    return 1 if failed or not passed else 0


if __name__ == "__main__":
    sys.exit(main())
