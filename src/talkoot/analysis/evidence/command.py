"""`talkoot evidence pool FILE.csv`: studies in, one JSON document out."""

from __future__ import annotations

import argparse
from math import isfinite
from pathlib import Path
from typing import TYPE_CHECKING

from talkoot.analysis.documents import printed
from talkoot.analysis.evidence import table
from talkoot.analysis.evidence.errors import EvidenceError

if TYPE_CHECKING:
    from talkoot.analysis.evidence.results import Pooled


def run(argv: list[str]) -> int:
    """Print the answer as one JSON document; on bad input print the error to stderr and return 2."""
    parser = argparse.ArgumentParser(prog="talkoot evidence", description=run.__doc__)
    pool = parser.add_subparsers(dest="act", required=True, metavar="pool").add_parser(
        "pool", help="what studies say together, and what the next one may find"
    )
    pool.add_argument("path", type=Path, metavar="FILE.csv")
    pool.add_argument(
        "--prior-sd",
        metavar="X",
        help="scale of tau's half-normal prior for three studies or fewer, in their unit",
    )
    asked = parser.parse_args(argv)
    return printed(lambda: _pool(asked.path, _prior_sd(asked.prior_sd)).to_json())


def _prior_sd(text: str | None) -> float | None:
    if text is None:
        return None
    try:
        value = float(text)
    except ValueError:
        value = 0.0
    if not (isfinite(value) and value > 0):
        raise EvidenceError("prior_not_positive", ["--prior-sd"])
    return value


def _pool(path: Path, prior_sd: float | None) -> Pooled:
    studies = table.read(path)
    import numpy as np  # noqa: PLC0415 -- numpy and scipy are heavy, and what cannot be pooled is refused without them

    from talkoot.analysis.evidence import synthesis  # noqa: PLC0415 -- the same

    pool = synthesis.tallies if studies.counted else synthesis.estimates
    return pool(studies.names, np.array(studies.first), np.array(studies.second), prior_sd)
