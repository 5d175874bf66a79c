"""What figures are made of, however it was summed."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from talkoot.analysis.survey.estimation.design import Floats
    from talkoot.analysis.survey.estimation.sample import Sample


@dataclass(frozen=True)
class Moments:
    """One value a figure. `spread`: weighted mean of squared deviations from the domain's mean; `size`: sum of the
    weights of those who answered, `squares`: of their squares; `n` answered, `weighing` of them with a weight other
    than 0, `missing` did not answer."""

    estimates: Floats
    variances: Floats
    spread: Floats
    size: Floats
    squares: Floats
    n: Floats
    weighing: Floats
    missing: Floats


def moments(sample: Sample, outcomes: Floats, inside: Floats, everyone: Floats, *, total: bool) -> Moments:
    """From rows × figures: `outcomes`, 0 where a row does not count; `inside`: 1 where it does, else 0.

    `everyone`: in the domain of each figure, answered or not. Means, or with `total` sums.
    """
    weights = sample.weights
    size = _sums(weights, inside)
    scale = np.where(size == 0, 1.0, size)
    sums = _sums(weights, outcomes)
    centred = outcomes - sums / scale * inside
    n = inside.sum(axis=0)
    return Moments(
        estimates=sums if total else sums / scale,
        variances=sample.variances(outcomes if total else centred / scale),
        spread=_sums(weights, centred**2) / scale,
        size=size,
        squares=_sums(weights**2, inside),
        n=n,
        weighing=inside[weights != 0].sum(axis=0),
        missing=everyone - n,
    )


def _sums(weights: Floats, columns: Floats) -> Floats:
    return np.asarray(np.einsum("i,ij->j", weights, columns))
