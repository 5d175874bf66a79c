"""Raking and one question by size with svy, in an environment of its own, for `make bench-survey`."""

from __future__ import annotations

import json
import sys
import time
from pathlib import Path

import polars as pl
import svy

FOLDER = Path(sys.argv[1])
KINDS = {"size": pl.String, "industry": pl.String, "region": pl.String, "q0": pl.String}


def main() -> None:
    """Print times and figures as JSON."""
    answers = pl.read_csv(FOLDER / "answers.csv", columns=list(KINDS), schema_overrides=KINDS)
    answers = answers.with_columns(pl.lit(1.0).alias("w"))
    totals = json.loads((FOLDER / "totals.json").read_text(encoding="utf-8"))
    sample = svy.Sample(answers, svy.Design(wgt="w"))
    started = time.perf_counter()
    raked = sample.weighting.rake(controls=totals, tol=1e-10, max_iter=200)
    weighted = time.perf_counter()
    found = raked.estimation.prop("q0", by="size", drop_nulls=True)
    ended = time.perf_counter()
    table = found.to_polars()
    print(json.dumps({
        "raking": weighted - started, "question": ended - weighted, "version": f"svy {svy.__version__}",
        "columns": table.columns, "figures": [(row["est"], row["se"]) for row in table.iter_rows(named=True)],
    }))  # fmt: skip


main()
