"""Means, totals and shares with standard errors, intervals, design effects and numbers of answers.

Domains keep the degrees of freedom of the whole design: primary units less strata. A share has an interval on
the logit scale (Korn and Graubard 1998), where all answers agree the exact binomial limit at Kish's effective
number of answers; the others have Student's t. The design effect is the variance over that of a simple random
sample of as many answers drawn without replacement from as many as the weights sum to, None where that is no
more than answered. An answer that is missing is left out: the figure is that of a domain of those who answered.
"""

from __future__ import annotations

from dataclasses import dataclass
from math import exp, log
from typing import TYPE_CHECKING, Literal

import numpy as np
from scipy.special import stdtrit

from talkoot.analysis.survey.estimation import counted
from talkoot.analysis.survey.estimation.moments import moments
from talkoot.analysis.survey.estimation.sample import kish

if TYPE_CHECKING:
    from collections.abc import Sequence

    from talkoot.analysis.survey.estimation.design import Codes, Floats
    from talkoot.analysis.survey.estimation.moments import Moments
    from talkoot.analysis.survey.estimation.sample import Sample

NAME = "Design-based estimation with calibration residuals"
VERSION = "1.0"
CITATION = (
    "Särndal, C.-E., Swensson, B. & Wretman, J. (1992). Model Assisted Survey Sampling. "
    "Deville, J.-C. & Särndal, C.-E. (1992). JASA 87(418), 376–382. "
    "Korn, E. L. & Graubard, B. I. (1998). Survey Methodology 24(2), 193–201."
)
UPPER_TAIL = 0.975
ENOUGH = 2  # answers with which a variance can be told
SAME = 1e-12


@dataclass(frozen=True, slots=True)
class Figure:
    """`low`–`high`: 95 % interval. `n` answered, `missing` did not, both in the domain and never weighted."""

    estimate: float
    se: float
    low: float
    high: float
    interval: Literal["t", "logit"]
    df: int
    deff: float | None
    n: int
    missing: int
    effective_n: float


def means(sample: Sample, values: Floats, domains: Codes, count: int) -> list[Figure | None]:
    """The mean of `values` (NaN: no answer) in each domain; `domains`: of each row from 0, −1 for none.

    None for a domain in which nobody answered.
    """
    return _plain(sample, values, domains, count, total=False)


def totals(sample: Sample, values: Floats, domains: Codes, count: int) -> list[Figure | None]:
    """As `means`, for the sum over the population of those who would answer."""
    return _plain(sample, values, domains, count, total=True)


def _plain(sample: Sample, values: Floats, domains: Codes, count: int, *, total: bool) -> list[Figure | None]:
    answered = ~np.isnan(values)
    inside = _indicators(np.where(answered, domains, -1), count)
    outcomes = np.where(answered, values, 0.0)[:, None] * inside
    found = moments(sample, outcomes, inside, _members(domains, count), total=total)
    return _figures(found, sample.design.df, total=total)


def shares(
    sample: Sample, codes: Codes, levels: int, domains: Codes, count: int
) -> list[list[Figure] | None]:
    """For each domain the share of each level; `codes`: of each row from 0, −1 for no answer.

    Where many rows are alike only their counts are used, so that a hundred thousand answers cost as little as few.
    """
    kinds = sample.kinds
    if kinds is not None:
        found = counted.shares(sample, kinds, codes, levels, domains, count)
    else:
        inside = np.repeat(_indicators(np.where(codes >= 0, domains, -1), count), levels, axis=1)
        outcomes = inside * np.tile(_indicators(codes, levels), count)
        everyone = np.repeat(_members(domains, count), levels)
        found = moments(sample, outcomes, inside, everyone, total=False)
    row = _figures(found, sample.design.df, total=False, share=True)
    by_domain = (row[start : start + levels] for start in range(0, len(row), levels))
    return [[figure for figure in some if figure is not None] or None for some in by_domain]


def _indicators(codes: Codes, count: int) -> Floats:
    return np.asarray(codes[:, None] == np.arange(count), dtype=float)


def _members(domains: Codes, count: int) -> Floats:
    return np.bincount(domains[domains >= 0], minlength=count).astype(float)


def _figures(found: Moments, df: int, *, total: bool, share: bool = False) -> list[Figure | None]:
    """None where nobody answered."""
    deffs = _deffs(found, total=total)
    reach = float(stdtrit(df, UPPER_TAIL)) if df > 0 else np.nan
    errors = np.sqrt(np.maximum(found.variances, 0.0))
    effective = np.divide(
        found.size**2, found.squares, out=np.zeros_like(found.size), where=found.squares > 0
    )
    columns = (found.estimates, errors, found.size, found.n, found.missing, effective)
    rows = zip(*(column.tolist() for column in columns), deffs, strict=True)
    return [
        _figure(*row[:2], *map(round, row[3:5]), *row[5:], df=df, reach=reach, share=share)
        if row[3] and row[2] != 0
        else None
        for row in rows
    ]


def _deffs(found: Moments, *, total: bool) -> list[float | None]:
    n, size = found.weighing, found.size
    with np.errstate(divide="ignore", invalid="ignore"):
        variances = found.variances / size**2 if total else found.variances
        deffs = variances / (found.spread * n / (n - 1) * (size - n) / (size * n))
    known = (n >= ENOUGH) & (size > n * (1 + SAME)) & (found.spread > 0) & np.isfinite(deffs)
    return [deff if some else None for deff, some in zip(deffs.tolist(), known.tolist(), strict=True)]


def _figure(
    estimate: float,
    se: float,
    n: int,
    missing: int,
    effective: float,
    deff: float | None,
    *,
    df: int,
    reach: float,
    share: bool,
) -> Figure:
    if not share:
        low, high = estimate - reach * se, estimate + reach * se
        return Figure(estimate, se, low, high, "t", df, deff, n, missing, effective)
    if min(abs(estimate), abs(1 - estimate)) < SAME:
        estimate, se = float(round(estimate)), 0.0
    low, high = _logit_interval(estimate, se, reach, effective)
    return Figure(estimate, se, low, high, "logit", df, deff, n, missing, effective)


def _logit_interval(estimate: float, se: float, reach: float, effective: float) -> tuple[float, float]:
    if estimate in {0.0, 1.0}:
        beyond = 1 - (1 - UPPER_TAIL) ** (1 / effective)
        return (1 - beyond, 1.0) if estimate else (0.0, beyond)
    if not 0 < estimate < 1:
        return np.nan, np.nan
    middle, half = log(estimate / (1 - estimate)), reach * se / (estimate * (1 - estimate))
    return 1 / (1 + exp(half - middle)), 1 / (1 + exp(-middle - half))


def effective_n(weights: Sequence[float] | Floats) -> float:
    """Kish's effective number of answers."""
    values = np.asarray(weights, dtype=float)
    return len(values) / kish(values)
