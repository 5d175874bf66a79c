"""Which sizes are shown and weighted together, and the answers weighted to the companies of the area.

The sizes of a round are merged once, by the rule of `analysis.survey.collapsing`, so that every ordinary question has
at least five answers in each group or none; the groups that people see are those that are weighted, and the file of
answers has no finer ones. Where the number of companies is known by size and sector, the sectors are weighted too.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from talkoot.analysis.survey.collapsing import LEAST, Block, Cell, Plan, along_sizes, plan
from talkoot.analysis.survey.estimation.answers import weighted
from talkoot.analysis.survey.estimation.design import Drawn, design
from talkoot.analysis.survey.estimation.sample import Sample
from talkoot.listen.surveys.sample import answered
from talkoot.listen.surveys.sizes import CLASSES, Group, key_of

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Mapping, Sequence

    from talkoot.listen.surveys.items import Item
    from talkoot.listen.surveys.sample import Respondent
    from talkoot.listen.surveys.sizes import Totals


@dataclass(frozen=True)
class Weighed:
    """`rows` with their weights in `sample`, in order; `plan` is None when the number of companies is not known."""

    rows: Sequence[Respondent]
    plan: Plan | None
    sample: Sample

    @property
    def cells(self) -> list[Cell]:
        return [] if self.plan is None else [cell for block in self.plan.blocks for cell in block.cells]

    def cell_of(self, one: Respondent) -> str:
        return "" if self.plan is None else self.plan.cell(*_place(one, self.plan))


def groups(
    rows: Sequence[Respondent],
    items: Iterable[Item],
    known: Totals | None,
    merged_before: Iterable[Collection[str]] = (),
) -> tuple[Group, ...]:
    """The sizes as they are shown. `merged_before`: classes shown as one in the round before, kept together."""
    companies = known.companies if known else dict.fromkeys(CLASSES, 1)
    cells, _ = along_sizes(_start(_fewest(rows, items), companies, merged_before))
    if known and known.by_sector and len(rows) >= LEAST:
        cells = _coarsest(_by_sector(rows, known.by_sector), cells)
    return tuple(Group(key_of(cell.classes), cell.classes) for cell in cells)


def groups_of_cities(
    cities: Iterable[Sequence[Respondent]],
    items: Sequence[Item],
    whole: Sequence[Group],
    merged_before: Iterable[Collection[str]] = (),
) -> tuple[Group, ...]:
    """The sizes as each of the cities shows them: those of the whole, merged until they hold in every city."""
    fewest: dict[str, int] = {}
    for rows in cities:
        for group in whole:
            n = sum(_fewest(rows, items)[size] for size in group.classes)
            if n:
                fewest[group.key] = min(n, fewest.get(group.key, n))
    cells = [Cell(group.classes, fewest.get(group.key, 0), 1) for group in whole]
    for classes in merged_before:
        cells = _joined(cells, classes)
    return tuple(Group(key_of(cell.classes), cell.classes) for cell in along_sizes(cells)[0])


def _fewest(rows: Sequence[Respondent], items: Iterable[Item]) -> Counter[str]:
    """By size the fewest answers to any question, save to those that so many passed over that it tells nothing."""
    everyone = Counter(one.size for one in rows)
    fewest = Counter(everyone)
    for item in items:
        here = answered(rows, item.code)
        if item.conditional or len(here) < LEAST:
            continue
        counted, passed_over = Counter(one.size for one in here), len(rows) - len(here)
        for size in CLASSES:
            if 0 < counted[size] < LEAST and everyone[size] > passed_over:
                fewest[size] = min(fewest[size], counted[size])
    return fewest


def _start(
    answers: Mapping[str, int], companies: Mapping[str, int], together: Iterable[Collection[str]] = ()
) -> list[Cell]:
    cells = [Cell((size,), answers.get(size, 0), companies[size]) for size in CLASSES]
    for classes in together:
        cells = _joined(cells, classes)
    return cells


def _joined(cells: Sequence[Cell], classes: Collection[str]) -> list[Cell]:
    """One cell from the first that holds any of the classes to the last."""
    inside = [i for i, cell in enumerate(cells) if set(cell.classes) & set(classes)]
    if len(inside) <= 1:
        return list(cells)
    first, last = inside[0], inside[-1]
    whole = cells[first]
    for cell in cells[first + 1 : last + 1]:
        whole = whole.merged(cell)
    return [*cells[:first], whole, *cells[last + 1 :]]


def _coarsest(found: Plan, cells: Sequence[Cell]) -> tuple[Cell, ...]:
    """Sizes that no sector merges with another."""
    joined = list(cells)
    for block in found.blocks:
        for cell in block.cells:
            joined = _joined(joined, cell.classes)
    return tuple(joined)


def weigh(
    rows: Sequence[Respondent],
    shown: Sequence[Group],
    known: Totals | None,
    *,
    drawn_from: int | None = None,
) -> Weighed:
    """All the rows of a view, in the groups as shown, by sector where that is known and enough answered."""
    if known is None or not any(one.size for one in rows):
        return unweighted(rows, drawn_from)
    if known.by_sector:
        found = _by_sector(rows, known.by_sector)
        if not found.by_size_only:
            return _weighed(rows, found, drawn_from)
    return by_size(rows, known.companies, [group.classes for group in shown], drawn_from=drawn_from)


def by_size(
    rows: Sequence[Respondent],
    companies: Mapping[str, int],
    together: Iterable[Collection[str]] = (),
    *,
    drawn_from: int | None = None,
) -> Weighed:
    """By size alone, starting from the classes that are `together`. `companies` may lack a class that nobody has."""
    answers = Counter(one.size for one in rows)
    start = _start(answers, {size: companies.get(size, 0) for size in CLASSES}, together)
    cells, merges = along_sizes(start)
    return _weighed(rows, Plan((Block((), cells),), merges, answers[""]), drawn_from)


def unweighted(rows: Sequence[Respondent], drawn_from: int | None = None) -> Weighed:
    everyone = np.ones(len(rows))
    population = None if drawn_from is None else everyone * drawn_from
    return Weighed(rows, None, Sample(design(everyone, [Drawn(population=population)]), everyone))


def _weighed(rows: Sequence[Respondent], found: Plan, drawn_from: int | None) -> Weighed:
    places = [_place(one, found) for one in rows]
    return Weighed(rows, found, weighted(found, places, drawn_from=drawn_from))


def _by_sector(rows: Sequence[Respondent], companies: Mapping[tuple[str, str], int]) -> Plan:
    """By size and sector, or by size alone where too few answered."""
    sectors = {sector for _size, sector in companies}
    return plan([_both(one, sectors) for one in rows], companies, CLASSES)


def _place(one: Respondent, found: Plan) -> tuple[str | None, str | None]:
    if found.by_size_only:
        return one.size or None, None
    return _both(one, {sector for block in found.blocks for sector in block.industries})


def _both(one: Respondent, sectors: Collection[str]) -> tuple[str | None, str | None]:
    return one.size or None, one.sector if one.sector in sectors else None


def fraction(frame_size: int | None, answers: int, part: int) -> int | None:
    """Companies that `part` of the answers stand for, at the sampling fraction of all of them."""
    return None if frame_size is None else max(part, round(frame_size * part / answers))
