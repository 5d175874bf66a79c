"""Decision cases to measure on: made by a seed, shaped like a city's library."""

from __future__ import annotations

from itertools import pairwise
from typing import Any

import numpy as np

CRITERIA = tuple("ABCDEF")
BUDGETS = ("euros", "days", "months")


def case(methods: int, samples: int, *, seed: int = 0, tight: float = 0.3, **changes: Any) -> dict[str, Any]:
    """`methods` with interval scores on six criteria in an order of importance, three budgets, and 20 logical rows:
    ten requirements, six exclusions, four synergies of three. Needs grow with worth, as they do."""
    random = np.random.default_rng(seed)
    middle = random.uniform(10, 90, (methods, len(CRITERIA)))
    half = random.uniform(1, 10, middle.shape)
    worth = (middle.mean(axis=1) - middle.mean()) / middle.mean(axis=1).std()
    needs = np.exp(random.normal(2.5, 0.6, (methods, len(BUDGETS))) + 0.15 * worth[:, None]).round(1)
    ids = [f"M{i:03d}" for i in range(methods)]
    low, high = (middle - half).round(2), (middle + half).round(2)

    def some(count: int) -> list[str]:
        return sorted(ids[i] for i in random.choice(methods, count, replace=False))

    return {
        "criteria": list(CRITERIA),
        "methods": [
            {
                "id": ids[i],
                "score": [list(ends) for ends in zip(low[i].tolist(), high[i].tolist(), strict=True)],
                "resources": dict(zip(BUDGETS, needs[i].tolist(), strict=True)),
            }
            for i in range(methods)
        ],
        "budgets": {
            name: float(round(total * tight)) for name, total in zip(BUDGETS, needs.sum(axis=0), strict=True)
        },
        "requires": [some(2) for _ in range(10)],
        "excludes": [some(2) for _ in range(6)],
        "synergies": [{"methods": some(3), "bonus": [[5, 15]] * len(CRITERIA)} for _ in range(4)],
        "weights": [{"coef": {a: 1, b: -1}, "op": ">=", "rhs": 0} for a, b in pairwise(CRITERIA)],
        "samples": samples,
    } | changes


def listed(methods: int = 46, most: int = 6, *, seed: int = 0) -> dict[str, Any]:
    """Point scores on six criteria in an order of importance, of which at most `most` methods are chosen: as large as
    the published case of 46 bridges, small enough to list every portfolio that none dominates."""
    random = np.random.default_rng(seed)
    scores = random.uniform(0, 5, (methods, len(CRITERIA))).round(2)
    euros = np.exp(random.normal(3, 0.7, methods)).round(1)
    given = zip(scores.tolist(), euros.tolist(), strict=True)
    return {
        "criteria": list(CRITERIA),
        "methods": [
            {"id": f"M{i:03d}", "score": score, "resources": {"places": 1, "euros": need}}
            for i, (score, need) in enumerate(given)
        ],
        "budgets": {"places": most, "euros": float(euros.mean() * most * 0.8)},
        "weights": [{"coef": {a: 1, b: -1}, "op": ">=", "rhs": 0} for a, b in pairwise(CRITERIA)],
        "samples": 1_000,
        "enumerate": True,
    }
