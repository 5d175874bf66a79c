"""Tests of independence in a table of two answers, corrected for the design (Rao and Scott 1984).

Pearson's X² of the estimated shares times the number of answers, over the mean generalised design effect, is
compared with F: its first degrees of freedom are (Σδ)²/Σδ² of the design effects δ (Satterthwaite), its second
those times the design's. X² of the first order, over the mean δ, is compared with chi-squared.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
from scipy.special import chdtrc, fdtrc

from talkoot.analysis.survey.errors import SurveyError

if TYPE_CHECKING:
    from talkoot.analysis.survey.estimation.design import Codes, Floats
    from talkoot.analysis.survey.estimation.sample import Sample

LEAST = 2


@dataclass(frozen=True)
class Independence:
    """`shares`: rows × columns of the population, sum 1, with `se`. `f` on `df1`, `df2`; `x2`: Pearson's statistic
    before correction, with `p_x2` that of the first-order correction."""

    shares: Floats
    se: Floats
    n: int
    f: float
    df1: float
    df2: float
    p: float
    x2: float
    p_x2: float


def independence(sample: Sample, rows: Codes, columns: Codes) -> Independence:
    """`rows`, `columns`: the level of each answer from 0, −1 where there is none; such answers are left out.

    Levels nobody chose are left out. SurveyError with fewer than two rows or columns, or
    without any error.
    """
    both = (rows >= 0) & (columns >= 0) & (sample.weights > 0)
    tall, row = np.unique(rows[both], return_inverse=True)
    wide, column = np.unique(columns[both], return_inverse=True)
    shape = (len(tall), len(wide))
    if min(shape) < LEAST:
        raise SurveyError("one_row_or_column")
    cells = np.full(sample.rows, -1, dtype=np.intp)
    cells[both] = row * shape[1] + column
    inside = both.astype(float)
    chosen = (cells[:, None] == np.arange(shape[0] * shape[1])).astype(float)
    size = float(sample.weights @ inside)
    shares = (sample.weights @ chosen) / size
    covariance = sample.covariance((chosen - shares * inside[:, None]) / size)
    n = int(np.count_nonzero(both))
    return _tested(shares, covariance, n, sample.design.df, shape)


def _tested(shares: Floats, covariance: Floats, n: int, df: int, shape: tuple[int, int]) -> Independence:
    table = shares.reshape(shape)
    expected = np.outer(table.sum(axis=1), table.sum(axis=0))
    x2 = n * float(((table - expected) ** 2 / expected).sum())
    contrasts = _interactions(*shape)
    inverse = np.divide(1.0, shares, out=np.zeros_like(shares), where=shares > 0)
    simple = contrasts.T @ (contrasts * inverse[:, None]) / n
    scaled = contrasts * inverse[:, None]
    effects = np.linalg.solve(simple, scaled.T @ covariance @ scaled)
    trace = float(np.trace(effects))
    if not trace > 0:
        raise SurveyError("no_error")
    df1 = trace**2 / float(np.trace(effects @ effects))
    rank = contrasts.shape[1]
    return Independence(
        shares=table,
        se=np.sqrt(np.maximum(np.diag(covariance), 0)).reshape(shape),
        n=n,
        f=x2 / trace,
        df1=df1,
        df2=df1 * df,
        p=float(fdtrc(df1, df1 * df, x2 / trace)),
        x2=x2,
        p_x2=float(chdtrc(rank, x2 / (trace / rank))),
    )


def _interactions(rows: int, columns: int) -> Floats:
    """Cells × (rows − 1)(columns − 1): what the sums of rows and columns do not explain."""
    mains = np.hstack(
        [np.kron(np.eye(rows), np.ones((columns, 1))), np.kron(np.ones((rows, 1)), np.eye(columns))]
    )
    both = np.kron(np.eye(rows)[:, 1:], np.eye(columns)[:, 1:])
    return np.asarray(both - mains @ np.linalg.lstsq(mains, both, rcond=None)[0])
