"""`make bench-survey`: estimates, raking and disclosure control, beside R survey and svy where they can be had."""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

from benchmarks import report, survey_answering, survey_import
from benchmarks.measure import Figure, peak

if TYPE_CHECKING:
    from collections.abc import Iterator

RIVALS = Path("build/rivals-survey")
SVY = "svy==0.35.0"
ANSWERS, QUESTIONS, LEVELS = 100_000, 60, 5
SIZES, INDUSTRIES, REGIONS = 4, 20, 3
MISSING = 0.05
ABOUT = """\
Written by `make bench-survey`; everything in one run, by the clock. The survey: {answers:,} answers to {questions} questions of
{levels} options with {missing:.0%} missing, raked to {sizes} sizes, {industries} industries and {regions} regions. A results page holds every question for all,
by size and by industry: {shares:,} shares with standard error, logit interval, design effect and number of answers, errors by the
residuals of the raking. Cold: the first page of a process of its own, with
numpy and scipy loaded as a worker has them and nothing kept from before. R and svy do the
same for one question by size after their own raking, in a process of their own that has the data in memory; the figures are compared. Import: from the bytes of
the file to the commit. Answering: the web server as production starts it, two workers on the same cores as the telephones, whose share is told.
"""


def main() -> int:
    """Measure, write the table; 1 when a limit is not met."""
    with tempfile.TemporaryDirectory(prefix="talkoot-bench-") as name:
        folder = Path(name)
        write(folder)
        figures = [
            *ours(folder),
            *beside(folder),
            *protection(),
            *survey_import.figures(folder),
            *survey_answering.figures(folder),
        ]
    about = ABOUT.format(
        answers=ANSWERS,
        questions=QUESTIONS,
        levels=LEVELS,
        missing=MISSING,
        sizes=SIZES,
        industries=INDUSTRIES,
        regions=REGIONS,
        shares=QUESTIONS * LEVELS * (1 + SIZES + INDUSTRIES),
    )
    return report.keep("Surveys", about, figures)


def write(folder: Path) -> None:
    """The answers as arrays and as CSV, and the totals as JSON."""
    random = np.random.default_rng(1)
    frame = {
        "size": random.choice(SIZES, ANSWERS, p=[0.6, 0.25, 0.1, 0.05]),
        "industry": random.integers(0, INDUSTRIES, ANSWERS),
        "region": random.choice(REGIONS, ANSWERS, p=[0.5, 0.3, 0.2]),
    }
    tilt = random.dirichlet(np.ones(LEVELS), (QUESTIONS, SIZES))
    answers = np.empty((QUESTIONS, ANSWERS), dtype=np.int8)
    for question in range(QUESTIONS):
        steps = tilt[question, frame["size"]].cumsum(axis=1)
        answers[question] = (random.random(ANSWERS)[:, None] > steps[:, :-1]).sum(axis=1)
    answers[random.random(answers.shape) < MISSING] = -1
    arrays: dict[str, Any] = {"answers": answers, **frame}
    np.savez(folder / "answers.npz", **arrays)
    totals = {
        name: dict(enumerate((counts * random.uniform(2, 4, len(counts))).tolist()))
        for name, counts in ((name, np.bincount(column)) for name, column in frame.items())
    }
    for levels in totals.values():
        factor = 300_000 / sum(levels.values())
        levels.update({level: total * factor for level, total in levels.items()})
    (folder / "totals.json").write_text(json.dumps(totals), encoding="utf-8")
    table = np.column_stack([*frame.values(), *answers]).astype(str)
    table[table == "-1"] = ""
    heading = ",".join([*frame, *(f"q{q}" for q in range(QUESTIONS))])
    np.savetxt(folder / "answers.csv", table, fmt="%s", delimiter=",", header=heading, comments="")


def ours(folder: Path) -> list[Figure]:
    started = time.perf_counter()
    done = subprocess.run(
        [sys.executable, "-m", "benchmarks.survey", "page", str(folder)], check=True, capture_output=True
    )
    wall = time.perf_counter() - started
    found: dict[str, Any] = json.loads(done.stdout)
    command = _command(folder)
    return [
        Figure("All weighted tables of a results page, cold", found["total"], "s", 1, f"{found['shares']:,} shares in {found['cpu']:.2f} s of CPU; arrays read, raked, estimated"),
        Figure("The same with the start of Python and the loading of numpy and scipy", wall, "s", note=f"loading {found['load']:.2f} s; peak {found['memory']:.0f} MB"),
        Figure("Raking to three margins, 1e-10 of the population", found["raking"], "s", 1),
        Figure("One question for all, by size and by industry", found["tables"] / QUESTIONS * 1000, "ms"),
        Figure("`talkoot survey estimate`, CSV of all answers, every question by size", command, "s", note="process, file, raking, estimates, JSON"),
    ]  # fmt: skip


def _command(folder: Path) -> float:
    totals = json.loads((folder / "totals.json").read_text(encoding="utf-8"))
    spec = {
        "data": "answers.csv",
        "calibrate": {"rake": [{"by": name, "totals": levels} for name, levels in totals.items()]},
        "estimates": [{"share": f"q{q}", "by": "size"} for q in range(QUESTIONS)],
    }
    path = folder / "spec.json"
    path.write_text(json.dumps(spec), encoding="utf-8")
    started = time.perf_counter()
    subprocess.run(
        [str(Path(sys.executable).with_name("talkoot")), "survey", "estimate", str(path)],
        check=True,
        stdout=subprocess.DEVNULL,
    )
    return time.perf_counter() - started


def page(folder: Path) -> None:
    """What a job does for a results page; prints its times."""
    started = time.perf_counter()
    from talkoot.analysis.survey.estimation import calibration, figures
    from talkoot.analysis.survey.estimation.design import Drawn, design
    from talkoot.analysis.survey.estimation.sample import Sample

    loaded, cpu = time.perf_counter(), time.process_time()
    data = np.load(folder / "answers.npz")
    answers, frame = data["answers"], {name: data[name] for name in ("size", "industry", "region")}
    totals = json.loads((folder / "totals.json").read_text(encoding="utf-8"))
    margins = [calibration.Margin(name, list(map(str, column.tolist())), totals[name]) for name, column in frame.items()]  # fmt: skip
    read = time.perf_counter()
    drawn = design(np.ones(ANSWERS), [Drawn()])
    raked = calibration.rake(drawn.weights, margins, 1e-10)
    weighted = time.perf_counter()
    sample = Sample(drawn, raked.after, raked)
    views = [(np.zeros(ANSWERS, np.intp), 1), (frame["size"], SIZES), (frame["industry"], INDUSTRIES)]
    shares = 0
    for answered in answers:
        codes = answered.astype(np.intp)
        for domains, count in views:
            found = figures.shares(sample, codes, LEVELS, domains, count)
            shares += sum(len(row or []) for row in found)
    ended = time.perf_counter()
    print(json.dumps({
        "load": loaded - started, "total": ended - loaded, "raking": weighted - read, "tables": ended - weighted,
        "shares": shares, "memory": peak(),
            "cpu": time.process_time() - cpu,
    }))  # fmt: skip


def beside(folder: Path) -> Iterator[Figure]:
    """R survey and svy on one question by size, compared with ours."""
    own = _one_question(folder)
    for name, found, why in (
        ("R survey", _r(folder), "not installed"),
        ("svy", _svy(folder), "cannot be had"),
    ):
        if found is None:
            yield Figure(f"{name}: raking, then one question by size", None, "s", note=why)
            continue
        pairs = zip(own, found["figures"], strict=True)
        worst = max(abs(a / b - 1) for ours_, theirs in pairs for a, b in zip(ours_, theirs, strict=True))
        note = (
            f"{found['version']}; estimates and errors differ from ours by {worst:.0e} of their size at most"
        )
        yield Figure(f"{name}: raking", found["raking"], "s")
        yield Figure(f"{name}: one question by size", found["question"], "s", note=note)


def _one_question(folder: Path) -> list[tuple[float, float]]:
    from talkoot.analysis.survey.estimation import columns, estimate, spec

    document = json.loads((folder / "spec.json").read_text(encoding="utf-8"))
    asked = spec.read(document | {"estimates": [{"share": "q0", "by": "size"}]})
    found = estimate.estimate(asked, columns.read(folder / "answers.csv"))
    return [(row["estimate"], row["se"]) for row in found]


def _r(folder: Path) -> dict[str, Any] | None:
    if shutil.which("Rscript") is None:
        return None
    script = str(Path(__file__).with_name("survey.R"))
    done = subprocess.run(["Rscript", script, str(folder)], check=False, capture_output=True, text=True)  # noqa: S607 -- found on PATH
    if done.returncode:
        print(f"R did not run: {done.stderr[-300:]}")
        return None
    lines = [line.split() for line in done.stdout.splitlines()]
    times = {words[1]: float(words[2]) for words in lines if words[0] == "time"}
    version = next(" ".join(words[1:]) for words in lines if words[0] == "version")
    found = [(float(words[1]), float(words[2])) for words in lines if words[0] == "figure"]
    return {"raking": times["raking"], "question": times["question"], "version": version, "figures": found}


def _svy(folder: Path) -> dict[str, Any] | None:
    """Timed in an environment of its own; None when it cannot be had."""
    python = RIVALS / "bin" / "python"
    uv = str(Path(sys.executable).with_name("uv"))
    try:
        if not python.exists():
            subprocess.run([sys.executable, "-m", "venv", "--without-pip", str(RIVALS)], check=True)
            subprocess.run([uv, "pip", "install", "--quiet", "--no-build", "--python", str(python), SVY], check=True)  # fmt: skip
        script = str(Path(__file__).with_name("survey_svy.py"))
        done = subprocess.run([str(python), script, str(folder)], check=True, capture_output=True)
    except (OSError, subprocess.CalledProcessError) as error:
        print(f"svy was not timed: {error}")
        return None
    found: dict[str, Any] = json.loads(done.stdout)
    return found


def protection() -> Iterator[Figure]:
    """Complementary suppression to the proved optimum."""
    from talkoot.analysis.survey.disclosure.table import Table, protect

    for height, width, limit in ((4, 6, 0.5), (10, 10, None), (20, 20, None)):
        random = np.random.default_rng(height)
        counts = random.negative_binomial(1, 0.06, (height, width))
        table = Table(tuple(tuple(int(n) for n in row) for row in counts))
        started = time.perf_counter()
        found = protect(table).suppression
        spent = time.perf_counter() - started
        note = f"{len(found.primary)} primary, {len(found.secondary)} secondary, every interval audited"
        yield Figure(f"A table of {height} × {width} protected at the least cost", spent, "s", limit, note)


if __name__ == "__main__":
    if sys.argv[1:2] == ["page"]:
        page(Path(sys.argv[2]))
    else:
        sys.exit(main())
