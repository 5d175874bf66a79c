"""Shares from counts alone, for many answers of few kinds: exact, and as fast for a hundred thousand as for a hundred.

Rows of one kind have the same stratum, weights and auxiliary variables. Of each kind only the sum and the sum of
squares of the residuals matter, and both follow from how many chose each level in each domain.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from talkoot.analysis.survey.estimation.design import product, summed
from talkoot.analysis.survey.estimation.moments import Moments

if TYPE_CHECKING:
    from talkoot.analysis.survey.estimation.design import Codes, Floats
    from talkoot.analysis.survey.estimation.sample import Kinds, Sample

ROUNDING = 1e-13  # of the variance without calibration: what is left of one that calibration takes to zero


def shares(sample: Sample, kinds: Kinds, codes: Codes, levels: int, domains: Codes, count: int) -> Moments:
    """Of domains × levels, the levels of the first domain first. `codes`, `domains`: −1 for none."""
    key = kinds.of_row * ((count + 1) * (levels + 1)) + (levels + 2)
    key += domains * (levels + 1)
    key += codes
    size = len(kinds.first) * (count + 1) * (levels + 1)
    cells = np.bincount(key, minlength=size).reshape(-1, count + 1, levels + 1).astype(float)
    everyone, chosen = cells.sum(axis=(1, 2)), cells[:, 1:, 1:]
    answered = chosen.sum(axis=2)
    weights = sample.weights[kinds.first]
    population = np.einsum("k,kd->d", weights, answered)
    scale = np.where(population == 0, 1.0, population)
    share = np.einsum("k,kdl->dl", weights, chosen) / scale[:, None]
    sums = chosen - share * answered[:, :, None]
    squares = chosen * (1 - 2 * share) + answered[:, :, None] * share**2
    flat = (len(kinds.first), count * levels)
    wide = np.repeat(scale, levels)
    variances = _variances(
        sample, kinds, everyone, sums.reshape(flat) / wide, squares.reshape(flat) / wide**2
    )
    n = answered.sum(axis=0)
    return Moments(
        estimates=share.ravel(),
        variances=variances,
        spread=np.einsum("k,kdl->dl", weights, squares).ravel() / wide,
        size=np.repeat(population, levels),
        squares=np.repeat(np.einsum("k,kd->d", weights**2, answered), levels),
        n=np.repeat(n, levels),
        weighing=np.repeat(answered[weights != 0].sum(axis=0), levels),
        missing=np.repeat(cells[:, 1:].sum(axis=(0, 2)) - n, levels),
    )


def _variances(sample: Sample, kinds: Kinds, everyone: Floats, sums: Floats, squares: Floats) -> Floats:
    """`sums`, `squares`: kinds × figures, of the linearised values of the rows of each kind."""
    stage, calibration = sample.design.stages[0], sample.calibration
    stratum = stage.stratum[kinds.first]
    if calibration is None:
        weights = sample.weights[kinds.first, None]
        totals, powers = weights * sums, weights**2 * squares
    else:
        before, after = calibration.before[kinds.first, None], calibration.after[kinds.first, None]
        used = np.divide(sample.weights[kinds.first, None], after, out=np.zeros_like(after), where=after != 0)
        cell = calibration.cell[kinds.first]
        by_cell = summed(cell, len(calibration.basis), before * used * sums)
        fitted = product(calibration.basis, product(calibration.basis.T, by_cell))[cell]
        many = everyone[:, None]
        totals = after * (used * sums - many * fitted)
        powers = after**2 * (used**2 * squares - 2 * used * sums * fitted + many * fitted**2)
    between = summed(stratum, len(stage.sampled), totals) ** 2
    within = np.einsum("k,kf->f", stage.factor[stratum], powers)
    found = within - np.einsum("h,hf->f", stage.factor / stage.sampled, between)
    plain = np.einsum("k,kf->f", stage.factor[stratum], sample.weights[kinds.first, None] ** 2 * squares)
    return np.where(found > plain * ROUNDING, found, 0.0)
