"""How the sample was drawn, and the variance of a total under that design.

Taylor linearisation with the ultimate units of every stage: between the primary units of each stratum, and below
them within each unit, scaled by the sampled fraction above (Särndal, Swensson and Wretman 1992, chapter 4).
Without a population the primary units count as drawn with replacement and later stages add nothing.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, TypeAlias

import numpy as np

from talkoot.analysis.refusal import listed
from talkoot.analysis.survey.errors import SurveyError

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    Floats: TypeAlias = NDArray[np.float64]
    Codes: TypeAlias = NDArray[np.intp]

CERTAIN = 1e-7


@dataclass(frozen=True)
class Drawn:
    """One stage as given: labels of the strata and of the units, one a row, and the number of units in the
    population of the row's stratum. None: one stratum; every row a unit; drawn with replacement."""

    strata: Sequence[object] | None = None
    units: Sequence[object] | None = None
    population: Floats | None = None


@dataclass(frozen=True)
class Stage:
    """`unit`: of each row, counted from 0 over the whole stage; `stratum`: of each unit; `sampled`: units of each
    stratum; `factor`: of each stratum, what turns squared deviations of unit totals into its variance."""

    unit: Codes
    stratum: Codes
    sampled: Floats
    factor: Floats


@dataclass(frozen=True)
class Design:
    """`weights`: one a row, before any calibration. `df`: primary units less strata."""

    weights: Floats
    stages: tuple[Stage, ...]
    df: int

    @property
    def rows(self) -> int:
        return len(self.weights)

    @property
    def of_elements(self) -> bool:
        """Whether every row is a primary unit of its own."""
        return len(self.stages) == 1 and len(self.stages[0].stratum) == self.rows

    def variances(self, influence: Floats) -> Floats:
        """Of totals over the sample: `influence` (rows × figures) holds each row's share of each figure."""
        return np.asarray(
            sum(np.einsum("ij,ij,i->j", z, z, weight) for z, weight in self._deviations(influence))
        )

    def covariance(self, influence: Floats) -> Floats:
        """Figures × figures."""
        return np.asarray(
            sum(product((z * weight[:, None]).T, z) for z, weight in self._deviations(influence))
        )

    def _deviations(self, influence: Floats) -> list[tuple[Floats, Floats]]:
        """For each stage the units' totals less their stratum's mean, and the factor of each unit."""
        return [_deviations(stage, influence) for stage in self.stages]


def _deviations(stage: Stage, influence: Floats) -> tuple[Floats, Floats]:
    alone = len(stage.stratum) == len(stage.unit)
    totals = influence if alone else summed(stage.unit, len(stage.stratum), influence)
    means = summed(stage.stratum, len(stage.sampled), totals) / stage.sampled[:, None]
    return totals - means[stage.stratum], stage.factor[stage.stratum]


def counted(codes: Codes, weights: Floats, groups: int) -> Floats:
    """Sum of weights by group."""
    return np.asarray(np.bincount(codes, weights=weights, minlength=groups), dtype=float)


def product(left: Floats, right: Floats) -> Floats:
    """The matrix product in one thread: these are small, and threads of BLAS wait longer than they work."""
    return np.asarray(np.einsum("ij,jk->ik", left, right))


def summed(codes: Codes, groups: int, values: Floats) -> Floats:
    """Sums of the rows of `values` by group: groups × columns."""
    found = np.zeros((groups, values.shape[1]))
    if not len(codes):
        return found
    order = np.argsort(codes, kind="stable")
    ordered = codes[order]
    starts = np.flatnonzero(np.diff(ordered, prepend=-1))
    found[ordered[starts]] = np.add.reduceat(values[order], starts, axis=0)
    return found


def design(weights: Floats, drawn: Sequence[Drawn]) -> Design:
    """A design of one or more stages; units count as nested in those above.

    SurveyError: a population that varies within a stratum or is smaller than its sample, or a stratum of one
    sampled unit that does not hold its whole population.
    """
    above = np.zeros(len(weights), dtype=np.intp)
    fraction = np.ones(1)
    stages: list[Stage] = []
    df = 0
    for number, part in enumerate(drawn):
        strata = coded(above, part.strata)
        units = np.arange(len(above)) if part.units is None else coded(strata, part.units)
        stage, share = _stage(strata, units, part, fraction[above], number)
        if number == 0:
            df = len(stage.stratum) - len(stage.sampled)
        stages.append(stage)
        if not share.any():
            break
        above, fraction = stage.unit, share[stage.stratum]
    return Design(np.asarray(weights, dtype=float), tuple(stages), df)


def coded(above: Codes, labels: Sequence[object] | Codes | Floats | None) -> Codes:
    """Codes from 0 of (code above, label)."""
    if labels is None:
        return np.asarray(np.unique(above, return_inverse=True)[1], dtype=np.intp)
    inner = np.unique(np.asarray(labels), return_inverse=True)[1]
    pairs = above * (inner.max(initial=0) + 1) + inner
    return np.asarray(np.unique(pairs, return_inverse=True)[1], dtype=np.intp)


def _stage(strata: Codes, units: Codes, part: Drawn, above: Floats, number: int) -> tuple[Stage, Floats]:
    """The stage, and the fraction of the population's units at this and all earlier stages, by stratum."""
    _, first = np.unique(units, return_index=True)
    if len(first) == len(units):
        units = first = np.arange(len(units))
    of_unit = strata[first]
    _, opening = np.unique(strata, return_index=True)
    sampled = np.bincount(of_unit).astype(float)
    if part.population is None:
        taken = np.zeros(len(sampled))
    else:
        population = part.population[opening]
        _check(part, strata, population[strata], sampled, number)
        taken = sampled / population
    left = np.where(1 - taken < CERTAIN, 0.0, 1 - taken)
    if np.any(lonely := (sampled < 2) & (left > 0)):  # noqa: PLR2004 -- a variance needs two
        places = _places(part, strata, np.flatnonzero(lonely), number)
        raise SurveyError("single_unit", places, places=listed(places))
    factor = above[opening] * left * sampled / np.maximum(sampled - 1, 1)
    return Stage(units, of_unit, sampled, factor), above[opening] * taken


def _check(part: Drawn, strata: Codes, expected: Floats, sampled: Floats, number: int) -> None:
    varying = np.unique(strata[part.population != expected])
    if len(varying):
        places = _places(part, strata, varying, number)
        raise SurveyError("population_varies", places, places=listed(places))
    small = np.unique(strata[expected < sampled[strata] * (1 - CERTAIN)])
    if len(small):
        places = _places(part, strata, small, number)
        raise SurveyError("population_too_small", places, places=listed(places))


def _places(part: Drawn, strata: Codes, which: Codes, number: int) -> list[str]:
    """What the strata are called: their labels, or the stage."""
    if part.strata is None:
        return [f"stage {number + 1}"] if number else ["the whole sample"]
    labels = np.asarray(part.strata)
    return list(dict.fromkeys(str(labels[np.argmax(strata == code)]) for code in which))
