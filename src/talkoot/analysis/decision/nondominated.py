"""The non-dominated portfolios, all of them, where they are few enough to enumerate; else the reason why not.

A portfolio dominates another when it is worth at least as much under every allowed weight and score and more under
some (Liesiö, Mild and Salo 2007). A pool of sampled optima is never shown as this set.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from talkoot.analysis.decision.exact.enumeration import COMPLETE, TOO_MANY, Ends, Scarce, non_dominated

if TYPE_CHECKING:
    from talkoot.analysis.decision.exact.program import Array, Chosen, Program, Whole
    from talkoot.analysis.decision.situations import Situation

STEPS = 20_000_000
KEPT = 5_000
NOT_ASKED = "not asked"


@dataclass(frozen=True)
class NonDominated:
    """`core_index`: by method the share of the non-dominated portfolios that hold it."""

    portfolios: tuple[tuple[str, ...], ...]
    core_index: dict[str, float]

    def to_json(self) -> dict[str, object]:
        return {
            "count": len(self.portfolios),
            "portfolios": [list(portfolio) for portfolio in self.portfolios],
            "core_index": self.core_index,
        }


def enumerated(
    situation: Situation, vertices: Array, sampled: Chosen, order: list[str]
) -> tuple[NonDominated | None, str | None]:
    """The set, or None and why it was not enumerated. `order`: the ids as the case lists them."""
    program = situation.program
    low, high = vertices @ situation.low.T, vertices @ situation.high.T
    opened = np.flatnonzero(program.reachable & ~program.lower)
    # Methods of great worth first, synergies last: they follow from the methods.
    by_worth = sorted(opened, key=lambda j: (j >= program.methods, -float(high[:, j].sum())))
    ends = Ends(np.ascontiguousarray(low), np.ascontiguousarray(high), bool(np.array_equal(low, high)))
    order_of_columns = np.array(by_worth, dtype=np.int64)
    scarce = _scarce(program, order_of_columns, ends.high)
    chosen, ending = non_dominated(program.frame, order_of_columns, scarce, ends, sampled, STEPS, KEPT)
    if ending != COMPLETE:
        many = f"more than {KEPT} portfolios" if ending == TOO_MANY else f"more than {STEPS} steps"
        return None, f"not enumerated: {many}"
    rows = sorted(chosen[:, : program.methods], key=lambda row: np.flatnonzero(row).tolist())
    share = dict(zip(situation.ids, np.mean(rows, axis=0).tolist(), strict=True))
    portfolios = tuple(situation.names(row) for row in rows)
    return NonDominated(portfolios, {method: share[method] for method in order}), None


def _scarce(program: Program, order: Whole, high: Array) -> Scarce:
    """The rows that no column gives back to and that more than two columns use."""
    rows = np.flatnonzero(np.all(program.rows >= 0, axis=1) & (np.count_nonzero(program.rows, axis=1) > 2))  # noqa: PLR2004 -- pairs limit little
    needs = np.ascontiguousarray(program.rows[rows])
    place = np.full(program.size, -1, dtype=np.int64)
    place[order] = np.arange(len(order))
    ranked = np.full((len(rows), len(high), program.size), -1, dtype=np.int64)
    for r, row in enumerate(needs):
        for v, worth in enumerate(high):
            for_need = np.divide(worth, row, out=np.full_like(worth, np.inf), where=row > 0)
            counted = order[worth[order] > 0]
            ranked[r, v, : len(counted)] = counted[np.argsort(-for_need[counted], kind="stable")]
    return Scarce(rows, needs, ranked, place)
