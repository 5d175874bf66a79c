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
from talkoot.analysis.decision.exact.walk import begin

if TYPE_CHECKING:
    from talkoot.analysis.decision.exact.bound import Priced
    from talkoot.analysis.decision.exact.program import Array, Chosen, Frame

EQUAL = 1e-9  # values closer than this, relative to their size, are the same value
CLEAR = 20.0  # so many times EQUAL better is better, also where limits have room for rounding
EQUALS = 2_000  # met before ties are left to be settled method by method
PLACES = 2  # of a column: in or out


class Best(NamedTuple):
    """The best portfolio so far. `state`: its value, or the floor while there is none; whether there is one (1 or
    0); how many portfolios equal to it have been met."""

    chosen: Chosen
    state: Array


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
def search(  # noqa: C901, PLR0912, PLR0915 -- one loop: see below
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
    walk = begin(frame, dual, gap)
    if not walk.possible:
        return 0, True
    # Taken apart, and all in one loop: to take an array out of a tuple, or to give it to a function, costs more than a
    # step does.
    order, losses, better, chosen = walk.order, walk.loss, walk.better, walk.chosen
    spare, idle, price, spend, forgo = walk.budgets
    first, row, size, rule_price, positive, rule_spare, rule_idle, old_spare, old_idle = walk.tied
    depths, budgets = len(order), len(price)
    tried = np.zeros(depths + 1, dtype=np.uint8)
    lost = np.full(depths + 1, walk.lost)
    allowed = _allowed(dual.bound, gap, strict, best)
    depth, steps = 0, 0
    while True:
        while depth < depths and tried[depth] < PLACES:
            steps += 1
            if steps > most_steps:
                return steps, False
            stays = tried[depth] == 0
            tried[depth] += 1
            loss = lost[depth] if stays else lost[depth] + losses[depth]
            if loss > allowed:
                continue
            inside = better[depth] == stays
            place = 1 if inside else 0
            fits, unused = True, 0.0
            for q in range(budgets):
                left = spare[depth, q] - spend[depth, place, q]
                over = idle[depth, q] + forgo[depth, place, q]
                spare[depth + 1, q], idle[depth + 1, q] = left, over
                if left < 0.0:
                    fits = False
                if over > 0.0:
                    unused += price[q] * over
            if not fits or loss + unused > allowed:
                continue
            for t in range(first[depth], first[depth + 1]):
                i = row[t]
                old_spare[t], old_idle[t] = rule_spare[i], rule_idle[i]
                if inside == positive[t]:
                    rule_spare[i] -= size[t]
                    if rule_spare[i] < 0.0:
                        fits = False
                else:
                    loss -= rule_price[t] * max(0.0, rule_idle[i])
                    rule_idle[i] += size[t]
                    loss += rule_price[t] * max(0.0, rule_idle[i])
            if fits and loss + unused <= allowed:
                chosen[order[depth]] = inside
                depth += 1
                tried[depth], lost[depth] = 0, loss
            else:
                for t in range(first[depth], first[depth + 1]):
                    rule_spare[row[t]], rule_idle[row[t]] = old_spare[t], old_idle[t]
        if depth == depths:
            _finish(values, frame, chosen, best)
            if best.state[2] > EQUALS and not strict:
                return steps, False
            allowed = _allowed(dual.bound, gap, strict, best)
        depth -= 1
        if depth < 0:
            return steps, True
        for t in range(first[depth], first[depth + 1]):
            rule_spare[row[t]], rule_idle[row[t]] = old_spare[t], old_idle[t]


@compiled
def _allowed(bound: float, gap: float, strict: bool, best: Best) -> float:  # noqa: FBT001 -- compiled code has no keywords
    """How much a portfolio may leave behind and still matter."""
    known = best.state[0]
    if known == -np.inf:
        return gap
    margin = rounding(known)
    return float(min(gap, bound - known - CLEAR * margin if strict else bound - known + margin))


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
