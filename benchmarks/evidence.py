"""`make bench-evidence`: ten thousand pilots pooled, with every one left out once."""

from __future__ import annotations

import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

from benchmarks import report
from benchmarks.measure import Figure
from talkoot.analysis.evidence import synthesis

if TYPE_CHECKING:
    from collections.abc import Callable

    from numpy.typing import NDArray

    from talkoot.analysis.evidence.results import Pooled

PILOTS = 10_000
ABOUT = f"""\
Written by `make bench-evidence`; by the clock, best of three. {PILOTS:,} pilots of 5 to 299 companies, pooled on the
logit by the binomial-normal likelihood, and as many estimates with their variances by REML: mean, spread, interval,
prediction, an estimate for each and each left out once. Estimates are left out exactly (to 1e-9); counts by an
expansion that differs from a refit by less than a thousandth of a standard error (up to 150 different counts: not
at all).
"""


def main() -> int:
    """Measure, write the table; 1 when a limit is not met."""
    random = np.random.default_rng(1)
    names = [f"pilot {number}" for number in range(PILOTS)]
    n = random.integers(5, 300, PILOTS)
    events = random.binomial(n, 1 / (1 + np.exp(-random.normal(-1, 0.5, PILOTS))))
    v = random.uniform(0.02, 0.5, PILOTS)
    y = random.normal(0.3, np.sqrt(v + 0.2))
    counts, tallies = (events.astype(float), n.astype(float)), synthesis.tallies
    figures = [
        Figure(f"{PILOTS:,} counts of pilots pooled", _best(tallies, names, *counts), "s", 1, f"{len(set(zip(*counts, strict=True))):,} different"),
        Figure(f"{PILOTS:,} estimates pooled", _best(synthesis.estimates, names, y, v), "s", 1),
        Figure("`talkoot evidence pool` of the counts", _command(names, events, n), "s", note="process, file, pooling, JSON"),
        Figure("Three pilots, with the prior of the spread", _best(tallies, names[:3], counts[0][:3], counts[1][:3]) * 1000, "ms"),
    ]  # fmt: skip
    return report.keep("Evidence", ABOUT, figures)


def _best(
    pool: Callable[..., Pooled], names: list[str], first: NDArray[np.float64], second: NDArray[np.float64]
) -> float:
    spent = []
    for _ in range(3):
        started = time.perf_counter()
        pool(names, first, second)
        spent.append(time.perf_counter() - started)
    return min(spent)


def _command(names: list[str], events: NDArray[np.int64], n: NDArray[np.int64]) -> float:
    with tempfile.TemporaryDirectory(prefix="talkoot-bench-") as folder:
        path = Path(folder) / "pilots.csv"
        rows = [f"{name},{a},{b}" for name, a, b in zip(names, events, n, strict=True)]
        path.write_text("\n".join(["study,events,n", *rows]), encoding="utf-8")
        started = time.perf_counter()
        talkoot = str(Path(sys.executable).with_name("talkoot"))
        subprocess.run([talkoot, "evidence", "pool", str(path)], check=True, stdout=subprocess.DEVNULL)
        return time.perf_counter() - started


if __name__ == "__main__":
    sys.exit(main())
