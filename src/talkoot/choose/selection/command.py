"""`talkoot decide CASE.json`: the same numbers as on the screen, without a database."""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import Any

from talkoot.analysis.decision.case import Case
from talkoot.analysis.documents import printed, read_json


def run(argv: list[str]) -> int:
    """Print the decision as one JSON document; on bad input print the error to stderr and return 2."""
    parser = argparse.ArgumentParser(prog="talkoot decide", description=run.__doc__)
    parser.add_argument("case", type=Path, metavar="CASE.json")
    path = parser.parse_args(argv).case
    return printed(lambda: _decide(path), indent=1)


def _decide(path: Path) -> dict[str, Any]:
    case = Case.from_json(read_json(path))
    from talkoot.analysis.decision import rules  # noqa: PLC0415 -- what is refused is refused without the slow ones

    rules.refuse_impossible(case)
    from talkoot.analysis.decision.choose import decide  # noqa: PLC0415 -- the numeric libraries take a second

    return decide(case).to_json()
