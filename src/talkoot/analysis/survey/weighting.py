"""Weights that make the answers match the city's companies by size (post-stratification; Holt and Smith 1979).

Rule for small classes: while a class holds fewer than `LEAST` answers, or no companies, the one with the
fewest answers is merged with its neighbour in size, of two neighbours with the one that has fewer answers, of
equals with the smaller size. An answer whose class is not known keeps the mean weight 1: it is never counted
as micro.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

NAME = "Post-stratification by size class"
VERSION = "1.0"
CITATION = "Holt, D. & Smith, T. M. F. (1979). Post stratification. JRSS A 142(1), 33–46."
LEAST = 5


@dataclass(frozen=True)
class Cell:
    """One or more neighbouring classes: answers and companies in them, and the weight of each answer."""

    classes: tuple[str, ...]
    answers: int
    companies: int

    def merged(self, other: Cell) -> Cell:
        return Cell(
            self.classes + other.classes, self.answers + other.answers, self.companies + other.companies
        )


@dataclass(frozen=True)
class Weighting:
    """`weights`: one an answer, in order, mean 1. `cells`: the classes as merged. `unknown`: answers without one."""

    weights: tuple[float, ...]
    cells: tuple[Cell, ...]
    unknown: int
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
    cells = collapse(answers, companies)
    known = sum(cell.answers for cell in cells)
    population = sum(companies.values())
    weight = {
        size: cell.companies / population * known / cell.answers
        for cell in cells
        for size in cell.classes
        if cell.answers
    }
    weights = tuple(1.0 if size is None else weight[size] for size in answers)
    return Weighting(weights, cells, len(answers) - known)


def collapse(answers: Sequence[str | None], companies: Mapping[str, int]) -> tuple[Cell, ...]:
    """The classes after the merging rule, from the smallest size to the largest."""
    counted = Counter(answers)
    cells = [Cell((size,), counted[size], number) for size, number in companies.items()]
    while len(cells) > 1:
        small = [i for i, cell in enumerate(cells) if cell.answers < LEAST or cell.companies == 0]
        if not small:
            break
        first = min(small, key=lambda i: (cells[i].answers, i))
        neighbours = [i for i in (first - 1, first + 1) if 0 <= i < len(cells)]
        low, high = sorted((first, min(neighbours, key=lambda i: (cells[i].answers, i))))
        cells[low : high + 1] = [cells[low].merged(cells[high])]
    return tuple(cells)
