"""Every non-dominated portfolio of a small program, by a depth-first walk through all that keep the rows.

A branch ends when no portfolio in it can keep the rows, or when one already found is worth more at every vertex of
the weights even if all that is open turned out best: as much of it, in parts, as each scarce row alone has room for
(Dantzig 1957), the dearest for its need first.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from talkoot.analysis.decision.exact.compiled import compiled
from talkoot.analysis.decision.exact.search import PLACES, keeps
from talkoot.analysis.decision.exact.walk import ROUNDING

if TYPE_CHECKING:
    from talkoot.analysis.decision.exact.program import Array, Chosen, Columns, Frame, Whole

COMPLETE, TOO_LONG, TOO_MANY = 0, 1, 2
COMPARED = 256  # portfolios that are compared in the time of a step


class Ends(NamedTuple):
    """Ends of the weighted scores, vertices × columns; `points`: whether the two are the same."""

    low: Array
    high: Array
    points: bool


class Kept(NamedTuple):
    """The first `filled` portfolios, which none dominates so far, and their value at low scores at each vertex."""

    chosen: Chosen
    low: Array
    filled: Whole


class Reach(NamedTuple):
    """What of each row may still be used; at each vertex the value of what is chosen, and the most that can be reached
    if there were room for all that is open."""

    spare: Array
    held: Array
    most: Array


class Scarce(NamedTuple):
    """Rows that every choice uses up: which they are, their coefficients, and for each of them and each vertex the
    columns of worth by value for need, the greatest first, filled up with −1. `place`: when a column is decided,
    counted from the first; −1 when it is not open."""

    rows: Whole
    needs: Array
    ranked: Whole
    place: Whole


@compiled
def non_dominated(
    frame: Frame, order: Whole, scarce: Scarce, ends: Ends, seeds: Chosen, most_steps: int, most_kept: int
) -> tuple[Chosen, int]:
    """The portfolios, and how the walk ended. `order`: the open columns in the order they are decided; `seeds`:
    portfolios that keep the rows, to begin with."""
    size, vertices = len(frame.lower), len(ends.low)
    kept = Kept(
        np.zeros((most_kept, size), dtype=np.bool_),
        np.zeros((most_kept, vertices)),
        np.zeros(1, dtype=np.int64),
    )
    if not _offer_all(kept, seeds, ends):
        return kept.chosen[:0], TOO_MANY
    reach = _begin(frame, ends)
    chosen = frame.lower.copy()
    tried = np.zeros(len(order) + 1, dtype=np.int64)
    most = np.zeros(vertices)
    depth, steps = 0, 0
    while depth >= 0:
        if depth == len(order):
            if keeps(frame, chosen) and not _offer(kept, chosen, ends):
                return kept.chosen[:0], TOO_MANY
            depth -= 1
            continue
        j = order[depth]
        if tried[depth] > 0:
            _shift(frame.columns, reach, ends.high, j, tried[depth] == 1, -1.0)
        if tried[depth] == PLACES:
            tried[depth], chosen[j] = 0, False
            depth -= 1
            continue
        steps += 1 + kept.filled[0] // COMPARED
        if steps > most_steps:
            return kept.chosen[:0], TOO_LONG
        tried[depth] += 1
        chosen[j] = tried[depth] == 1
        if _shift(frame.columns, reach, ends.high, j, chosen[j], 1.0):
            _limit(scarce, reach, ends.high, depth + 1, most)
            if not _is_hopeless(kept, most):
                depth += 1
    return kept.chosen[: kept.filled[0]], COMPLETE


@compiled
def _begin(frame: Frame, ends: Ends) -> Reach:
    """Before anything is decided: open columns use the least of each row, and add what they can."""
    columns = frame.columns
    spare = frame.bounds + ROUNDING * np.maximum(1.0, np.abs(frame.bounds))
    reach = Reach(spare, np.zeros(len(ends.high)), np.zeros(len(ends.high)))
    for j in range(len(frame.lower)):
        opened = frame.upper[j] and not frame.lower[j]
        for v in range(len(ends.high)):
            if frame.lower[j] or (opened and ends.high[v, j] > 0.0):
                reach.most[v] += ends.high[v, j]
            if frame.lower[j]:
                reach.held[v] += ends.high[v, j]
        for t in range(columns.start[j], columns.start[j + 1]):
            a = columns.coef[t]
            if frame.lower[j]:
                reach.spare[columns.row[t]] -= a
            elif opened:
                reach.spare[columns.row[t]] -= min(a, 0.0)
    return reach


@compiled
def _shift(
    columns: Columns,
    reach: Reach,
    high: Array,
    j: int,
    inside: bool,  # noqa: FBT001 -- compiled code has no keywords
    way: float,
) -> bool:
    """Set column j (way 1) or take it back (way −1); whether the rows can still be kept."""
    fits = True
    for t in range(columns.start[j], columns.start[j + 1]):
        i, a = columns.row[t], columns.coef[t]
        if inside == (a > 0.0):
            reach.spare[i] -= way * abs(a)
            fits = fits and reach.spare[i] >= 0.0
    for v in range(len(reach.most)):
        if inside != (high[v, j] > 0.0):
            reach.most[v] -= way * abs(high[v, j])
        if inside:
            reach.held[v] += way * high[v, j]
    return fits


@compiled
def _limit(scarce: Scarce, reach: Reach, high: Array, depth: int, most: Array) -> None:
    """The most that can be reached at each vertex once the first `depth` open columns are decided."""
    for v in range(len(most)):
        most[v] = reach.most[v]
        for r in range(len(scarce.rows)):
            room, value = reach.spare[scarce.rows[r]], reach.held[v]
            for j in scarce.ranked[r, v]:
                if j < 0 or value >= most[v]:
                    break
                if scarce.place[j] < depth:
                    continue
                need = scarce.needs[r, j]
                if need > room:
                    value += high[v, j] * room / need
                    break
                room -= need
                value += high[v, j]
            most[v] = min(most[v], value)


@compiled
def _is_hopeless(kept: Kept, most: Array) -> bool:
    """Whether a kept portfolio is worth more than `most` at every vertex, whatever the scores."""
    for p in range(kept.filled[0]):
        worse = True
        for v in range(len(most)):
            worse = worse and kept.low[p, v] > most[v] + ROUNDING * max(1.0, abs(most[v]))
            if not worse:
                break
        if worse:
            _move_forward(kept, p)
            return True
    return False


@compiled
def _move_forward(kept: Kept, p: int) -> None:
    """A portfolio that ends many branches is asked sooner."""
    q = p // 2
    for j in range(kept.chosen.shape[1]):
        kept.chosen[p, j], kept.chosen[q, j] = kept.chosen[q, j], kept.chosen[p, j]
    for v in range(kept.low.shape[1]):
        kept.low[p, v], kept.low[q, v] = kept.low[q, v], kept.low[p, v]


@compiled
def _offer_all(kept: Kept, seeds: Chosen, ends: Ends) -> bool:
    for seed in seeds:  # noqa: SIM110 -- compiled
        if not _offer(kept, seed, ends):
            return False
    return True


@compiled
def _offer(kept: Kept, chosen: Chosen, ends: Ends) -> bool:
    """Keep a portfolio unless one kept dominates it or is it; drop those it dominates. False when full."""
    low = np.zeros(len(ends.low))
    for j in range(len(chosen)):
        if chosen[j]:
            low += ends.low[:, j]
    p = 0
    while p < kept.filled[0]:
        if np.array_equal(kept.chosen[p], chosen) or _dominates(
            kept.chosen[p], kept.low[p], chosen, low, ends
        ):
            return True
        if _dominates(chosen, low, kept.chosen[p], kept.low[p], ends):
            last = kept.filled[0] - 1
            kept.chosen[p], kept.low[p] = kept.chosen[last], kept.low[last]
            kept.filled[0] = last
        else:
            p += 1
    if p == len(kept.chosen):
        return False
    kept.chosen[p], kept.low[p] = chosen, low
    kept.filled[0] = p + 1
    return True


@compiled
def _dominates(a: Chosen, a_low: Array, b: Chosen, b_low: Array, ends: Ends) -> bool:
    """Whether a is worth at least as much as b under all weights and scores, and more under some."""
    more = False
    for v in range(len(ends.low)):
        least = a_low[v] - b_low[v]
        most = least
        if not ends.points:
            least, most = 0.0, 0.0
            for j in range(len(a)):
                if a[j] and not b[j]:
                    least += ends.low[v, j]
                    most += ends.high[v, j]
                elif b[j] and not a[j]:
                    least -= ends.high[v, j]
                    most -= ends.low[v, j]
        room = ROUNDING * max(1.0, abs(a_low[v]), abs(b_low[v]))
        if least < -room:
            return False
        more = more or most > room
    return more
