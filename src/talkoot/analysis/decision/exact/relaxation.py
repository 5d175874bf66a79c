"""The linear relaxation of a program, by the dual simplex method for bounded variables, in one table.

Every column is boxed (a slack between 0 and the most it can be), so flipping columns to their better bound
makes any basis dual feasible: the same few lines start from nothing and go on from the optimum of a similar
situation (Wagner 1958; bound flipping: Maros 2003).

What is taken from it are the dual prices of the rows. Any prices that are not negative give a valid upper
bound (Lagrange), so rounding errors or an early stop here may cost time later, never correctness.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from talkoot.analysis.decision.exact.compiled import compiled

if TYPE_CHECKING:
    from talkoot.analysis.decision.exact.program import Array, Chosen, Frame, Whole

FEASIBLE = 1e-9
SMALLEST_PIVOT = 1e-8


class Table(NamedTuple):
    """`cells`: rows × (columns + slacks), the rows in terms of the basis; `basis`: the column of each row;
    `place`: the row of each basic column, else −1; `high`: whether a column outside the basis is at its upper
    bound; `low_end`, `high_end`: bounds; `limits`: scaled; `price`: reduced costs; `level`: of the basis."""

    cells: Array
    basis: Whole
    place: Whole
    high: Chosen
    low_end: Array
    high_end: Array
    limits: Array
    price: Array
    level: Array


@compiled
def new_table(frame: Frame) -> Table:
    """The table whose basis holds all slacks."""
    rows, scale = frame.rows, frame.scale
    height, width = rows.shape
    cells = np.zeros((height, width + height))
    low_end = np.zeros(width + height)
    high_end = np.zeros(width + height)
    basis = np.empty(height, dtype=np.int64)
    place = np.full(width + height, -1)
    limits = np.empty(height)
    for j in range(width):
        low_end[j] = 1.0 if frame.lower[j] else 0.0
        high_end[j] = 1.0 if frame.upper[j] or frame.lower[j] else 0.0
    for i in range(height):
        limits[i] = frame.bounds[i] / scale[i]
        least = 0.0
        for j in range(width):
            a = rows[i, j] / scale[i]
            cells[i, j] = a
            least += a * (low_end[j] if a > 0 else high_end[j])
        slack = width + i
        cells[i, slack] = 1.0
        high_end[slack] = max(limits[i] - least, 0.0)
        basis[i] = slack
        place[slack] = i
    high = np.zeros(width + height, dtype=np.bool_)
    return Table(
        cells, basis, place, high, low_end, high_end, limits, np.zeros(width + height), np.zeros(height)
    )


@compiled
def row_prices(table: Table, values: Array, scale: Array, most_pivots: int, prices: Array) -> None:
    """Write the dual price of each row at the optimum for `values` to `prices`; the table stays there."""
    _reprice(table, values)
    _relevel(table)
    for _ in range(most_pivots):
        row = _most_outside(table)
        if row < 0 or not _exchange(table, row):
            break
    width = len(values)
    for i in range(len(prices)):
        prices[i] = max(0.0, -table.price[width + i]) / scale[i]


@compiled
def _reprice(table: Table, values: Array) -> None:
    """Reduced costs afresh, and every column outside the basis at its better bound."""
    cells, price = table.cells, table.price
    width = len(values)
    for j in range(len(price)):
        price[j] = values[j] if j < width else 0.0
    for i in range(len(table.basis)):
        column = table.basis[i]
        if column < width and values[column] != 0.0:
            for j in range(len(price)):
                price[j] -= values[column] * cells[i, j]
    for j in range(len(price)):
        if table.place[j] >= 0:
            price[j] = 0.0
        elif price[j] > 0.0:
            table.high[j] = True
        elif price[j] < 0.0:
            table.high[j] = False


@compiled
def _relevel(table: Table) -> None:
    """The levels of the basis from where the other columns stand."""
    cells, level = table.cells, table.level
    height, total = cells.shape
    width = total - height
    for i in range(height):
        reached = 0.0
        for k in range(height):
            reached += cells[i, width + k] * table.limits[k]
        for j in range(total):
            if table.place[j] < 0:
                reached -= cells[i, j] * (table.high_end[j] if table.high[j] else table.low_end[j])
        level[i] = reached


@compiled
def _most_outside(table: Table) -> int:
    """The row whose column is furthest outside its bounds, or −1."""
    worst, found = FEASIBLE, -1
    for i in range(len(table.basis)):
        column = table.basis[i]
        outside = max(table.low_end[column] - table.level[i], table.level[i] - table.high_end[column])
        if outside > worst:
            worst, found = outside, i
    return found


@compiled
def _exchange(table: Table, row: int) -> bool:
    """Bring `row` to its violated bound: flip columns while that is not enough, then let one enter.

    False when no column can enter, so that the relaxation has no solution.
    """
    leaving = table.basis[row]
    rising = table.level[row] < table.low_end[leaving]
    target = table.low_end[leaving] if rising else table.high_end[leaving]
    while True:
        entering = _entering(table, row, rising)
        if entering < 0:
            return False
        reach = abs(table.cells[row, entering]) * (table.high_end[entering] - table.low_end[entering])
        if reach >= abs(table.level[row] - target):
            break
        _flip(table, entering)
    _pivot(table, row, entering, target)
    table.high[leaving] = not rising
    return True


@compiled
def _entering(table: Table, row: int, rising: bool) -> int:  # noqa: FBT001 -- compiled code has no keywords
    """The column outside the basis that moves the row the right way at the least loss per unit."""
    least, found, size = np.inf, -1, 0.0
    for j in range(len(table.price)):
        a = table.cells[row, j]
        if table.place[j] >= 0 or abs(a) < SMALLEST_PIVOT or table.high_end[j] <= table.low_end[j]:
            continue
        if (a < 0) != (rising != table.high[j]):
            continue
        loss = abs(table.price[j]) / abs(a)
        if loss < least or (loss == least and abs(a) > size):
            least, found, size = loss, j, abs(a)
    return found


@compiled
def _flip(table: Table, column: int) -> None:
    move = table.high_end[column] - table.low_end[column]
    if table.high[column]:
        move = -move
    for i in range(len(table.level)):
        table.level[i] -= table.cells[i, column] * move
    table.high[column] = not table.high[column]


@compiled
def _pivot(table: Table, row: int, entering: int, target: float) -> None:
    cells, level = table.cells, table.level
    height, total = cells.shape
    step = (level[row] - target) / cells[row, entering]
    start = table.high_end[entering] if table.high[entering] else table.low_end[entering]
    for i in range(height):
        level[i] -= cells[i, entering] * step
    level[row] = start + step
    divisor = cells[row, entering]
    for j in range(total):
        cells[row, j] /= divisor
    for i in range(height):
        factor = cells[i, entering]
        if i != row and factor != 0.0:
            for j in range(total):
                cells[i, j] -= factor * cells[row, j]
            cells[i, entering] = 0.0
    factor = table.price[entering]
    for j in range(total):
        table.price[j] -= factor * cells[row, j]
    table.price[entering] = 0.0
    table.place[table.basis[row]] = -1
    table.basis[row] = entering
    table.place[entering] = row
