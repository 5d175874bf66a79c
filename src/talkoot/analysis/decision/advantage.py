"""The greatest advantage that a portfolio with (or without) a method can have over given rivals: see `guarantees`."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import highspy
import numpy as np
from highspy._core import _Highs
from scipy import sparse

from talkoot.analysis.decision.exact.milp import OPTIONS

if TYPE_CHECKING:
    from talkoot.analysis.decision.exact.program import Array, Chosen, Program

SMALL = 60  # vertices × columns up to which portfolios are held to be whole
LARGE = 20_000  # vertices × columns beyond which nothing is attempted
WHOLE_NODES = 2_000


@dataclass(frozen=True)
class Most:
    """The greatest advantage, and where: the mixture of vertices, and the portfolio (columns, from 0 to 1)."""

    value: float
    mixture: Array
    chosen: Array


class Advantage:
    """One linear program for all questions: only the bounds of the method's column, and rivals, change.

    Variables: μ, vertices × columns; λ, vertices; t, the advantage. `low`, `high`: vertices × columns.
    """

    def __init__(self, program: Program, low: Array, high: Array, rivals: Chosen) -> None:
        self.program, self.low, self.high = program, low, high
        self.vertices, self.columns = low.shape
        self.cells = self.vertices * self.columns
        self._rivals: dict[bytes, tuple[int, Chosen]] = {}
        self._fixed = np.where(np.tile(program.lower, self.vertices), 0.0, -np.inf)
        self._model: _Highs | None = None
        if self.cells <= LARGE:
            self._model = self._build()
        for rival in rivals:
            self.add(rival)

    @property
    def is_small(self) -> bool:
        return self.cells <= SMALL

    def add(self, rival: Chosen) -> bool:
        """One more rival: t ≤ Σ high · μ where it has not, − Σ low · (λ − μ) where it has; False if it was known."""
        if rival.tobytes() in self._rivals or self._model is None:
            return False
        self._rivals[rival.tobytes()] = self._model.getNumRow(), rival
        gain = np.where(rival, self.low, self.high)
        coef = np.concatenate([-gain.ravel(), (self.low * rival).sum(axis=1), [1.0]])
        used = np.flatnonzero(coef)
        self._model.addRow(-highspy.kHighsInf, 0.0, len(used), used.astype(np.int32), coef[used])
        return True

    def greatest(self, method: int, *, inside: bool, whole: bool = False, shrunk: float = 0.0) -> Most | None:
        """Of every portfolio with the method inside (or not) over the rivals without it (or with it); None when
        there is none. `shrunk`: only weights that mix every vertex to at least this share of an even mixture."""
        model = self._model
        if model is None:
            return Most(np.inf, np.full(self.vertices, 1 / self.vertices), np.zeros(self.columns))
        own = [v * self.columns + method for v in range(self.vertices)]
        least = shrunk / self.vertices
        for v, cell in enumerate(own):
            model.changeColBounds(self.cells + v, least, 1.0)
            model.changeRowBounds(cell, 0.0 if inside else -highspy.kHighsInf, 0.0)
            model.changeColBounds(cell, 0.0, 1.0 if inside else 0.0)
        for row, rival in self._rivals.values():
            free = bool(rival[method]) == inside
            model.changeRowBounds(row, -highspy.kHighsInf, highspy.kHighsInf if free else 0.0)
        found = self._whole(model) if whole else self._run(model)
        for cell in own:
            model.changeRowBounds(cell, self._fixed[cell], 0.0)
            model.changeColBounds(cell, 0.0, 1.0)
        return found

    def _whole(self, model: _Highs) -> Most | None:
        """With x = Σ over vertices of μ held to 0 or 1: then μ is λ · x exactly."""
        size, height = model.getNumCol(), model.getNumRow()
        for j in range(self.columns):
            model.addCol(0.0, 0.0, 1.0, 0, np.zeros(0, dtype=np.int32), np.zeros(0))
            model.changeColIntegrality(size + j, highspy.HighsVarType.kInteger)
            cells = [v * self.columns + j for v in range(self.vertices)]
            index = np.array([*cells, size + j], dtype=np.int32)
            model.addRow(0.0, 0.0, len(index), index, np.array([1.0] * len(cells) + [-1.0]))
        found = self._run(model)
        model.deleteRows(self.columns, np.arange(height, height + self.columns, dtype=np.int32))
        model.deleteCols(self.columns, np.arange(size, size + self.columns, dtype=np.int32))
        return found

    def _run(self, model: _Highs) -> Most | None:
        model.run()
        status = model.getModelStatus()
        if status == highspy.HighsModelStatus.kInfeasible:
            return None
        solution = np.array(model.getSolution().col_value)
        if status != highspy.HighsModelStatus.kOptimal or not len(solution):
            return Most(np.inf, np.full(self.vertices, 1 / self.vertices), np.zeros(self.columns))
        mixture = np.clip(solution[self.cells : self.cells + self.vertices], 0, None)
        chosen = solution[: self.cells].reshape(self.vertices, self.columns).sum(axis=0)
        return Most(
            float(solution[self.cells + self.vertices]), mixture / mixture.sum(), np.clip(chosen, 0, 1)
        )

    def _build(self) -> _Highs:
        """Rows: μ ≤ λ a cell, equal where a column is fixed in; the rules a vertex; Σ λ = 1."""
        each = sparse.identity(self.vertices)
        ones = np.ones((self.columns, 1))
        within = sparse.hstack([sparse.identity(self.cells), -sparse.kron(each, ones), _nothing(self.cells)])
        rules = sparse.hstack(
            [
                sparse.kron(each, sparse.csr_array(self.program.rows)),
                -sparse.kron(each, self.program.bounds[:, None]),
                _nothing(self.vertices * len(self.program.bounds)),
            ]
        )
        mixed = sparse.hstack([sparse.csr_array((1, self.cells)), np.ones((1, self.vertices)), _nothing(1)])
        matrix = sparse.csr_array(sparse.vstack([within, rules, mixed]))
        lower = np.full(matrix.shape[0], -np.inf)
        lower[: self.cells] = self._fixed
        lower[-1] = 1.0
        upper = np.zeros(matrix.shape[0])
        upper[-1] = 1.0
        return self._passed(matrix, lower, upper)

    def _passed(self, matrix: sparse.csr_array, lower: Array, upper: Array) -> _Highs:
        problem = highspy.HighsLp()
        problem.num_row_, problem.num_col_ = matrix.shape
        problem.col_cost_ = np.append(np.zeros(matrix.shape[1] - 1), 1.0)
        high = np.tile(self.program.reachable.astype(float), self.vertices)
        problem.col_lower_ = np.append(np.zeros(matrix.shape[1] - 1), -np.inf)
        problem.col_upper_ = np.concatenate([high, np.ones(self.vertices), [1e9]])
        problem.row_lower_, problem.row_upper_ = lower, upper
        problem.a_matrix_.format_ = highspy.MatrixFormat.kRowwise
        problem.a_matrix_.start_ = matrix.indptr.astype(np.int32)
        problem.a_matrix_.index_ = matrix.indices.astype(np.int32)
        problem.a_matrix_.value_ = matrix.data
        problem.sense_ = highspy.ObjSense.kMaximize
        model = _Highs()
        for option, value in (OPTIONS | {"mip_max_nodes": WHOLE_NODES}).items():
            model.setOptionValue(option, value)
        model.passModel(problem)
        return model


def _nothing(height: int) -> sparse.csr_array:
    return sparse.csr_array((height, 1))
