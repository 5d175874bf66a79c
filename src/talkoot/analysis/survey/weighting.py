"""Weights that make the answers match the city's companies by size (post-stratification; Holt and Smith 1979).

Small classes are merged by the rule of `collapsing`. An answer whose class is not known keeps the mean
weight 1: it is never counted as micro.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING

from talkoot.analysis.survey.collapsing import LEAST, Cell, Merge, along_sizes

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

NAME = "Post-stratification by size class"
VERSION = "1.0"
CITATION = "Holt, D. & Smith, T. M. F. (1979). Post stratification. JRSS A 142(1), 33–46."


@dataclass(frozen=True)
class Weighting:
    """`weights`: one an answer, in order, mean 1. `cells`: the classes as merged. `unknown`: answers without one.
    `merges`: what the rule put together, in order."""

    weights: tuple[float, ...]
    cells: tuple[Cell, ...]
    unknown: int
    merges: tuple[Merge, ...] = ()
    method: str = NAME
    version: str = VERSION
    citation: str = CITATION


def post_stratify(answers: Sequence[str | None], companies: Mapping[str, int]) -> Weighting:
    """`answers`: the size class of each answer, None when not known; `companies`: in the city by class, from
    the smallest size to the largest. ValueError for a class that `companies` lacks, or no companies at all."""
    stray = {size for size in answers if size is not None} - set(companies)
    if stray:
        raise ValueError(f"Classes without a number of companies: {', '.join(sorted(stray))}.")
    if sum(companies.values()) <= 0:
        raise ValueError("No companies to weight to.")
    cells, merges = _collapsed(answers, companies)
    known = sum(cell.answers for cell in cells)
    population = sum(companies.values())
    weight = {
        size: cell.companies / population * known / cell.answers
        for cell in cells
        for size in cell.classes
        if cell.answers
    }
    weights = tuple(1.0 if size is None else weight[size] for size in answers)
    return Weighting(weights, cells, len(answers) - known, merges)


def collapse(answers: Sequence[str | None], companies: Mapping[str, int]) -> tuple[Cell, ...]:
    """The classes after the merging rule, from the smallest size to the largest."""
    return _collapsed(answers, companies)[0]


def _collapsed(
    answers: Sequence[str | None], companies: Mapping[str, int]
) -> tuple[tuple[Cell, ...], tuple[Merge, ...]]:
    counted = Counter(answers)
    return along_sizes([Cell((size,), counted[size], number) for size, number in companies.items()], LEAST)
