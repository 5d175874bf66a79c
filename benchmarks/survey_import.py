"""A hundred thousand answers of sixty questions read in from a file, of our own layout and of LimeSurvey's.

`python -m benchmarks.survey_import` measures it alone; `… take LAYOUT` is one import, in a process of its own.
"""

from __future__ import annotations

import json
import os
import random
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import Any

from benchmarks import report
from benchmarks.measure import Figure, peak

ANSWERS, QUESTIONS, LEVELS = 100_000, 60, 5
MISSING = 0.05
SECONDS = 20
MEGABYTES = 600
LAYOUTS = {
    "own layout": "by the names of its columns",
    "LimeSurvey": "an export matched by its headings and codes",
}


def figures(folder: Path) -> list[Figure]:
    """Time by the clock from the bytes of the file to the commit, and the memory it took."""
    found = []
    for layout, words in LAYOUTS.items():
        env = {
            **os.environ,
            "TALKOOT_DATA": str(folder / f"import-{layout[:4]}"),
            "TALKOOT_DEMO": "0",
            "DJANGO_SETTINGS_MODULE": "talkoot.config.settings",
        }
        command = [sys.executable, "-m", "benchmarks.survey_import", "take", layout]
        done = subprocess.run(command, env=env, check=True, capture_output=True, text=True)
        took: dict[str, Any] = json.loads(done.stdout)
        note = f"{words}, {took['size']:.0f} MB; {took['cpu']:.1f} s of CPU; the database is locked for {took['written']:.1f} s"
        name = f"Import of {ANSWERS:,} answers × {QUESTIONS} questions, {layout}"
        found += [
            Figure(name, took["read"] + took["written"], "s", SECONDS, note),
            Figure("The same, peak memory", took["memory"], "MB", MEGABYTES),
        ]
    return found


def take(layout: str) -> dict[str, float]:
    """Make the round and the file, then import it."""
    import django

    django.setup()
    from talkoot.config import serve
    from talkoot.listen.surveys import actions, taking
    from talkoot.listen.surveys.matching import guess, reading, targets
    from talkoot.listen.surveys.models import Response

    serve.prepare()
    survey, content = _round(), _file(layout)
    if layout != "own layout":
        found = guess.read_as(reading.examine(content), targets.of(survey), "186")
        actions.keep_reading(survey=survey, reading=found.as_json())
    started, cpu = time.perf_counter(), time.process_time()
    with taking.waiting(survey, content) as rows:
        read = time.perf_counter() - started
        actions.add(survey=survey, rows=rows, by=None)
    ended = time.perf_counter()
    if Response.objects.count() != ANSWERS:
        raise AssertionError
    return {
        "size": len(content) / 1e6,
        "read": read,
        "written": ended - started - read,
        "cpu": time.process_time() - cpu,
        "memory": peak(),
    }


def _round() -> Any:
    from talkoot.city.organisations.models import Municipality, Organisation
    from talkoot.listen.surveys.models import Option, Question, Questionnaire, Round

    body = Organisation.objects.create(name="Järvenpää", kind=Organisation.Kind.AUTHORITY)
    city = Municipality.objects.create(code="186", slug="jarvenpaa", name_fi="Järvenpää", organisation=body)
    asked = Questionnaire.objects.create(code="mittaus", name_fi="Mittaus", city=city)
    for number in range(1, QUESTIONS + 1):
        question = Question.objects.create(
            questionnaire=asked, number=number, code=f"q{number}", kind="single", text_fi=f"Kysymys {number}"
        )
        Option.objects.bulk_create(
            Option(question=question, number=n, code=f"o{n}", text_fi=f"Vastaus {n}")
            for n in range(1, LEVELS + 1)
        )
    return Round.objects.create(
        code="mittaus", questionnaire=asked, city=city, name_fi="Mittaus", frame="census", state="open"
    )


def _file(layout: str) -> bytes:
    chance = random.Random(1)  # noqa: S311 -- a sample
    ours = layout == "own layout"
    facts = "respondent,municipality,kind,size,industry" if ours else '"id","submitdate","startlanguage"'
    lines = [",".join([facts, *(f"q{n}" if ours else f'"q{n}"' for n in range(1, QUESTIONS + 1))])]
    levels = [f"o{n}" if ours else f'"A{n}"' for n in range(1, LEVELS + 1)]
    for number in range(1, ANSWERS + 1):
        facts = f"{number},186,company,0-9,C" if ours else f'"{number}","2026-03-02 10:11:12","fi"'
        cells = ("" if chance.random() < MISSING else chance.choice(levels) for _n in range(QUESTIONS))
        lines.append(",".join([facts, *cells]))
    return "\n".join(lines).encode()


if __name__ == "__main__":
    if len(sys.argv) > 1:
        print(json.dumps(take(sys.argv[2])))
    else:
        with tempfile.TemporaryDirectory(prefix="talkoot-bench-") as name:
            print(report.rows(figures(Path(name))))
