"""The open columns of a search laid out for speed: in the order they are decided, with the rows they touch.

Rows that many open columns touch (budgets) are kept level by level, one set of numbers a depth, so that going back costs
nothing. Rows that few touch (rules) are changed in place and put back.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple, TypeAlias

import numpy as np

from talkoot.analysis.decision.exact.compiled import compiled

if TYPE_CHECKING:
    from talkoot.analysis.decision.exact.bound import Priced
    from talkoot.analysis.decision.exact.program import Array, Chosen, Columns, Frame, Whole

Places: TypeAlias = "np.ndarray[tuple[int, ...], np.dtype[np.uint32]]"  # without a sign: quicker to look up

TIED = 6  # a row of at most so many open columns is a rule rather than a budget
NEED = 0.05  # of what a column uses at the dual prices counts for its turn as much as what it may lose
ROUNDING = 1e-10  # what sums on the way may be off by; portfolios are checked afresh at the end


class Budgets(NamedTuple):
    """Rows of many: `spare`, what each may still use if all open columns use the least they can, and `idle`, what is
    left over if they use the most, both depths × budgets; `price` of each. `spend` and `forgo`: what column k takes
    from the one and adds to the other when it is out (0) or in (1), depths × 2 × budgets."""

    spare: Array
    idle: Array
    price: Array
    spend: Array
    forgo: Array


class Tied(NamedTuple):
    """Rows of few: entries first[k] … first[k + 1] belong to column k, with `row`, `size` = |coefficient|, `price` of
    the row and whether the coefficient is positive. `spare` and `idle` of each row, and what to put back."""

    first: Places
    row: Places
    size: Array
    price: Array
    positive: Chosen
    spare: Array
    idle: Array
    old_spare: Array
    old_idle: Array


class Walk(NamedTuple):
    """The open columns in their `order`; for the k-th `loss`, what leaving its better place costs, and whether that
    place is inside. `chosen`: the portfolio on the way; `lost`: what is lost before any is decided, but for budgets;
    `possible`: whether the rows can be kept at all."""

    order: Whole
    loss: Array
    better: Chosen
    budgets: Budgets
    tied: Tied
    chosen: Chosen
    lost: float
    possible: bool


@compiled
def begin(frame: Frame, dual: Priced, gap: float) -> Walk:
    """Every column whose |reduced value| exceeds the gap in its better place, the rest open."""
    columns, reduced = frame.columns, dual.reduced
    opened = frame.upper & ~frame.lower & (np.abs(reduced) <= gap)
    chosen = frame.lower | (frame.upper & (reduced > 0.0))
    spare = frame.bounds + ROUNDING * np.maximum(1.0, np.abs(frame.bounds))
    idle = frame.bounds.copy()
    users = np.zeros(len(spare), dtype=np.int64)
    for j in range(len(reduced)):
        for t in range(columns.start[j], columns.start[j + 1]):
            i, a = columns.row[t], columns.coef[t]
            if opened[j]:
                users[i] += 1
                spare[i] -= min(a, 0.0)
                idle[i] -= max(a, 0.0)
            elif chosen[j]:
                spare[i] -= a
                idle[i] -= a
    order = _side_by_side(columns, _dearest_first(columns, dual, np.flatnonzero(opened)), dual.prices, users)
    large = users > TIED
    return Walk(
        order,
        np.abs(reduced[order]),
        reduced[order] > 0.0,
        _budgets(columns, dual.prices, order, np.flatnonzero(large), spare, idle),
        _tied(columns, dual.prices, order, large, spare, idle),
        chosen,
        np.sum(np.where(large, 0.0, dual.prices * np.maximum(idle, 0.0))),
        bool(np.all(spare >= 0.0)),
    )


@compiled
def _budgets(
    columns: Columns, prices: Array, order: Whole, which: Whole, spare: Array, idle: Array
) -> Budgets:
    depths, count = len(order), len(which)
    place = np.full(len(spare), -1)
    place[which] = np.arange(count)
    budgets = Budgets(
        np.zeros((depths + 1, count)),
        np.zeros((depths + 1, count)),
        prices[which],
        np.zeros((depths, 2, count)),
        np.zeros((depths, 2, count)),
    )
    budgets.spare[0], budgets.idle[0] = spare[which], idle[which]
    for k in range(depths):
        for t in range(columns.start[order[k]], columns.start[order[k] + 1]):
            q, a = place[columns.row[t]], columns.coef[t]
            if q >= 0:
                inside = 1 if a > 0.0 else 0
                budgets.spend[k, inside, q] = abs(a)
                budgets.forgo[k, 1 - inside, q] = abs(a)
    return budgets


@compiled
def _tied(columns: Columns, prices: Array, order: Whole, large: Chosen, spare: Array, idle: Array) -> Tied:
    entries = 0
    for j in order:
        entries += columns.start[j + 1] - columns.start[j]
    first, row = np.zeros(len(order) + 1, dtype=np.uint32), np.empty(entries, dtype=np.uint32)
    size, price, positive = np.empty(entries), np.empty(entries), np.empty(entries, dtype=np.bool_)
    at = 0
    for k in range(len(order)):
        for t in range(columns.start[order[k]], columns.start[order[k] + 1]):
            i, a = columns.row[t], columns.coef[t]
            if not large[i]:
                row[at], size[at], price[at], positive[at] = i, abs(a), prices[i], a > 0.0
                at += 1
        first[k + 1] = at
    return Tied(first, row, size, price, positive, spare, idle, np.empty(entries), np.empty(entries))


@compiled
def _dearest_first(columns: Columns, dual: Priced, which: Whole) -> Whole:
    """By falling |reduced value|; great users of priced rows earlier, so that what is left soon fits or does not."""
    keys = np.empty(len(which))
    for k in range(len(which)):
        j = which[k]
        used = 0.0
        for t in range(columns.start[j], columns.start[j + 1]):
            used += dual.prices[columns.row[t]] * abs(columns.coef[t])
        keys[k] = -abs(dual.reduced[j]) - NEED * used
    return which[np.argsort(keys, kind="mergesort")]


@compiled
def _side_by_side(columns: Columns, dearest: Whole, prices: Array, users: Whole) -> Whole:
    """Columns tied by a priced rule follow one another, so that what breaking it costs is known at once."""
    members, filled = _members(columns, dearest, prices, users)
    order = np.empty(len(dearest), dtype=np.int64)
    placed = np.zeros(len(columns.start), dtype=np.bool_)
    at, reached = 0, 0
    for j in dearest:
        if not placed[j]:
            order[at], placed[j] = j, True
            at += 1
        while reached < at:
            k = order[reached]
            reached += 1
            for t in range(columns.start[k], columns.start[k + 1]):
                i = columns.row[t]
                for m in range(filled[i]):
                    tied = members[i, m]
                    if not placed[tied]:
                        order[at], placed[tied] = tied, True
                        at += 1
    return order


@compiled
def _members(columns: Columns, which: Whole, prices: Array, users: Whole) -> tuple[Whole, Whole]:
    """The columns of each priced rule among `which`, and how many there are."""
    height = len(prices)
    members = np.empty((height, TIED), dtype=np.int64)
    filled = np.zeros(height, dtype=np.int64)
    for j in which:
        for t in range(columns.start[j], columns.start[j + 1]):
            i = columns.row[t]
            if prices[i] > 0.0 and users[i] <= TIED:
                members[i, filled[i]] = j
                filled[i] += 1
    return members, filled
