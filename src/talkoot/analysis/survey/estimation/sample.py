"""Answers with their design and weights, and which of them are alike."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

import numpy as np

from talkoot.analysis.survey.estimation.design import coded

if TYPE_CHECKING:
    from talkoot.analysis.survey.estimation.calibration import Calibration
    from talkoot.analysis.survey.estimation.design import Codes, Design, Floats

GATHER = 4  # rows are counted by kind when at least this many are alike on average


def kish(weights: Floats) -> float:
    """What unequal weights cost: n Σw² / (Σw)² (Kish 1965). Answers / this = effective number of answers."""
    return float(len(weights) * (weights @ weights) / weights.sum() ** 2)


@dataclass(frozen=True)
class Kinds:
    """`of_row`: the kind of each row, counted from 0; `first`: a row of each kind."""

    of_row: Codes
    first: Codes


@dataclass(frozen=True)
class Sample:
    """`weights`: those in use, one a row: calibrated and trimmed where the design was."""

    design: Design
    weights: Floats
    calibration: Calibration | None = None

    @property
    def rows(self) -> int:
        return self.design.rows

    def influence(self, values: Floats) -> Floats:
        """Each row's share in the figures of which `values` (rows × figures) are the linearised ones."""
        if self.calibration is None:
            return values * self.weights[:, None]
        return self.calibration.influence(values, self.weights)

    def variances(self, values: Floats) -> Floats:
        return self.design.variances(self.influence(values))

    def covariance(self, values: Floats) -> Floats:
        return self.design.covariance(self.influence(values))

    @cached_property
    def kinds(self) -> Kinds | None:
        """Rows that are alike in stratum and weights, or None: a design with clusters, or too many kinds."""
        if not self.design.of_elements:
            return None
        kind = self.design.stages[0].stratum
        for weights in (self.design.weights, self.weights):
            kind = coded(kind, weights)
        kind = coded(kind, None if self.calibration is None else self.calibration.cell)
        first = np.asarray(np.unique(kind, return_index=True)[1], dtype=np.intp)
        return Kinds(kind, first) if len(first) * GATHER <= self.rows else None
