"""Which classes are weighted together: a stated rule and a record of what it did. Plain Python.

Along the sizes: while a cell holds fewer than n_min answers, or no companies, the one with the fewest answers is
merged with its neighbour in size, of two neighbours with the one that has fewer answers, of equals with the
smaller size. In size × industry this is done within each industry; an industry that is one cell and still too
small is joined with the industry that has the next fewest answers, size by size. With fewer than `SMALL` answers
the industries are left out and only the sizes are used.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

NAME = "Post-stratification by collapsed cells"
VERSION = "1.0"
CITATION = (
    "Holt, D. & Smith, T. M. F. (1979). Post stratification. JRSS A 142(1), 33–46. "
    "Kalton, G. & Flores-Cervantes, I. (2003). Weighting methods. Journal of Official Statistics 19(2), 81–97."
)
LEAST = 5
SMALL = 50


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
class Merge:
    """What was put together and why: `cell` had `answers` and `companies` and went to `into`. `industries`: whose
    sizes these are, empty when the sizes alone are weighted."""

    kind: Literal["size", "industry"]
    cell: tuple[str, ...]
    into: tuple[str, ...]
    answers: int
    companies: int
    industries: tuple[str, ...] = ()


@dataclass(frozen=True)
class Block:
    """Industries weighted together, with their cells from the smallest size to the largest."""

    industries: tuple[str, ...]
    cells: tuple[Cell, ...]

    @property
    def answers(self) -> int:
        return sum(cell.answers for cell in self.cells)

    @property
    def companies(self) -> int:
        return sum(cell.companies for cell in self.cells)


@dataclass(frozen=True)
class Plan:
    """`blocks`: all that is weighted; `industries` is empty in the one block when only sizes are used. `merges`:
    in the order they were made. `unknown`: answers whose size, or industry where it is used, is not known."""

    blocks: tuple[Block, ...]
    merges: tuple[Merge, ...]
    unknown: int

    @property
    def by_size_only(self) -> bool:
        return not self.blocks[0].industries

    def cell(self, size: str | None, industry: str | None) -> str:
        """What the cell of an answer is called; empty for one that is in none."""
        for block in self.blocks:
            if block.industries and industry not in block.industries:
                continue
            for cell in block.cells:
                if size in cell.classes:
                    return " + ".join((*block.industries, *cell.classes))
        return ""

    def weights(self, answers: Sequence[tuple[str | None, str | None]]) -> tuple[float, ...]:
        """One an answer (size, industry), mean 1: companies over answers of its cell; 1 where it is in none."""
        known = sum(block.answers for block in self.blocks)
        population = sum(block.companies for block in self.blocks)
        weight: dict[tuple[str | None, str | None], float] = {
            (size, industry): cell.companies / population * known / cell.answers
            for block in self.blocks
            for cell in block.cells
            if cell.answers
            for size in cell.classes
            for industry in block.industries or (None,)
        }
        named = ((size, None if self.by_size_only else industry) for size, industry in answers)
        return tuple(weight.get(key, 1.0) for key in named)


def along_sizes(
    cells: Sequence[Cell], least: int = LEAST, industries: tuple[str, ...] = ()
) -> tuple[tuple[Cell, ...], tuple[Merge, ...]]:
    """The cells after the rule, from the smallest size to the largest, and what was merged."""
    left, merges = list(cells), list[Merge]()
    while len(left) > 1:
        small = [i for i, cell in enumerate(left) if cell.answers < least or cell.companies == 0]
        if not small:
            break
        first = min(small, key=lambda i: (left[i].answers, i))
        other = min(
            (i for i in (first - 1, first + 1) if 0 <= i < len(left)), key=lambda i: (left[i].answers, i)
        )
        cell, into = left[first], left[other]
        merges.append(Merge("size", cell.classes, into.classes, cell.answers, cell.companies, industries))
        low, high = sorted((first, other))
        left[low : high + 1] = [left[low].merged(left[high])]
    return tuple(left), tuple(merges)


def plan(
    answers: Sequence[tuple[str | None, str | None]],
    companies: Mapping[tuple[str, str], int],
    sizes: Sequence[str],
    *,
    least: int = LEAST,
    small: int = SMALL,
) -> Plan:
    """`answers`: (size, industry) of each, None where not known; `companies`: {(size, industry): in the city};
    `sizes` from the smallest to the largest. ValueError for a class without companies anywhere, or none at all."""
    _refuse_strays(answers, companies, sizes)
    known = [(size, industry) for size, industry in answers if size is not None and industry is not None]
    if len(known) < small:
        return _by_size(answers, companies, sizes, least)
    counted = Counter(known)
    industries = sorted({industry for _, industry in companies})
    blocks = [
        _block((industry,), sizes, lambda size, within: counted[size, within], companies)
        for industry in industries
    ]
    blocks, joins = _join_industries(blocks, least)
    found, merges = [], list(joins)
    for block in blocks:
        cells, made = along_sizes(block.cells, least, block.industries)
        found.append(Block(block.industries, cells))
        merges += made
    return Plan(tuple(found), tuple(merges), len(answers) - len(known))


def _by_size(
    answers: Sequence[tuple[str | None, str | None]],
    companies: Mapping[tuple[str, str], int],
    sizes: Sequence[str],
    least: int,
) -> Plan:
    counted = Counter(size for size, _ in answers)
    totals = Counter[str]()
    for (size, _), number in companies.items():
        totals[size] += number
    cells, merges = along_sizes([Cell((size,), counted[size], totals[size]) for size in sizes], least)
    return Plan((Block((), cells),), merges, counted[None])


def _block(
    industries: tuple[str, ...],
    sizes: Sequence[str],
    answered: Callable[[str, str], int],
    companies: Mapping[tuple[str, str], int],
) -> Block:
    cells = (
        Cell(
            (size,),
            sum(answered(size, industry) for industry in industries),
            sum(companies.get((size, industry), 0) for industry in industries),
        )
        for size in sizes
    )
    return Block(industries, tuple(cells))


def _join_industries(blocks: Sequence[Block], least: int) -> tuple[list[Block], list[Merge]]:
    left, merges = list(blocks), list[Merge]()
    while len(left) > 1:
        left.sort(key=lambda block: (block.answers, block.industries))
        small = next((block for block in left if block.answers < least or not block.companies), None)
        if small is None:
            break
        other = next(block for block in left if block is not small)
        merges.append(Merge("industry", small.industries, other.industries, small.answers, small.companies))
        pairs = zip(other.cells, small.cells, strict=True)
        cells = tuple(Cell(a.classes, a.answers + b.answers, a.companies + b.companies) for a, b in pairs)
        left = [block for block in left if block not in (small, other)]
        left.append(Block(tuple(sorted((*other.industries, *small.industries))), cells))
    return sorted(left, key=lambda block: block.industries), merges


def _refuse_strays(
    answers: Sequence[tuple[str | None, str | None]],
    companies: Mapping[tuple[str, str], int],
    sizes: Sequence[str],
) -> None:
    industries = {industry for _, industry in companies}
    stray = {size for size, _ in answers if size is not None} | {size for size, _ in companies}
    stray -= set(sizes)
    stray |= {industry for _, industry in answers if industry is not None} - industries
    if stray:
        raise ValueError(f"Classes without a number of companies: {', '.join(sorted(stray))}.")
    if sum(companies.values()) <= 0:
        raise ValueError("No companies to weight to.")
