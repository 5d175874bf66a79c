"""Several tables of the same respondents, and the same tables published again, protected together.

A figure is known by what it counts: {("size", "micro"), ("answer", "yes")}; a sum leaves a variable out, and the
empty set counts everyone. So tables that share a margin share its figure, and what one hides no other gives away.
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import combinations, product
from typing import TYPE_CHECKING, TypeAlias, TypeVar

from talkoot.analysis.survey.disclosure.cells import ROUNDING, Reader, Sum
from talkoot.analysis.survey.disclosure.rules import THRESHOLD
from talkoot.analysis.survey.disclosure.suppress import Suppression, suppress

if TYPE_CHECKING:
    from collections.abc import Collection, Hashable, Iterable, Mapping, Sequence

    Key = TypeVar("Key", bound=Hashable)

Counted: TypeAlias = frozenset[tuple[str, str]]
Stamped: TypeAlias = tuple[str, Counted]
EVERYONE: Counted = frozenset()
EARLIER, LATER, NEW = "earlier", "later", "new"


@dataclass(frozen=True)
class Cross:
    """A table with all its sums. `levels`: {variable: its levels}; `counts`: {one level of each: respondents}, 0
    where it is left out."""

    levels: Mapping[str, Sequence[str]]
    counts: Mapping[Counted, int]

    def figures(self) -> dict[Counted, int]:
        """Every cell and every sum. ValueError for a count of something the table does not hold."""
        cells = self._over(tuple(self.levels))
        stray = set(self.counts) - set(cells)
        if stray:
            raise ValueError(f"Not in the table: {sorted(map(sorted, stray))}")
        found: dict[Counted, int] = {}
        for variables in self._sides():
            found |= {
                key: sum(self.counts.get(cell, 0) for cell in cells if key <= cell)
                for key in self._over(variables)
            }
        return found

    def sums(self) -> list[Sum[Counted]]:
        """Each sum over one variable."""
        return [
            Sum(key, tuple(key | {(variable, level)} for level in self.levels[variable]))
            for variables in self._sides()
            for variable in self.levels
            if variable not in variables
            for key in self._over(variables)
        ]

    def _sides(self) -> list[tuple[str, ...]]:
        names = tuple(self.levels)
        return [some for size in range(len(names), -1, -1) for some in combinations(names, size)]

    def _over(self, variables: Sequence[str]) -> list[Counted]:
        choices = ([(variable, level) for level in self.levels[variable]] for variable in variables)
        return [frozenset(chosen) for chosen in product(*choices)]


def joined(tables: Iterable[Cross]) -> tuple[dict[Counted, int], list[Sum[Counted]]]:
    """All figures and all sums of tables of the same respondents. ValueError where two tables disagree."""
    counts: dict[Counted, int] = {}
    sums: dict[Sum[Counted], None] = {}
    for table in tables:
        for key, count in table.figures().items():
            if counts.setdefault(key, count) != count:
                raise ValueError(f"The tables disagree on {sorted(key) or 'everyone'}.")
        sums |= dict.fromkeys(table.sums())
    return counts, list(sums)


def protect(
    tables: Iterable[Cross], *, threshold: int = THRESHOLD, hidden_before: Collection[Counted] = ()
) -> Suppression[Counted]:
    """The cheapest figures to hide in all tables at once. `hidden_before`: hidden in an earlier round of other
    respondents and hidden again wherever it is not 0, so that rounds can be compared without a gap in one only.

    SurveyError when nothing protects while the number of everyone is published.
    """
    counts, sums = joined(tables)
    return suppress(
        counts,
        sums,
        _small(counts, threshold),
        threshold=threshold,
        published=[EVERYONE],
        hidden_before=[key for key in hidden_before if counts.get(key) and key != EVERYONE],
    )


def protect_again(
    earlier: Iterable[Cross],
    hidden_before: Collection[Counted],
    later: Iterable[Cross],
    *,
    threshold: int = THRESHOLD,
) -> Suppression[Stamped]:
    """Tables of a round that were published, and again after more had answered: the difference counts the new.

    What was published stays known and what was hidden stays hidden; the keys are (EARLIER, figure), (LATER, figure)
    and (NEW, figure), which is never published and is primary where few are new. SurveyError when so few are new
    that only waiting protects them. ValueError when an answer has gone.
    """
    before, ties_before = joined(earlier)
    after, ties_after = joined(later)
    if set(before) != set(after) or any(after[key] < count for key, count in before.items()):
        raise ValueError("The later tables must hold the figures of the earlier ones, and no fewer answers.")
    new = {key: after[key] - count for key, count in before.items()}
    parts = {EARLIER: before, LATER: after, NEW: new}
    counts = {(stamp, key): count for stamp, part in parts.items() for key, count in part.items()}
    sums = [
        Sum((stamp, tie.whole), tuple((stamp, part) for part in tie.parts))
        for stamp, ties in ((EARLIER, ties_before), (LATER, ties_after), (NEW, ties_after))
        for tie in ties
    ]
    sums += [Sum((LATER, key), ((EARLIER, key), (NEW, key))) for key in before]
    shown_before = [(EARLIER, key) for key in before if key not in hidden_before]
    return suppress(
        counts,
        sums,
        [key for key in _small(counts, threshold) if key not in set(shown_before)],
        threshold=threshold,
        published=[*shown_before, (LATER, EVERYONE)],
        hidden_before=[
            *((EARLIER, key) for key in hidden_before),
            *((NEW, key) for key in new if key != EVERYONE),
        ],
    )


def _small(counts: Mapping[Key, int], threshold: int) -> list[Key]:
    """Everyone is not among the small: their number is published."""
    return [key for key, count in counts.items() if 0 < count < threshold and not _is_everyone(key)]


def _is_everyone(key: object) -> bool:
    return key == EVERYONE or (isinstance(key, tuple) and key[1] == EVERYONE)


def revealing(
    counts: Mapping[Key, int],
    sums: Iterable[Sum[Key]],
    found: Suppression[Key],
    numbers: Mapping[Key, Sum[Key]],
    threshold: int = THRESHOLD,
) -> tuple[Key, ...]:
    """Which of some more unweighted numbers of answers must stay hidden because they would give a small figure away.

    `numbers`: {name of the number: the figures it is the sum of}. Taken in order: each may be shown when, with
    those before it, no primary figure can be pinned down.
    """
    ties = [*sums, *numbers.values()]
    everything = dict(counts) | {key: sum(counts[part] for part in tie.parts) for key, tie in numbers.items()}
    reader = Reader(everything, ties)
    hidden: set[Key] = {*found.hidden, *numbers}
    for key in numbers:
        reader.hide(hidden - {key})
        if all(_is_safe(reader, small, threshold) for small in found.primary):
            hidden.discard(key)
    return tuple(key for key in numbers if key in hidden)


def _is_safe(reader: Reader[Key], key: Key, threshold: int) -> bool:
    up, down = reader.reach(key, 1)[0], reader.reach(key, -1)[0]
    return up >= max(1, threshold - reader.counts[key]) - ROUNDING and down >= 1 - ROUNDING
