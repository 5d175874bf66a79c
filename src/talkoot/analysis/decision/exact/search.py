"""The best portfolio within a gap of an upper bound, by depth-first branch and bound (Land and Doig 1960).

With dual prices y ≥ 0 of the rows and r = values − y · rows, every portfolio u that keeps the rows is worth

    bound − Σ over columns that leave their better place |r| − Σ over rows y · (limit − used),

where the better place of a column is 1 just when r > 0 and bound = y · limits + Σ max(0, r). So a column whose
|r| exceeds the gap stays where it is, and a branch ends as soon as what it has left behind, plus what every
continuation must leave unused, exceeds the gap or breaks a row.

Of portfolios whose values differ by rounding alone, all are visited and the first by sorted ids is kept.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from talkoot.analysis.decision.exact.compiled import compiled

if TYPE_CHECKING:
    from talkoot.analysis.decision.exact.program import Array, Chosen, Columns, Frame, Whole

EQUAL = 1e-9  # values closer than this, relative to their size, are the same value
CLEAR = 20.0  # so many times EQUAL better is better, also where limits have room for rounding
EQUALS = 2_000  # met before ties are left to be settled method by method
TIED = 6  # a row of at most so many open columns is a rule rather than a budget
FREE = 1e-7  # a reduced value below this is none
PLACES = 2  # of a column: in or out
ROUNDING = 1e-10  # what sums on the way may be off by; portfolios are checked afresh at the end


class Best(NamedTuple):
    """The best portfolio so far. `state`: its value, or the floor while there is none; whether there is one (1 or
    0); how many portfolios equal to it have been met."""

    chosen: Chosen
    state: Array


class Priced(NamedTuple):
    """What dual prices of the rows say of a situation: `reduced` = values − prices · rows, and the upper bound."""

    prices: Array
    reduced: Array
    bound: float


class Walk(NamedTuple):
    """The open columns in the order they are decided, and their entries in the rows that matter.

    Entries first[k] … first[k + 1] belong to the k-th open column: `row`, `size` = |coefficient|, `price` of the
    row, and whether the coefficient is positive. `spare`: what of each row may still be used if every open
    column uses the least it can; `idle`: what would be left over if every one used the most; both with what to put back at each entry.
    """

    order: Whole
    first: Whole
    row: Whole
    size: Array
    price: Array
    positive: Chosen
    spare: Array
    idle: Array
    old_spare: Array
    old_idle: Array
    chosen: Chosen


@compiled
def rounding(value: float) -> float:
    return EQUAL * max(1.0, abs(value))


@compiled
def worth(values: Array, chosen: Chosen) -> float:
    """The value of a portfolio, always summed in the same order."""
    total = 0.0
    for j in range(len(values)):
        if chosen[j]:
            total += values[j]
    return total


@compiled
def precedes(a: Chosen, b: Chosen, methods: int) -> bool:
    """Whether the sorted ids of `a` come before those of `b`; a beginning comes before the whole."""
    for j in range(methods):
        if a[j] != b[j]:
            longer = b if a[j] else a
            for k in range(j + 1, methods):
                if longer[k]:
                    return bool(a[j])
            return bool(b[j])
    return False


@compiled
def offer(best: Best, value: float, chosen: Chosen, methods: int) -> None:
    """Keep a portfolio when it is worth more, or as much and earlier by its ids."""
    known = best.state[0]
    if best.state[1] > 0:
        if value < known - rounding(known):
            return
        if value <= known + rounding(known):
            best.state[2] += 1.0
            if not precedes(chosen, best.chosen, methods):
                return
        else:
            best.state[2] = 0.0
    elif value < known:
        return
    best.chosen[:] = chosen
    best.state[0] = max(value, known) if best.state[1] > 0 and value <= known + rounding(known) else value
    best.state[1] = 1.0


@compiled
def priced(values: Array, frame: Frame, prices: Array) -> Priced:
    """Reduced values column by column, and the bound that no portfolio exceeds. `prices` are not negative."""
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


@compiled
def search(
    values: Array,
    frame: Frame,
    dual: Priced,
    gap: float,
    strict: bool,  # noqa: FBT001 -- compiled code has no keywords
    most_steps: int,
    best: Best,
) -> tuple[int, bool]:
    """Improve `best` by every portfolio worth at least `dual.bound` − `gap` that may beat it; how many steps it took
    and whether none was left out: it stops after `most_steps`, or when too many equals have been met. `strict`:
    skip those that could only equal the best."""
    walk = _begin(frame, dual, gap)
    if np.any(walk.spare < 0.0):
        return 0, True
    depths = len(walk.order)
    tried = np.zeros(depths + 1, dtype=np.int64)
    lost = np.zeros(depths + 1)
    lost[0] = np.sum(dual.prices * np.maximum(walk.idle, 0.0))
    allowed = _allowed(dual.bound, gap, strict, best)
    depth, steps = 0, 0
    while True:
        if depth < depths and tried[depth] < PLACES:
            steps += 1
            if steps > most_steps:
                return steps, False
            j = walk.order[depth]
            stays = tried[depth] == 0
            tried[depth] += 1
            loss = lost[depth] if stays else lost[depth] + abs(dual.reduced[j])
            if loss <= allowed:
                inside = (dual.reduced[j] > 0.0) == stays
                loss, fits = _enter(walk, depth, inside, loss)
                if fits and loss <= allowed:
                    walk.chosen[j] = inside
                    depth += 1
                    tried[depth], lost[depth] = 0, loss
                else:
                    _leave(walk, depth)
            continue
        if depth == depths:
            _finish(values, frame, walk.chosen, best)
            if best.state[2] > EQUALS and not strict:
                return steps, False
            allowed = _allowed(dual.bound, gap, strict, best)
        depth -= 1
        if depth < 0:
            return steps, True
        _leave(walk, depth)


@compiled
def _enter(walk: Walk, depth: int, inside: bool, loss: float) -> tuple[float, bool]:  # noqa: FBT001 -- as above
    """Set the rows of the column at `depth`: what is left behind then, and whether the rows can still be kept."""
    fits = True
    for t in range(walk.first[depth], walk.first[depth + 1]):
        i = walk.row[t]
        walk.old_spare[t], walk.old_idle[t] = walk.spare[i], walk.idle[i]
        if inside == walk.positive[t]:
            walk.spare[i] -= walk.size[t]
            fits &= walk.spare[i] >= 0.0
        else:
            loss -= walk.price[t] * max(0.0, walk.idle[i])
            walk.idle[i] += walk.size[t]
            loss += walk.price[t] * max(0.0, walk.idle[i])
    return loss, fits


@compiled
def _leave(walk: Walk, depth: int) -> None:
    """Put the rows back to what they were before the column at `depth` was decided."""
    for t in range(walk.first[depth], walk.first[depth + 1]):
        walk.spare[walk.row[t]], walk.idle[walk.row[t]] = walk.old_spare[t], walk.old_idle[t]


@compiled
def _allowed(bound: float, gap: float, strict: bool, best: Best) -> float:  # noqa: FBT001 -- compiled code has no keywords
    """How much a portfolio may leave behind and still matter."""
    known = best.state[0]
    if known == -np.inf:
        return gap
    margin = rounding(known)
    return float(min(gap, bound - known - CLEAR * margin if strict else bound - known + margin))


@compiled
def _begin(frame: Frame, dual: Priced, gap: float) -> Walk:
    """Every column fixed that must stay, the rest open."""
    columns, bounds, reduced = frame.columns, frame.bounds, dual.reduced
    size = len(reduced)
    spare, idle = bounds + ROUNDING * np.maximum(1.0, np.abs(bounds)), bounds.copy()
    chosen = np.empty(size, dtype=np.bool_)
    opened = np.empty(size, dtype=np.bool_)
    for j in range(size):
        opened[j] = frame.upper[j] and not frame.lower[j] and abs(reduced[j]) <= gap
        chosen[j] = frame.lower[j] or (frame.upper[j] and reduced[j] > 0.0)
        for t in range(columns.start[j], columns.start[j + 1]):
            i, a = columns.row[t], columns.coef[t]
            if opened[j]:
                spare[i] -= min(a, 0.0)
                idle[i] -= max(a, 0.0)
            elif chosen[j]:
                spare[i] -= a
                idle[i] -= a
    order = _side_by_side(columns, _dearest_first(columns, dual, np.flatnonzero(opened)), dual.prices, size)
    return _walk(columns, dual.prices, order, spare, idle, chosen)


@compiled
def _walk(columns: Columns, prices: Array, order: Whole, spare: Array, idle: Array, chosen: Chosen) -> Walk:
    """The entries of the open columns, in the order they are decided."""
    entries = 0
    for j in order:
        entries += columns.start[j + 1] - columns.start[j]
    first, row = np.zeros(len(order) + 1, dtype=np.int64), np.empty(entries, dtype=np.int64)
    coef, price, positive = np.empty(entries), np.empty(entries), np.empty(entries, dtype=np.bool_)
    at = 0
    for k in range(len(order)):
        for t in range(columns.start[order[k]], columns.start[order[k] + 1]):
            row[at], coef[at], price[at] = columns.row[t], abs(columns.coef[t]), prices[columns.row[t]]
            positive[at] = columns.coef[t] > 0.0
            at += 1
        first[k + 1] = at
    return Walk(
        order, first, row, coef, price, positive, spare, idle, np.empty(entries), np.empty(entries), chosen
    )


@compiled
def _dearest_first(columns: Columns, dual: Priced, which: Whole) -> Whole:
    """By falling |r|; of those without a price of their own, the greatest user of priced rows first."""
    keys = np.empty(len(which))
    for k in range(len(which)):
        j = which[k]
        keys[k] = -abs(dual.reduced[j])
        if keys[k] > -FREE:
            used = 0.0
            for t in range(columns.start[j], columns.start[j + 1]):
                used += dual.prices[columns.row[t]] * abs(columns.coef[t])
            keys[k] = 1.0 / (1.0 + used)
    return which[np.argsort(keys, kind="mergesort")]


@compiled
def _side_by_side(columns: Columns, dearest: Whole, prices: Array, size: int) -> Whole:
    """Columns tied by a priced rule follow one another, so that what breaking it costs is known at once."""
    members, filled = _members(columns, dearest, prices)
    order = np.empty(len(dearest), dtype=np.int64)
    placed = np.zeros(size, dtype=np.bool_)
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
def _members(columns: Columns, which: Whole, prices: Array) -> tuple[Whole, Whole]:
    """The columns of each priced rule among `which`, and how many there are."""
    height = len(prices)
    users = np.zeros(height, dtype=np.int64)
    for j in which:
        for t in range(columns.start[j], columns.start[j + 1]):
            users[columns.row[t]] += 1
    members = np.empty((height, TIED), dtype=np.int64)
    filled = np.zeros(height, dtype=np.int64)
    for j in which:
        for t in range(columns.start[j], columns.start[j + 1]):
            i = columns.row[t]
            if prices[i] > 0.0 and users[i] <= TIED:
                members[i, filled[i]] = j
                filled[i] += 1
    return members, filled


@compiled
def _finish(values: Array, frame: Frame, chosen: Chosen, best: Best) -> None:
    """A whole portfolio: sum it afresh, in one order whatever the way here, and keep it if it is the best."""
    value = worth(values, chosen)
    known = best.state[0]
    if (known == -np.inf or value >= known - rounding(known)) and keeps(frame, chosen):
        offer(best, value, chosen, frame.methods)


@compiled
def keeps(frame: Frame, chosen: Chosen) -> bool:
    """Whether a portfolio keeps every row."""
    columns = frame.columns
    used = np.zeros(len(frame.bounds))
    for j in range(len(chosen)):
        if chosen[j]:
            for t in range(columns.start[j], columns.start[j + 1]):
                used[columns.row[t]] += columns.coef[t]
    return bool(np.all(used <= frame.bounds))
