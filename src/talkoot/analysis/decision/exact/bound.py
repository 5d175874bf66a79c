"""What dual prices of the rows say of one situation: a bound that no portfolio exceeds, and what each column adds."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from talkoot.analysis.decision.exact.compiled import compiled

if TYPE_CHECKING:
    from talkoot.analysis.decision.exact.program import Array, Frame


class Priced(NamedTuple):
    """`prices` of the rows, not negative; `reduced` = values − prices · rows; the upper `bound`."""

    prices: Array
    reduced: Array
    bound: float


@compiled
def priced(values: Array, frame: Frame, prices: Array) -> Priced:
    """Reduced values column by column, and the bound (Lagrange)."""
    columns = frame.columns
    reduced = values.copy()
    bound = 0.0
    for i in range(len(prices)):
        bound += prices[i] * frame.bounds[i]
    for j in range(len(values)):
        for t in range(columns.start[j], columns.start[j + 1]):
            reduced[j] -= prices[columns.row[t]] * columns.coef[t]
        if frame.lower[j] or (frame.upper[j] and reduced[j] > 0.0):
            bound += reduced[j]
    return Priced(prices, reduced, bound)
