"""Where a rising or falling function crosses zero (scipy.optimize would take longer to load than to run)."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable

ROUNDS = 200
SETTLED = 1e-14


def between(f: Callable[[float], float], low: float, high: float, settled: float = SETTLED) -> float:
    """The root of f in [low, high], where its sign changes: false position by the Illinois rule, halved when slow."""
    at_low, at_high = f(low), f(high)
    for number in range(ROUNDS):
        width = high - low
        if abs(width) <= settled * (abs(low) + abs(high)) or at_high == at_low:
            break
        middle = (low + high) / 2 if number % 4 == 3 else high - at_high * width / (at_high - at_low)  # noqa: PLR2004 -- every fourth
        here = f(middle)
        if here == 0:
            return middle
        if (here > 0) == (at_high > 0):
            high, at_high, at_low = middle, here, at_low / 2
        else:
            low, at_low = middle, here
            at_high /= 2
    return (low + high) / 2
