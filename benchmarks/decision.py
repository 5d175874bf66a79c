"""`make bench-decision`: the decision engine beside a plain loop over HiGHS, and beside packages that rank."""

from __future__ import annotations

import json
import os
import resource
import subprocess
import sys
import tempfile
import time
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

import highspy
import numpy as np
from highspy._core import _Highs

from benchmarks import instances, report
from benchmarks.measure import Figure
from talkoot.analysis.decision import ranking, sampling, scores
from talkoot.analysis.decision.case import Case
from talkoot.analysis.decision.choose import decide
from talkoot.analysis.decision.exact import milp, prepare

if TYPE_CHECKING:
    from talkoot.analysis.decision.outcome import Decision

RIVALS = Path("build/rivals")
PLAIN = 30  # samples solved by the plain loop
KEPT_GB = 1.0
ABOUT = """\
Written by `make bench-decision`; everything in one run. The case: 100 methods with interval scores on six criteria in an
order of importance, three budgets, ten requirements, six exclusions, four synergies of three (`benchmarks/instances.py`).
The plain loop gives HiGHS the same program once and each of {plain} samples' values in turn, gap 0, one thread: what one would
write first. Its {plain} samples are spread over the 10,000; the engine's CPU a sample is the mean over all of these.
Compiled code is there already, as after `make setup`. `decide` finds acceptability, then regret and guarantees: the latter
are timed apart. Rankings: weighted sums of 100 methods under {rankings} sampled weights, no portfolios, the only task the
two packages share with us; each in a loop over its own call, ours over all samples at once.
"""


@dataclass(frozen=True)
class Plain:
    """CPU seconds a sample of the plain loop, and the greatest relative difference of its optima from ours."""

    seconds: float
    difference: float
    same: int


def main() -> int:
    """Measure, write the table; 1 when a limit is not met."""
    prepare.compile_all()
    figures = [*hundred(), *many(), *listing(), *rankings(), memory()]
    return report.keep("Choosing", ABOUT.format(plain=PLAIN, rankings=10_000), figures)


def hundred() -> list[Figure]:
    """100 methods: 1,000 samples, changed weights with the portfolios kept, 10,000 samples, the plain loop."""
    first = decide(Case.from_json(instances.case(100, 1_000)))
    changed = [*instances.case(100, 1_000)["weights"], {"coef": {"A": 1}, "op": "<=", "rhs": 0.4}]
    again = decide(Case.from_json(instances.case(100, 1_000, weights=changed)), pool=first.pool)
    decision = decide(Case.from_json(instances.case(100, 10_000)))
    own = decision.seconds_cpu / decision.case.samples
    plain = plain_loop(decision)
    note = f"{plain.same} of {PLAIN} the same portfolio, values differ by {plain.difference:.0e} at most"
    return [
        Figure("Plain HiGHS loop, CPU a sample", plain.seconds * 1000, "ms"),
        Figure("Engine, CPU a sample", own * 1000, "ms", plain.seconds * 10, f"limit: a hundredth; {proved(decision)}"),
        Figure("Engine's share of the plain loop's CPU", own / plain.seconds, "", 0.01, f"{plain.seconds / own:,.0f} times less; {note}"),
        wall("First picture of 1,000 samples, by the clock", first, 2),
        wall("Changed weights, portfolios kept, 1,000 samples", again, 1),
        wall("10,000 samples, by the clock", decision, 10),
        Figure("Regret and guarantees after 10,000 samples", decision.seconds_guarantees, "s", 5, proofs(decision)),
    ]  # fmt: skip


def many() -> list[Figure]:
    """300 methods as a job."""
    decision = decide(Case.from_json(instances.case(300, 10_000)))
    return [
        wall("300 methods, 10,000 samples, by the clock", decision, 90),
        Figure("300 methods, regret and guarantees", decision.seconds_guarantees, "s", note=proofs(decision)),
    ]


def listing() -> list[Figure]:
    """Every non-dominated portfolio of a case as large as the published one of 46 bridges."""
    decision = decide(Case.from_json(instances.listed()))
    found = decision.non_dominated
    note = f"{len(found.portfolios)} portfolios" if found else str(decision.non_dominated_reason)
    return [Figure("46 methods, at most six: guarantees and every non-dominated portfolio", decision.seconds_guarantees, "s", 5, note)]  # fmt: skip


def wall(name: str, decision: Decision, limit: float) -> Figure:
    note = f"{decision.processes} threads, {decision.seconds_cpu:.1f} s of CPU; {proved(decision)}"
    return Figure(name, decision.seconds, "s", limit, note)


def proved(decision: Decision) -> str:
    return "all proved" if not decision.unproved else f"{decision.unproved} not proved"


def proofs(decision: Decision) -> str:
    said = list(decision.base.guarantees.values())
    return ", ".join(f"{said.count(word)} {word}" for word in ("always", "never", "open", "not proved"))


def plain_loop(decision: Decision) -> Plain:
    """Solve some of the sampled situations again with nothing but HiGHS."""
    case, situation = decision.case, decision.base.situation
    values = scores.values(scores.scored(case), decision.weights, case.seed)
    model = _Highs()  # the class that prints no banner
    for option, value in {
        "output_flag": False,
        "threads": 1,
        "mip_rel_gap": 0.0,
        "mip_abs_gap": 1e-9,
    }.items():
        model.setOptionValue(option, value)
    model.passModel(milp._problem(situation.program, values[0]))  # noqa: SLF001 -- the very program of the engine
    columns = np.arange(situation.program.size, dtype=np.int32)
    which = np.linspace(0, case.samples - 1, PLAIN).astype(int)
    spent, difference, same = 0.0, 0.0, 0
    for s in which:
        started = time.process_time()
        model.changeColsCost(len(columns), columns, values[s])
        model.run()
        found = np.array(model.getSolution().col_value) > 1 / 2
        spent += time.process_time() - started
        if model.getModelStatus() != highspy.HighsModelStatus.kOptimal:
            raise RuntimeError("HiGHS did not finish.")
        own = situation.program.completed(
            np.append(decision.base.chosen[s], np.zeros(len(columns) - len(situation.ids), dtype=np.bool_))
        )
        difference = max(difference, float(abs(values[s] @ found - values[s] @ own) / (values[s] @ own)))
        same += bool(np.array_equal(found, own))
    return Plain(spent / PLAIN, difference, same)


def rankings() -> list[Figure]:
    """The plain ranking task, beside packages that do it where they can be installed."""
    random = np.random.default_rng(1)
    given: dict[str, Any] = {
        "scores": random.uniform(0, 100, (100, 6)),
        "weights": random.dirichlet(np.ones(6), 10_000),
    }
    started = time.process_time()
    order = ranking.order(ranking.weighted_sums(given["scores"], given["weights"]))
    own = (time.process_time() - started) / len(given["weights"])
    figures = [Figure("Ranking of 100 methods, CPU each", own * 1e6, "µs")]
    with tempfile.TemporaryDirectory(prefix="talkoot-bench-") as folder:
        path = Path(folder) / "task.npz"
        np.savez(path, **given)
        for name, timed in others(path).items():
            same = timed["first"] == order[: len(timed["first"]), 0].tolist()
            note = (
                f"{timed['seconds'] / own:,.0f} times ours; {'the same winners' if same else 'other winners'}"
            )
            figures.append(Figure(f"The same by {name}", timed["seconds"] * 1e6, "µs", note=note))
    return figures


def others(task: Path) -> dict[str, dict[str, Any]]:
    """Timed in an environment of their own; nothing when they cannot be had."""
    python = RIVALS / "bin" / "python"
    uv = str(Path(sys.executable).with_name("uv"))
    install = [
        uv,
        "pip",
        "install",
        "--quiet",
        "--no-build",
        "--python",
        str(python),
        "pymcdm",
        "scikit-criteria",
    ]
    try:
        if not python.exists():
            subprocess.run([sys.executable, "-m", "venv", "--without-pip", str(RIVALS)], check=True)
            subprocess.run(install, check=True)
        ran = subprocess.run(
            [str(python), str(Path(__file__).with_name("rivals.py")), str(task)],
            check=True,
            capture_output=True,
        )
    except (OSError, subprocess.CalledProcessError) as error:
        print(f"Other packages were not timed: {error}")
        return {}
    found: dict[str, dict[str, Any]] = json.loads(ran.stdout)
    return found


def memory() -> Figure:
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * (1 if sys.platform == "darwin" else 1024)
    return Figure(
        "Peak memory of all of the above", peak / 1e9, "GB", KEPT_GB, f"{sampling.cores()} threads at most"
    )


if __name__ == "__main__":
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "talkoot.config.settings")
    sys.exit(main())
