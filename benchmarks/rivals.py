"""Times other packages on the plain ranking task; run by the interpreter of a throw-away environment that has them.

Reads an .npz file with `scores` (methods × criteria, all to be maximised) and `weights` (samples × criteria), prints
a JSON object: by package, seconds a ranking and the first method under each of the first weights.
"""

from __future__ import annotations

import json
import sys
import time
from typing import TYPE_CHECKING, Any

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Callable

    Array = np.ndarray[Any, np.dtype[np.float64]]

RANKINGS = 300


def main() -> None:
    """Each package in turn: what a person would write in a loop over sampled weights."""
    with np.load(sys.argv[1]) as given:
        scores, weights = given["scores"], given["weights"][:RANKINGS]
    json.dump(
        {"pymcdm": timed(pymcdm, scores, weights), "scikit-criteria": timed(skcriteria, scores, weights)},
        sys.stdout,
    )


def timed(rank: Callable[[Array, Array], list[int]], scores: Array, weights: Array) -> dict[str, Any]:
    """Seconds a ranking, import and first call left out."""
    rank(scores, weights[:2])
    started = time.process_time()
    first = rank(scores, weights)
    return {"seconds": (time.process_time() - started) / len(weights), "first": first}


def pymcdm(scores: Array, weights: Array) -> list[int]:
    """Weighted sums of the scores as they are."""
    from pymcdm.methods import WSM

    types = np.ones(scores.shape[1])
    method = WSM(normalization_function=lambda column, cost=False: column)  # noqa: ARG005 -- called with both
    return [int(np.argmin(method.rank(method(scores, row, types)))) for row in weights]


def skcriteria(scores: Array, weights: Array) -> list[int]:
    """The same, by a decision matrix."""
    from skcriteria import mkdm
    from skcriteria.agg.simple import WeightedSumModel

    method = WeightedSumModel()
    first = []
    for row in weights:
        matrix = mkdm(scores, [max] * scores.shape[1], weights=row)
        first.append(int(np.argmin(method.evaluate(matrix).rank_)))
    return first


if __name__ == "__main__":
    main()
