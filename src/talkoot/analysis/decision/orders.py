"""Limits and orders of weights that contradict each other: the smallest set, exact and at once.

Limits (low ≤ weight ≤ high) and orders (one weighs at least as much as another) hand their ends on along the orders:
a weight is at least every low end below it and at most every high end above it. The weights can sum to 1 exactly when
no handed low end is above the handed high end, the handed low ends sum to at most 1 and the handed high ends to at
least 1: between the two vectors every sum is met, for both obey all limits and orders and so does a mixture of them.
"""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from functools import cache
from itertools import combinations
from typing import TYPE_CHECKING

from talkoot.analysis.decision import weights
from talkoot.analysis.decision.weights import SLACK, fraction

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence

    from talkoot.analysis.decision.weights import WeightStatement

NOTHING, ALL = Fraction(0), Fraction(1)
SEARCHED = 16  # so many limits and orders are searched set by set, 2 ** SEARCHED sets at most


@dataclass(frozen=True)
class Limit:
    """One end of one weight; `index` is the place of its statement."""

    at: str
    end: Fraction
    index: int


@dataclass(frozen=True)
class Order:
    """`more` weighs at least as much as `less`."""

    more: str
    less: str
    index: int


def contradiction(criteria: Sequence[str], statements: Sequence[WeightStatement]) -> tuple[int, ...]:
    """As `weights.contradiction`, in a moment where all statements are limits and orders."""
    read = [_read(index, statement) for index, statement in enumerate(statements)]
    orders = [each for each in read if isinstance(each, Order)]
    limits = [each for each in read if isinstance(each, tuple)]
    if not orders or len(orders) + len(limits) < len(statements):
        return weights.contradiction(criteria, statements)
    lows = [limit for sense, limit in limits if sense == ">="]
    highs = [limit for sense, limit in limits if sense == "<="]
    found = [*_crossing(lows, highs, orders), _lows_too_high(criteria, lows, orders)]
    found.append(_highs_too_low(criteria, highs, orders))
    return min((each for each in found if each), key=lambda some: (len(some), some), default=())


def _read(index: int, statement: WeightStatement) -> tuple[str, Limit] | Order | None:
    """The statement as a limit or an order, or None for another kind."""
    coef = {criterion: a for criterion, a in statement.coef.items() if a}
    if sorted(coef.values()) == [1] and statement.op != "=":
        return statement.op, Limit(next(iter(coef)), fraction(statement.rhs), index)
    if sorted(coef.values()) == [-1, 1] and statement.rhs == 0 and statement.op != "=":
        one, other = sorted(coef, key=lambda criterion: -coef[criterion])
        more, less = (one, other) if statement.op == ">=" else (other, one)
        return Order(more, less, index)
    return None


def _crossing(
    lows: Sequence[Limit], highs: Sequence[Limit], orders: Sequence[Order]
) -> Iterator[tuple[int, ...]]:
    """A high end below a low end that it must be at least, with the fewest orders between them."""
    for high in highs:
        below = _chains(high.at, orders)
        for low in lows:
            if low.at in below and low.end > high.end + SLACK:
                yield tuple(sorted({high.index, low.index, *below[low.at]}))


def _chains(start: str, orders: Sequence[Order]) -> dict[str, tuple[int, ...]]:
    """Each criterion that weighs at most as much as `start`, with the shortest chain of orders that says so."""
    found: dict[str, tuple[int, ...]] = {start: ()}
    edge = [start]
    while edge:
        at = edge.pop(0)
        for order in orders:
            if order.more == at and order.less not in found:
                found[order.less] = (*found[at], order.index)
                edge.append(order.less)
    return found


def _lows_too_high(
    criteria: Sequence[str], lows: Sequence[Limit], orders: Sequence[Order]
) -> tuple[int, ...]:
    reach = _reaching(criteria, orders)

    def fails(some: frozenset[int]) -> bool:
        below, ends = reach(some), [limit for limit in lows if limit.index in some]
        handed = (max((e.end for e in ends if e.at in below[each]), default=NOTHING) for each in criteria)
        return sum(max(NOTHING, end) for end in handed) > ALL + SLACK

    return _smallest([*(low.index for low in lows), *(order.index for order in orders)], fails)


def _highs_too_low(
    criteria: Sequence[str], highs: Sequence[Limit], orders: Sequence[Order]
) -> tuple[int, ...]:
    reach = _reaching(criteria, orders)

    def fails(some: frozenset[int]) -> bool:
        below, ends = reach(some), [limit for limit in highs if limit.index in some]
        handed = (min((e.end for e in ends if each in below[e.at]), default=ALL) for each in criteria)
        return sum(min(ALL, end) for end in handed) < ALL - SLACK

    return _smallest([*(high.index for high in highs), *(order.index for order in orders)], fails)


def _reaching(
    criteria: Sequence[str], orders: Sequence[Order]
) -> Callable[[frozenset[int]], dict[str, dict[str, tuple[int, ...]]]]:
    """For some statements, what each criterion weighs at least as much as by the orders among them."""
    every = frozenset(order.index for order in orders)

    @cache
    def reach(told: frozenset[int]) -> dict[str, dict[str, tuple[int, ...]]]:
        among = [order for order in orders if order.index in told]
        return {each: _chains(each, among) for each in criteria}

    return lambda some: reach(some & every)


def _smallest(indices: Iterable[int], fails: Callable[[frozenset[int]], bool]) -> tuple[int, ...]:
    """The smallest set that fails; of very many statements one from which nothing can be taken away."""
    kept = sorted(indices)
    if not fails(frozenset(kept)):
        return ()
    if len(kept) > SEARCHED:
        for index in list(kept):
            if fails(frozenset(kept) - {index}):
                kept.remove(index)
        return tuple(kept)
    sizes = (combinations(kept, size) for size in range(1, len(kept) + 1))
    return next(some for same in sizes for some in same if fails(frozenset(some)))
