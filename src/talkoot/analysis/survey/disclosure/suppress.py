"""The cheapest set of further figures to hide so that no small one can be worked out (Fischetti and Salazar 2001).

A small MILP chooses; the reader's linear programs check each choice. Where a reader can still pin down a small
figure, the prices of that program say which figures would loosen it, and in what measure: a linear condition
that every protecting set fulfils. It is added and the MILP solved again, until nothing can be pinned down. The
result is then the cheapest, and among the cheapest one with the fewest figures.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Generic, TypeVar

import highspy
import numpy as np
from highspy._core import _Highs

from talkoot.analysis.refusal import listed
from talkoot.analysis.survey.disclosure.cells import ROUNDING, Reader
from talkoot.analysis.survey.disclosure.rules import THRESHOLD
from talkoot.analysis.survey.errors import SurveyError

if TYPE_CHECKING:
    from collections.abc import Collection, Hashable, Iterable, Mapping, Sequence

    from numpy.typing import NDArray

    from talkoot.analysis.survey.disclosure.cells import Sum

Key = TypeVar("Key", bound="Hashable")
TIGHT = 1e-9


@dataclass(frozen=True)
class Suppression(Generic[Key]):
    """`primary`, `secondary`: what to hide. `attacker`: the least and the greatest count a reader can infer of each
    primary figure. `cost`: sum of the secondary counts."""

    primary: tuple[Key, ...]
    secondary: tuple[Key, ...]
    attacker: dict[Key, tuple[int, int]]
    cost: int

    @property
    def hidden(self) -> frozenset[Key]:
        return frozenset(self.primary) | frozenset(self.secondary)


@dataclass(frozen=True)
class Condition:
    """Σ `weights` of the figures hidden must be at least `need`."""

    weights: NDArray[np.float64]
    need: float


def suppress(
    counts: Mapping[Key, int],
    sums: Iterable[Sum[Key]],
    primary: Sequence[Key],
    *,
    threshold: int = THRESHOLD,
    published: Collection[Key] = (),
    hidden_before: Collection[Key] = (),
) -> Suppression[Key]:
    """Each primary figure keeps low < count < high and high ≥ threshold for a reader of all the others.

    `published`: what stays in any case. `hidden_before`: what was hidden when the same figures were last
    published and is hidden again. SurveyError when even hiding all the rest does not protect.
    """
    reader = Reader(counts, sums)
    needs = [(key, 1, max(1, threshold - counts[key])) for key in primary] + [(key, -1, 1) for key in primary]
    choice = _Choice(reader, primary, published, hidden_before)
    _refuse_hopeless(reader, needs, published)
    hidden: set[Key] | None = None
    while True:
        hidden, before = choice.best(), hidden
        if hidden == before:
            raise RuntimeError("A condition was added and the same figures were chosen again.")
        reader.hide(hidden)
        broken = [found for key, way, need in needs if (found := _broken(reader, key, way, need))]
        if not broken:
            break
        for condition in broken:
            choice.require(condition)
    secondary = tuple(key for key in counts if key in hidden and key not in set(primary))
    attacker = {key: reader.interval(key) for key in primary}
    return Suppression(tuple(primary), secondary, attacker, sum(counts[key] for key in secondary))


def _refuse_hopeless(
    reader: Reader[Key], needs: Sequence[tuple[Key, int, int]], published: Collection[Key]
) -> None:
    stays = set(published)
    reader.hide(key for key in reader.keys if key not in stays)
    bare = list(dict.fromkeys(key for key, way, need in needs if reader.reach(key, way)[0] < need - ROUNDING))
    if bare:
        raise SurveyError("cannot_be_protected", bare, cells=listed(bare))


def _broken(reader: Reader[Key], key: Key, way: int, need: int) -> Condition | None:
    """What every protecting set fulfils and this one does not; None when the figure is safe."""
    found, prices = reader.reach(key, way)
    if found >= need - ROUNDING:
        return None
    room = np.where(prices > 0, reader.most - reader.known, reader.known)
    weights = np.minimum(np.abs(prices) * room, need)
    weights[weights < ROUNDING] = 0.0
    return Condition(weights, float(need))


class _Choice(Generic[Key]):
    """The MILP over what to hide: costs count first, then the number of figures."""

    def __init__(
        self,
        reader: Reader[Key],
        primary: Collection[Key],
        published: Collection[Key],
        hidden_before: Collection[Key],
    ) -> None:
        self.keys = reader.keys
        forced, barred = {*primary, *hidden_before}, set(published)
        self.model = _Highs()  # the class that prints no banner
        for option, value in {
            "output_flag": False,
            "threads": 1,
            "mip_rel_gap": 0.0,
            "mip_abs_gap": 0.5,
            "mip_feasibility_tolerance": TIGHT,
            "primal_feasibility_tolerance": TIGHT,
        }.items():
            self.model.setOptionValue(option, value)
        for key, count in zip(self.keys, reader.known.tolist(), strict=True):
            free = 0.0 if key in forced else count * (len(self.keys) + 1) + 1
            self.model.addCol(
                free, float(key in forced), float(key not in barred), 0, np.empty(0, np.int32), np.empty(0)
            )
        columns = np.arange(len(self.keys), dtype=np.int32)
        kinds = np.full(len(columns), highspy.HighsVarType.kInteger)
        self.model.changeColsIntegrality(len(columns), columns, kinds)

    def require(self, condition: Condition) -> None:
        places = np.flatnonzero(condition.weights).astype(np.int32)
        self.model.addRow(condition.need, highspy.kHighsInf, len(places), places, condition.weights[places])

    def best(self) -> set[Key]:
        self.model.run()
        if self.model.getModelStatus() != highspy.HighsModelStatus.kOptimal:
            raise RuntimeError("HiGHS did not finish.")
        values = self.model.getSolution().col_value
        return {key for key, value in zip(self.keys, values, strict=True) if value > 1 / 2}
