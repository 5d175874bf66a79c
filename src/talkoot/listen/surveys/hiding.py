"""Which figures are hidden, so that neither a city nor a size class shows fewer than five who answered.

Of all cities together a question shows its sizes when each has five answers or none. A city shows coarser ones by the
same rule, or none. Of the cities themselves the cheapest are hidden beside a small one. A reader who puts all numbers
and shares of all views together is tried on the result; where that reader wins, a city shows no sizes, then nothing.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from itertools import product
from typing import TYPE_CHECKING, Literal

from talkoot.analysis.survey.collapsing import Cell, along_sizes
from talkoot.analysis.survey.disclosure.cells import ROUNDING, Reader, Sum
from talkoot.analysis.survey.disclosure.rules import THRESHOLD
from talkoot.analysis.survey.disclosure.suppress import suppress
from talkoot.analysis.survey.errors import SurveyError
from talkoot.listen.surveys.sample import answered
from talkoot.listen.surveys.sizes import CLASSES, FINE, Group, key_of

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Mapping, Sequence

    from talkoot.listen.surveys.items import Item
    from talkoot.listen.surveys.sample import Respondent, Sample

Why = Literal["", "few", "secondary"]
Place = tuple[int, int]
Figure = tuple[Place, tuple[str, str]]
"""A cell of cities × sizes, and what is counted: an answer, or one of ANSWERED, EVERYONE and PASSED."""

SUM = -1
UNKNOWN = Group("", ("",))
ANSWERED, EVERYONE, PASSED = ("", ""), ("", "everyone"), ("", "passed over")


@dataclass(frozen=True)
class Hidden:
    """Of one question in one view (a city, or all of them): why the whole, and each of its groups, is hidden.

    `by_size`: whether its sizes may weigh differently, though they are not shown."""

    whole: Why
    groups: dict[Group, Why]
    by_size: bool = True

    @property
    def anything(self) -> bool:
        return bool(self.whole) or any(self.groups.values())


@dataclass(frozen=True)
class Shown:
    """The sizes that are `whole`, shown of all cities together, and `of_cities`, each made of some of those;
    `before`: those that a city showed in the round before."""

    whole: Sequence[Group]
    of_cities: Sequence[Group] = ()
    before: Sequence[Group] = ()

    @property
    def known(self) -> list[Group]:
        """Sizes of which a reader knows how many in a city answered the survey."""
        return list(dict.fromkeys((*self.of_cities, *self.before)))


def plan(sample: Sample, cities: Sequence[int], shown: Shown) -> dict[tuple[str, int | None], Hidden]:
    """{(item, city or None for all): what is hidden}; a round of one city has only the whole."""
    found: dict[tuple[str, int | None], Hidden] = {}
    everyone = [sample.within(city) for city in cities]
    for item in sample.items:
        table = _Table.of(item, shown, everyone)
        whole = _together(table, shown.whole)
        found[item.code, None] = whole
        if len(cities) > 1:
            by_city = [answered(rows, item.code) for rows in everyone]
            views = zip(cities, _apart(table, whole, shown.of_cities, by_city), strict=True)
            found |= {(item.code, city): hidden for city, hidden in views}
    return found


def uncounted(numbers: Sequence[int]) -> frozenset[int]:
    """Places of the numbers that are hidden beside those of one to four, while their sum is shown."""
    few = [place for place, n in enumerate(numbers) if is_few(n)]
    counted = dict(enumerate(numbers)) | {SUM: sum(numbers)}
    try:
        return suppress(counted, [Sum(SUM, tuple(range(len(numbers))))], few, published=[SUM]).hidden
    except SurveyError:
        return frozenset(range(len(numbers)))


def counts(respondents: Sequence[Respondent], groups: Sequence[Group]) -> list[int]:
    """How many in each group."""
    by_size = Counter(one.size for one in respondents)
    return [sum(by_size[size] for size in group.classes) for group in groups]


def is_few(n: int) -> bool:
    return 0 < n < THRESHOLD


def _together(table: _Table, groups: Sequence[Group]) -> Hidden:
    if is_few(table.counts[(SUM, SUM), ANSWERED]):
        return Hidden("few", dict.fromkeys(groups, "few"))
    if not any(is_few(table.counts[(SUM, c), ANSWERED]) for c in range(len(groups))):
        return Hidden("", dict.fromkeys(groups, ""))
    if table.holds(range(table.rows), [()] * table.rows, sizes=False):
        return Hidden("", dict.fromkeys(groups, "few"))
    return Hidden("secondary", dict.fromkeys(groups, "secondary"))


def _apart(
    table: _Table, whole: Hidden, groups: Sequence[Group], by_city: Sequence[Sequence[Respondent]]
) -> list[Hidden]:
    """Each city; it shows no sizes where all cities together show none."""
    cities = uncounted([len(rows) for rows in by_city])
    sizes = not any(whole.groups.values())
    for level in () if whole.whole else _levels(groups, by_city, sizes=sizes):
        if table.holds(cities, level.known, sizes=sizes):
            whys = [table.why(row, cities) for row in range(len(by_city))]
            return [
                Hidden(why, dict.fromkeys(groups, why or level.why), by_size=level.by_size) for why in whys
            ]
    return [Hidden("secondary", dict.fromkeys(groups, "secondary")) for _rows in by_city]


@dataclass(frozen=True)
class _Level:
    """How much the cities show. `known`: sizes of each city that a reader may know of, shown or only weighted."""

    known: Sequence[Sequence[Group]]
    why: Why
    by_size: bool


def _levels(
    groups: Sequence[Group], by_city: Sequence[Sequence[Respondent]], *, sizes: bool
) -> Iterable[_Level]:
    """From the most to the least: sizes; no sizes, but weighted by them; neither."""
    small = any(is_few(n) for rows in by_city for n in counts(rows, groups))
    if sizes and not small and len(groups) > 1:
        yield _Level([groups] * len(by_city), "", by_size=True)
    if sizes:
        yield _Level([_cells(rows) for rows in by_city], "secondary", by_size=True)
    yield _Level([()] * len(by_city), "secondary", by_size=False)


def _cells(rows: Sequence[Respondent]) -> list[Group]:
    """The sizes that weigh differently when these rows are weighted by themselves."""
    found, _ = along_sizes([Cell((size,), n, 1) for size, n in zip(CLASSES, counts(rows, FINE), strict=True)])
    return [Group(key_of(cell.classes), cell.classes) for cell in found]


@dataclass(frozen=True)
class _Table:
    """Cities × sizes of those who answered the question, or the survey, and of those who gave each answer.

    A sum has index −1. The columns are the sizes of the whole and, last, companies whose size is not known.
    """

    counts: Mapping[Figure, int]
    shown: Shown
    aspects: Mapping[str, Sequence[str]]
    hidden_cities: frozenset[int]
    rows: int

    @classmethod
    def of(cls, item: Item, shown: Shown, everyone: Sequence[Sequence[Respondent]]) -> _Table:
        columns = (*shown.whole, UNKNOWN)
        place = {size: c for c, group in enumerate(columns) for size in group.classes}
        counted: Counter[Figure] = Counter()
        for r, rows in enumerate(everyone):
            for one in rows:
                said = [ANSWERED, *_said(item, one)] if item.code in one.said else [PASSED]
                counted.update(product(product((r, SUM), (place[one.size], SUM)), [EVERYONE, *said]))
        hidden = uncounted([len(rows) for rows in everyone])
        return cls(counted, shown, _aspects(item), hidden, len(everyone))

    @property
    def columns(self) -> range:
        return range(len(self.shown.whole) + 1)

    def places(self) -> list[Place]:
        return list(product((*range(self.rows), SUM), (*self.columns, SUM)))

    def answers(self) -> list[tuple[str, str]]:
        return [(aspect, level) for aspect, levels in self.aspects.items() for level in levels]

    def few(self, *, sizes: bool) -> list[Place]:
        """Cells and cities, and sizes where they are not shown, of one to four who answered. That a size is not known
        tells nothing of a company."""
        return [
            place
            for place in self.places()
            if place[1] != self.columns[-1]
            and (place[0] != SUM or not sizes)
            and is_few(self.counts[place, ANSWERED])
        ]

    def why(self, row: int, cities: Collection[int]) -> Why:
        if row not in cities:
            return ""
        return "few" if is_few(self.counts[(row, SUM), ANSWERED]) else "secondary"

    def holds(self, cities: Collection[int], known: Sequence[Sequence[Group]], *, sizes: bool) -> bool:
        """Whether a reader of all numbers and shares cannot pin down a small number. Those of the `cities` are
        hidden; of each of the others the sizes `known` are. `sizes`: the whole shows its own."""
        few = self.few(sizes=sizes)
        if not few:
            return True
        kinds = [EVERYONE, ANSWERED, PASSED, *self.answers()]
        counts = {figure: self.counts[figure] for figure in product(self.places(), kinds)}
        sums = [tie for kind in kinds for tie in self._around(kind)]
        for place in self.places():
            sums.append(Sum((place, EVERYONE), ((place, ANSWERED), (place, PASSED))))
            for aspect, levels in self.aspects.items():
                sums.append(Sum((place, ANSWERED), tuple((place, (aspect, level)) for level in levels)))
        for tie in self._beyond(cities, known, sizes=sizes):
            sums.append(tie)
            counts[tie.whole] = sum(counts[part] for part in tie.parts)
        reader = Reader(counts, sums)
        inside = set(self.places())
        reader.hide(
            figure
            for figure in counts
            if figure[0] in inside and self._is_hidden(figure, cities, sizes=sizes)
        )
        return all(self._is_safe(reader, place) for place in few)

    def _is_hidden(self, figure: Figure, cities: Collection[int], *, sizes: bool) -> bool:
        (row, column), kind = figure
        if row == SUM:
            return kind != EVERYONE and column != SUM and not sizes
        if column != SUM or (kind in {EVERYONE, PASSED} and row in self.hidden_cities):
            return True
        return kind != EVERYONE and row in cities

    def _beyond(
        self, cities: Collection[int], known: Sequence[Sequence[Group]], *, sizes: bool
    ) -> Iterable[Sum[Figure]]:
        """What is known of sizes: sums of cells, named by columns beyond the others."""
        answers = [ANSWERED, *self.answers()]
        for row, groups in enumerate(known):
            if row not in cities:
                yield from self._sums(row, groups, answers)
            if row not in self.hidden_cities:
                yield from self._sums(row, self.shown.known, [EVERYONE])
        if not sizes:
            yield from self._sums(SUM, self._own_cells(), answers)

    def _own_cells(self) -> list[Group]:
        """Of the whole, where it shows no sizes but is weighted by those that hold."""
        groups = self.shown.whole
        start = [Cell(group.classes, self.counts[(SUM, c), ANSWERED], 1) for c, group in enumerate(groups)]
        return [Group(key_of(cell.classes), cell.classes) for cell in along_sizes(start)[0]]

    def _sums(
        self, row: int, groups: Sequence[Group], kinds: Sequence[tuple[str, str]]
    ) -> Iterable[Sum[Figure]]:
        for number, group in enumerate(groups, len(self.columns)):
            inside = [c for c, fine in enumerate(self.shown.whole) if set(fine.classes) <= set(group.classes)]
            for kind in kinds:
                yield Sum(((row, number), kind), tuple(((row, c), kind) for c in inside))

    def _is_safe(self, reader: Reader[Figure], place: Place) -> bool:
        key = place, ANSWERED
        up, down = reader.reach(key, 1)[0], reader.reach(key, -1)[0]
        return up >= 1 - ROUNDING and down >= 1 - ROUNDING

    def _around(self, kind: tuple[str, str]) -> Iterable[Sum[Figure]]:
        rows = range(self.rows)
        yield Sum(((SUM, SUM), kind), tuple(((r, SUM), kind) for r in rows))
        yield from (Sum(((r, SUM), kind), tuple(((r, c), kind) for c in self.columns)) for r in rows)
        yield from (Sum(((SUM, c), kind), tuple(((r, c), kind) for r in rows)) for c in self.columns)


def _aspects(item: Item) -> dict[str, Sequence[str]]:
    """What is shown of an item: the shares of its answers together, or of each by itself."""
    if not item.is_chosen:
        return {}
    codes = [choice.code for choice in item.choices]
    return dict.fromkeys(codes, ("yes", "no")) if item.has_several else {item.code: codes}


def _said(item: Item, one: Respondent) -> list[tuple[str, str]]:
    chosen = one.said[item.code]
    if not item.is_chosen:
        return []
    if item.has_several:
        return [(choice.code, "yes" if choice.code in chosen else "no") for choice in item.choices]
    return [(item.code, code) for code in chosen]
