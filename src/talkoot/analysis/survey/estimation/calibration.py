"""Weights that meet known totals of the population, and what they do to the variance.

Post-stratification, raking (Deming and Stephan 1940) and calibration by the linear, raking and logit distance
(Deville and Särndal 1992). The variance is that of the residuals of a regression on the auxiliary variables with
the weights before calibration, times the weights after it (Deville, Särndal and Sautory 1993).
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from talkoot.analysis.refusal import listed
from talkoot.analysis.survey.errors import SurveyError
from talkoot.analysis.survey.estimation import distances
from talkoot.analysis.survey.estimation.design import coded, counted, product, summed

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from talkoot.analysis.survey.estimation.design import Codes, Floats

AGREE = 1e-6
ROUNDS = 1_000


@dataclass(frozen=True)
class Calibration:
    """`before`, `after`: weights of each row. `cell`: the row's pattern of auxiliary variables, counted from 0;
    `basis`: for each pattern a row of M, with which the regression of y on the auxiliary variables is
    M Mᵀ Σ(weight before × y by pattern). Rows of one pattern get the same ratio of weights."""

    before: Floats
    after: Floats
    cell: Codes
    basis: Floats

    def influence(self, values: Floats, weights: Floats) -> Floats:
        """Each row's residual times its weight. `values`: rows × figures, not weighted; `weights`: those in use,
        which differ from `after` where they were trimmed."""
        used = np.divide(weights, self.after, out=np.zeros_like(weights), where=self.after != 0)
        outcome = values * used[:, None]
        sums = summed(self.cell, len(self.basis), outcome * self.before[:, None])
        fitted = product(self.basis, product(self.basis.T, sums))
        return (outcome - fitted[self.cell]) * self.after[:, None]


def calibrated(before: Floats, after: Floats, cell: Codes, patterns: Floats) -> Calibration:
    """`patterns`: patterns × auxiliary variables."""
    root = np.sqrt(np.maximum(counted(cell, before, len(patterns)), 0))[:, None]
    left, sizes, _ = np.linalg.svd(patterns * root, full_matrices=False)
    kept = left[:, sizes > sizes.max(initial=0) * len(patterns) * np.finfo(float).eps]
    basis = np.divide(kept, root, out=np.zeros_like(kept), where=root > 0)
    return Calibration(before, after, cell, np.asarray(basis))


@dataclass(frozen=True)
class Margin:
    """A categorical variable: the level of each row, and the population of each level."""

    name: str
    levels: Sequence[str]
    totals: Mapping[str, float]

    def coded(self) -> tuple[Codes, Floats, list[str]]:
        """The code of each row, the totals by code, and what the codes are called.

        SurveyError where levels and totals do not match one to one (a total of 0 needs no respondent).
        """
        negative = [level for level, total in self.totals.items() if not total >= 0]
        if negative:
            raise SurveyError("negative_totals", negative, levels=listed(negative))
        found = set(self.levels)
        stray = sorted(found - {level for level, total in self.totals.items() if total > 0})
        if stray:
            raise SurveyError("level_without_total", stray, levels=listed([self._named(x) for x in stray]))
        empty = [level for level, total in self.totals.items() if total > 0 and level not in found]
        if empty:
            raise SurveyError("empty_stratum", empty, levels=listed([self._named(x) for x in empty]))
        names = [level for level in self.totals if level in found]
        place = {level: code for code, level in enumerate(names)}
        codes = np.fromiter(map(place.__getitem__, self.levels), dtype=np.intp, count=len(self.levels))
        return codes, np.array([self.totals[level] for level in names], dtype=float), names

    def _named(self, level: str) -> str:
        return f"{self.name} = {level}"


def post_stratify(weights: Floats, margin: Margin) -> Calibration:
    """Weights whose sum in each level is its total. SurveyError: see Margin.coded."""
    codes, totals, names = margin.coded()
    sums = counted(codes, weights, len(totals))
    _refuse_weightless(sums, names)
    return calibrated(weights, weights * (totals / sums)[codes], codes, np.eye(len(totals)))


def rake(weights: Floats, margins: Sequence[Margin], tolerance: float) -> Calibration:
    """Iterative proportional fitting until every margin is met to `tolerance` (relative to the population).

    SurveyError: see Margin.coded; margins with different sums; no convergence.
    """
    read = [margin.coded() for margin in margins]
    sums = [float(totals.sum()) for _, totals, _ in read]
    if max(sums) - min(sums) > AGREE * max(sums):
        names = [margin.name for margin in margins]
        pairs = [f"{name} {total:g}" for name, total in zip(names, sums, strict=True)]
        raise SurveyError("totals_disagree", names, sums=listed(pairs))
    cell, patterns = _patterns([codes for codes, _, _ in read])
    start = counted(cell, weights, len(patterns))
    for column, (_, totals, names) in enumerate(read):
        _refuse_weightless(counted(patterns[:, column], start, len(totals)), names)
    fitted = _fit(start, patterns, read, [margin.name for margin in margins], tolerance)
    ratio = np.divide(fitted, start, out=np.zeros_like(fitted), where=start > 0)
    indicators = np.hstack([np.eye(len(totals))[patterns[:, i]] for i, (_, totals, _) in enumerate(read)])
    return calibrated(weights, weights * ratio[cell], cell, indicators)


def calibrate(
    weights: Floats,
    auxiliary: Mapping[str, Floats],
    totals: Mapping[str, float],
    distance: str,
    bounds: tuple[float, float] | None = None,
) -> Calibration:
    """Weights nearest by `distance` ("linear", "raking" or "logit") that meet every total.

    `auxiliary`: {name: a number for each row}; `totals`: the same names. SurveyError: no such weights.
    """
    names = list(totals)
    matrix = np.column_stack([auxiliary[name] for name in names])
    patterns, cell = np.unique(matrix, axis=0, return_inverse=True)
    cell = np.asarray(cell, dtype=np.intp).ravel()
    start = counted(cell, weights, len(patterns))
    wanted = np.array([totals[name] for name in names], dtype=float)
    ratio, missed = distances.solve(patterns, start, wanted, distance, bounds)
    if missed.any():
        off = [name for name, miss in zip(names, missed, strict=True) if miss]
        raise SurveyError("totals_not_met", off, names=listed(off))
    return calibrated(weights, weights * ratio[cell], cell, patterns)


def _refuse_weightless(sums: Floats, names: Sequence[str]) -> None:
    empty = [name for name, total in zip(names, sums, strict=True) if not total > 0]
    if empty:
        raise SurveyError("empty_stratum", empty, levels=listed(empty))


def _patterns(codes: Sequence[Codes]) -> tuple[Codes, Codes]:
    """The pattern of each row, and patterns × variables."""
    cell = codes[0]
    for other in codes[1:]:
        cell = coded(cell, other)
    first = np.unique(cell, return_index=True)[1]
    cell = np.asarray(np.unique(cell, return_inverse=True)[1], dtype=np.intp)
    return cell, np.column_stack([code[first] for code in codes])


def _fit(
    start: Floats,
    patterns: Codes,
    read: Sequence[tuple[Codes, Floats, list[str]]],
    margins: Sequence[str],
    tolerance: float,
) -> Floats:
    fitted = start.copy()
    population = float(read[0][1].sum())
    off: dict[str, float] = {}
    for _ in range(ROUNDS):
        for column, (_, totals, _) in enumerate(read):
            sums = counted(patterns[:, column], fitted, len(totals))
            fitted *= np.divide(totals, sums, out=np.zeros_like(totals), where=sums > 0)[patterns[:, column]]
        off = {}
        for column, (_, totals, names) in enumerate(read):
            misses = np.abs(counted(patterns[:, column], fitted, len(totals)) - totals)
            off |= {
                f"{margins[column]} = {level}": miss
                for level, miss in zip(names, misses.tolist(), strict=True)
            }
        if max(off.values()) <= tolerance * population:
            return fitted
    worst = [name for name in sorted(off, key=lambda name: -off[name]) if off[name] > tolerance * population]
    raise SurveyError("rake_did_not_converge", worst, rounds=ROUNDS, levels=listed(worst[:3]))


def trimmed(weights: Floats, low: float, high: float) -> Floats:
    """Weights cut to the limits, the excess shared equally among those that were within them.

    Done once, so that a shared excess may lift a weight over the limit (Potter 1990). SurveyError when no weight
    is within the limits.
    """
    outside = (weights < low) | (weights > high)
    if not outside.any():
        return weights
    if outside.all():
        raise SurveyError("all_outside")
    cut = np.clip(weights, low, high)
    excess = float((weights - cut).sum())
    cut[~outside] += excess / np.count_nonzero(~outside)
    return cut
