"""Whether some weights meet a growing set of statements: exact, on whole numbers, in plain Python.

The statements are kept as equations in which some variables, weights and slacks, are told by the others, which are 0.
A statement that the weights at hand break is mended by exchanging variables, always the first that may (Bland 1977;
for growing sets Dutertre and de Moura 2006), so this ends: at weights that meet all statements, or at an equation that
none can.
"""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from math import gcd, lcm
from typing import TYPE_CHECKING, TypeAlias

from talkoot.analysis.decision.weights import SLACK, half_spaces

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from talkoot.analysis.decision.weights import HalfSpace, WeightStatement

Equation: TypeAlias = tuple[int, ...]


@dataclass(frozen=True)
class Equations:
    """`told[x]` = (d, c, a, b, …) says d · x = c + a · free[0] + b · free[1] + …, d > 0; all but `free` are told.

    Variables are numbered: first the weights of the criteria, then the slacks of the half-spaces as they came.
    """

    criteria: Sequence[str]
    free: tuple[int, ...]
    told: dict[int, Equation]

    @classmethod
    def of(cls, criteria: Sequence[str]) -> Equations:
        """Weights that are not negative and sum to 1: the first by the others."""
        return cls(criteria, tuple(range(1, len(criteria))), {0: (1, 1, *(-1 for _ in criteria[1:]))})

    def meeting(self, statements: Iterable[WeightStatement]) -> Equations | None:
        """With these statements too, each short by `SLACK` at most; None when no weights meet them."""
        met: Equations | None = self
        for statement in statements:
            for half_space in half_spaces(self.criteria, statement, room=SLACK):
                met = met and _mended(met.also(half_space))
        return met

    def also(self, half_space: HalfSpace) -> Equations:
        """One more slack = limit − normal · weights, which may be below 0."""
        names = {weight: place for place, weight in enumerate(self.free)}
        slack = [half_space.limit, *(Fraction(0) for _ in self.free)]
        for weight, a in enumerate(half_space.normal):
            if weight in names:
                slack[names[weight] + 1] -= a
            elif a:
                scale, *terms = self.told[weight]
                for place, term in enumerate(terms):
                    slack[place] -= a * term / scale
        scale = lcm(*(term.denominator for term in slack))
        new = len(self.free) + len(self.told)
        equation = (scale, *(int(term * scale) for term in slack))
        return Equations(self.criteria, self.free, {**self.told, new: equation})

    def exchanged(self, name: int, place: int) -> Equations:
        """The variable `name` becomes free, and the free one at `place` is told."""
        scale, *terms = self.told[name]
        at = place + 1
        entering = [terms[at], *(-term for term in terms)]
        entering[at + 1] = scale
        told = {
            each: _put(equation, entering, at + 1) for each, equation in self.told.items() if each != name
        }
        told[self.free[place]] = _reduced(entering)
        return Equations(self.criteria, (*self.free[:place], name, *self.free[at:]), told)


def _mended(equations: Equations) -> Equations | None:
    """With no variable below 0; None when one cannot be raised, so that the statements contradict each other."""
    while True:
        below = min((name for name, equation in equations.told.items() if equation[1] < 0), default=None)
        if below is None:
            return equations
        rising = [place for place, a in enumerate(equations.told[below][2:]) if a > 0]
        if not rising:
            return None
        equations = equations.exchanged(below, min(rising, key=equations.free.__getitem__))


def _put(equation: Equation, entering: Sequence[int], at: int) -> Equation:
    """The equation with the variable at `at` replaced by what `entering` says of it."""
    share = equation[at]
    if not share:
        return equation
    by = entering[0]
    mixed = [term * by + share * other for term, other in zip(equation, entering, strict=True)]
    mixed[0] = equation[0] * by
    mixed[at] = share * entering[at]
    return _reduced(mixed)


def _reduced(terms: Sequence[int]) -> Equation:
    common = gcd(*terms)
    return tuple(term // common for term in terms)
