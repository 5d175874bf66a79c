"""Which figures are too small or too much one contributor's to be shown (Hundepool et al. 2012, chapters 4, 5)."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

NAME = "Threshold, dominance and p per cent"
CITATION = "Hundepool, A. et al. (2012). Statistical Disclosure Control. Wiley."
WHOLE = 100.0
PAIR = 2
THRESHOLD = 5


@dataclass(frozen=True)
class Rule:
    """A count below `threshold` but not 0; or the largest n contributions above k per cent of the sum
    (`dominance`); or all but the two largest below p per cent of the largest (`p_percent`)."""

    threshold: int = THRESHOLD
    dominance: tuple[int, float] | None = None
    p_percent: float | None = None

    def hides(self, count: int, contributions: Sequence[float] = ()) -> bool:
        return 0 < count < self.threshold or self._dominated(contributions) or self._close(contributions)

    def _dominated(self, contributions: Sequence[float]) -> bool:
        total = sum(contributions)
        if self.dominance is None or total <= 0:
            return False
        most, percent = self.dominance
        return sum(sorted(contributions, reverse=True)[:most]) > percent / WHOLE * total

    def _close(self, contributions: Sequence[float]) -> bool:
        total = sum(contributions)
        if self.p_percent is None or total <= 0:
            return False
        largest = sorted(contributions, reverse=True)
        return total - sum(largest[:PAIR]) < self.p_percent / WHOLE * largest[0]
