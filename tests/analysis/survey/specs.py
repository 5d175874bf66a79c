"""Specifications on the published data, written to a folder as a person would."""

from __future__ import annotations

import csv
import json
import subprocess
import sys
from typing import TYPE_CHECKING, Any

from talkoot.analysis.survey.estimation import columns, estimate, spec
from tests.analysis import reference

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from pathlib import Path

    from talkoot.analysis.survey.estimation.columns import Columns

RUN = "import sys; from talkoot.config.commands import main; sys.exit(main(sys.argv[1:]))"


def texts(data: Mapping[str, Sequence[object]]) -> Columns:
    """Columns as they come from a CSV file; None is an empty field."""
    found = {name: ["" if value is None else str(value) for value in column] for name, column in data.items()}
    return columns.Columns(found, len(next(iter(found.values()))))


def published(name: str) -> Columns:
    return texts(reference.read("survey_designs")["data"][name])


def rows(document: Mapping[str, Any], data: Columns) -> list[dict[str, Any]]:
    return estimate.estimate(spec.read({"data": "data.csv", **document}), data)


def write(path: Path, data: Mapping[str, Sequence[object]]) -> Path:
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(data)
        writer.writerows(zip(*data.values(), strict=True))
    return path


def run(act: str, path: Path) -> tuple[int, str, str]:
    """Exit code and both outputs of the command in a process of its own."""
    done = subprocess.run(
        [sys.executable, "-c", RUN, "survey", act, str(path)], capture_output=True, text=True, check=False
    )
    return done.returncode, done.stdout, done.stderr


def document(path: Path, content: object) -> Path:
    path.write_text(json.dumps(content), encoding="utf-8")
    return path
