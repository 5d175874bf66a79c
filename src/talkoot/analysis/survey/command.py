"""`talkoot survey estimate SPEC.json` and `talkoot survey protect TABLE.json`: files in, one JSON document out."""

from __future__ import annotations

import argparse
from dataclasses import replace
from pathlib import Path
from typing import Any

from talkoot.analysis.documents import printed, read_json
from talkoot.analysis.survey.estimation import spec


def run(argv: list[str]) -> int:
    """Print the answer as one JSON document; on bad input print the error to stderr and return 2."""
    parser = argparse.ArgumentParser(prog="talkoot survey", description=run.__doc__)
    acts = parser.add_subparsers(dest="act", required=True, metavar="estimate | protect")
    acts.add_parser("estimate", help="figures with their uncertainty").add_argument(
        "path", type=Path, metavar="SPEC.json"
    )
    acts.add_parser("protect", help="which cells of a table to hide").add_argument(
        "path", type=Path, metavar="TABLE.json"
    )
    asked = parser.parse_args(argv)
    act = {"estimate": _estimate, "protect": _protect}[asked.act]
    return printed(lambda: act(asked.path), indent=1)


def _estimate(path: Path) -> Any:
    document = read_json(path)
    asked = spec.read(document)
    from talkoot.analysis.survey.estimation import columns, estimate  # noqa: PLC0415 -- numpy is heavy

    data = path.parent / asked.data
    if not data.exists() and Path(asked.data).exists():
        data = Path(asked.data)
    return estimate.estimate(replace(asked, data=str(data)), columns.read(data))


def _protect(path: Path) -> Any:
    document = read_json(path)
    from talkoot.analysis.survey.disclosure import table  # noqa: PLC0415 -- HiGHS is heavy

    return table.protect(table.read(document)).to_json()
