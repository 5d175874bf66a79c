"""The smallest set of weight statements that no weights meet together, exactly and in a moment.

Whatever set of statements can be met shows something of every contradiction: it holds one of the others. The smallest
choice of statements that agrees with all that has been shown is tried. When weights meet it, it is enlarged as far as
they go, which shows one thing more; when none do, there is no smaller contradiction (Ignatiev, Previti, Liffiton and
Marques-Silva 2015). Of equally small ones it is the first by its indices.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeAlias

from talkoot.analysis.decision.possible import Equations

if TYPE_CHECKING:
    from collections.abc import Sequence

    from talkoot.analysis.decision.weights import WeightStatement

Indices: TypeAlias = frozenset[int]

# Before a contradiction that may not be the smallest will do:
TRIED = 300  # choices
LOOKED_AT = 20_000  # beginnings of choices


def contradiction(criteria: Sequence[str], statements: Sequence[WeightStatement]) -> tuple[int, ...]:
    """Indices of the smallest set of statements that no weights meet together; () when all can be met.

    Where very many statements contradict each other in very many ways, of a set from which nothing can be taken away.
    """
    nothing = Equations.of(criteria)
    if nothing.meeting(statements) is not None:
        return ()
    choices = Choices()
    for _ in range(TRIED):
        tried = choices.smallest()
        if tried is None:
            break
        met = nothing.meeting(statements[i] for i in tried)
        if met is None:
            return tried
        choices.shown.append(_left_out(met, statements, tried))
    return _irreducible(nothing, statements)


def _left_out(met: Equations, statements: Sequence[WeightStatement], kept: Sequence[int]) -> Indices:
    """The statements that are left when as many as go are added one by one to those `kept`."""
    out: list[int] = []
    for index, statement in enumerate(statements):
        if index not in kept:
            more = met.meeting([statement])
            if more is None:
                out.append(index)
            else:
                met = more
    return frozenset(out)


def _irreducible(nothing: Equations, statements: Sequence[WeightStatement]) -> tuple[int, ...]:
    """A contradiction that ends with each of its members: the statement at which the first ones fail, again and again."""
    needed: list[int] = []
    met = nothing.meeting([])
    while met is not None:
        for index, statement in enumerate(statements):
            more = met.meeting([statement])
            if more is None:
                needed.append(index)
                break
            met = more
        met = nothing.meeting(statements[i] for i in needed)
    return tuple(sorted(needed))


class Choices:
    """Choices of statements that hold one of each set in `shown`."""

    def __init__(self) -> None:
        self.shown: list[Indices] = []
        self._size = 0
        self._looked_at = 0

    def smallest(self) -> tuple[int, ...] | None:
        """The smallest choice, of equally small ones the first; None once finding it takes too long."""
        while not self._is_possible(self.shown, self._size):
            self._size += 1
        chosen: list[int] = []
        left = self.shown
        for index in sorted(frozenset().union(*self.shown)):
            rest = [each for each in left if index not in each]
            if len(rest) < len(left) and self._is_possible(rest, self._size - len(chosen) - 1):
                chosen.append(index)
                left = rest
        return tuple(chosen) if self._looked_at < LOOKED_AT else None

    def _is_possible(self, shown: Sequence[Indices], size: int) -> bool:
        """Whether some `size` indices hold one of each set."""
        self._looked_at += 1
        if not shown or self._looked_at >= LOOKED_AT:
            return True
        if size < _apart(shown):
            return False
        least = min(shown, key=len)
        return any(
            self._is_possible([each for each in shown if index not in each], size - 1)
            for index in sorted(least)
        )


def _apart(shown: Sequence[Indices]) -> int:
    """How many of the sets, picked greedily, share nothing: so many indices are needed at least."""
    used: Indices = frozenset()
    count = 0
    for each in sorted(shown, key=len):
        if used.isdisjoint(each):
            used |= each
            count += 1
    return count
