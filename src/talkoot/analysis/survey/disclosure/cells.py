"""Published figures that add up to one another, and what a reader can infer of those that are hidden.

The reader knows every published figure, every sum, and that no count is negative. What is possible is then a
polytope, and a linear program finds the least and the greatest value of each hidden figure (Fischetti and
Salazar 2001; Hundepool et al. 2012). In a table of two dimensions, and in any that is a network of flows, the
ends are whole numbers, so that the interval is exact; elsewhere it may be wider than that of whole tables.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Generic, TypeVar

import highspy
import numpy as np
from highspy._core import _Highs

if TYPE_CHECKING:
    from collections.abc import Hashable, Iterable, Mapping, Sequence

    from numpy.typing import NDArray

Key = TypeVar("Key", bound="Hashable")
ROUNDING = 1e-6


@dataclass(frozen=True)
class Sum(Generic[Key]):
    """`whole` is the sum of `parts`."""

    whole: Key
    parts: tuple[Key, ...]


class Reader(Generic[Key]):
    """What can be inferred of `counts` {key: count} tied by `sums`, for any choice of what is hidden."""

    def __init__(self, counts: Mapping[Key, int], sums: Iterable[Sum[Key]]) -> None:
        self.counts = counts
        self.keys = list(counts)
        self.place = {key: index for index, key in enumerate(self.keys)}
        self.known = np.array([counts[key] for key in self.keys], dtype=float)
        self.ties = _ties(self.place, list(sums))
        self.most = float(self.known.max(initial=0))
        self._model = _model(self.ties)
        self._open: NDArray[np.intp] = np.empty(0, dtype=np.intp)

    def hide(self, hidden: Iterable[Key]) -> None:
        """From now on these are hidden and no others."""
        columns = np.arange(len(self.keys), dtype=np.int32)
        chosen = np.zeros(len(self.keys), dtype=bool)
        chosen[[self.place[key] for key in hidden]] = True
        low = np.where(chosen, -self.known, 0.0)
        high = np.where(chosen, self.most - self.known, 0.0)
        self._open = np.flatnonzero(chosen)
        self._model.changeColsBounds(len(columns), columns, low, high)

    def reach(self, key: Key, direction: int) -> tuple[float, NDArray[np.float64]]:
        """How far the figure can lie above (1) or below (−1) the true one, and the price of every figure:
        what its count would let through if it were hidden."""
        index = self.place[key]
        self._model.changeColCost(index, float(direction))
        self._model.run()
        if self._model.getModelStatus() != highspy.HighsModelStatus.kOptimal:
            raise RuntimeError("HiGHS did not finish.")
        found = float(self._model.getObjectiveValue())
        prices = np.array(self._model.getSolution().col_dual)
        self._model.changeColCost(index, 0.0)
        return found, prices

    def interval(self, key: Key) -> tuple[int, int]:
        """Least and greatest count that agree with what is published."""
        up, down = self.reach(key, 1)[0], self.reach(key, -1)[0]
        count = self.counts[key]
        return count - int(np.floor(down + ROUNDING)), count + int(np.floor(up + ROUNDING))


def _ties(place: Mapping[Key, int], sums: Sequence[Sum[Key]]) -> NDArray[np.float64]:
    """sums × figures, each row 0 for every true table."""
    ties = np.zeros((len(sums), len(place)))
    for row, tie in enumerate(sums):
        ties[row, place[tie.whole]] -= 1
        for part in tie.parts:
            ties[row, place[part]] += 1
    return ties


def _model(ties: NDArray[np.float64]) -> _Highs:
    model = _Highs()  # the class that prints no banner
    model.setOptionValue("output_flag", False)
    model.setOptionValue("threads", 1)
    model.setOptionValue("presolve", "off")
    model.setOptionValue("solver", "simplex")
    rows, columns = ties.shape
    program = highspy.HighsLp()
    program.num_col_, program.num_row_ = columns, rows
    program.sense_ = highspy.ObjSense.kMaximize
    program.col_cost_ = np.zeros(columns)
    program.col_lower_ = program.col_upper_ = np.zeros(columns)
    program.row_lower_ = program.row_upper_ = np.zeros(rows)
    sparse = [np.flatnonzero(row) for row in ties]
    program.a_matrix_.format_ = highspy.MatrixFormat.kRowwise
    program.a_matrix_.start_ = np.concatenate([[0], np.cumsum([len(row) for row in sparse])]).astype(np.int32)
    program.a_matrix_.index_ = np.concatenate([*sparse, np.empty(0)]).astype(np.int32)
    program.a_matrix_.value_ = np.concatenate(
        [*(row[at] for row, at in zip(ties, sparse, strict=True)), np.empty(0)]
    )
    model.passModel(program)
    return model
