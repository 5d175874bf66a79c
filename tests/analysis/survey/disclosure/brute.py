"""All tables there can be, tried one by one: what a reader can infer, and what it costs to hide it."""

from __future__ import annotations

from functools import cache
from itertools import combinations, product
from typing import TYPE_CHECKING, TypeAlias

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Sequence

    Figures: TypeAlias = np.ndarray[tuple[int, ...], np.dtype[np.int64]]
    Cell: TypeAlias = tuple[int, int]


def cells(rows: int, columns: int, *, margins: bool) -> list[Cell]:
    found = list(product(range(rows), range(columns)))
    if margins:
        found += [*((r, -1) for r in range(rows)), *((-1, c) for c in range(columns))]
    return found


@cache
def every_table(rows: int, columns: int, total: int, *, margins: bool) -> Figures:
    """tables × figures in the order of `cells`, of every table with that grand total."""
    parts = rows * columns - 1
    bars = np.array(list(combinations(range(total + parts), parts)))
    edges = np.column_stack([np.full(len(bars), -1), bars, np.full(len(bars), total + parts)])
    tables = (np.diff(edges, axis=1) - 1).reshape(-1, rows, columns)
    flat = tables.reshape(len(tables), -1)
    return np.concatenate([flat, tables.sum(axis=2), tables.sum(axis=1)], axis=1) if margins else flat


def true_figures(table: Sequence[Sequence[int]], *, margins: bool) -> Figures:
    grid = np.array(table)
    flat = grid.ravel()
    return np.concatenate([flat, grid.sum(axis=1), grid.sum(axis=0)]) if margins else flat


def agreeing(table: Sequence[Sequence[int]], hidden: Collection[Cell], *, margins: bool) -> Figures:
    """Every table with the same grand total that shows the same published figures."""
    rows, columns = len(table), len(table[0])
    candidates = every_table(rows, columns, sum(map(sum, table)), margins=margins)
    shown = [i for i, cell in enumerate(cells(rows, columns, margins=margins)) if cell not in hidden]
    return candidates[np.all(candidates[:, shown] == true_figures(table, margins=margins)[shown], axis=1)]


def is_safe(
    table: Sequence[Sequence[int]],
    primary: Collection[Cell],
    hidden: Collection[Cell],
    threshold: int,
    *,
    margins: bool,
) -> bool:
    seen, true = agreeing(table, hidden, margins=margins), true_figures(table, margins=margins)
    low, high = seen.min(axis=0), seen.max(axis=0)
    at = [i for i, cell in enumerate(cells(len(table), len(table[0]), margins=margins)) if cell in primary]
    return bool(
        np.all((low < true) & (true < high) & (high >= threshold), where=np.isin(np.arange(len(true)), at))
    )


def least_cost(
    table: Sequence[Sequence[int]], primary: Collection[Cell], threshold: int, *, margins: bool
) -> int | None:
    """Of every set of further cells that protects, the least sum of counts; None when none protects."""
    names = cells(len(table), len(table[0]), margins=margins)
    true = dict(zip(names, true_figures(table, margins=margins).tolist(), strict=True))
    rest = [cell for cell in names if cell not in primary]
    costs = {some: sum(true[cell] for cell in some) for some in subsets(rest)}
    for some in sorted(costs, key=lambda some: costs[some]):
        if is_safe(table, primary, {*primary, *some}, threshold, margins=margins):
            return int(costs[some])
    return None


def subsets(items: Sequence[Cell]) -> Iterator[tuple[Cell, ...]]:
    for size in range(len(items) + 1):
        yield from combinations(items, size)
