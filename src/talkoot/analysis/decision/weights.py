"""What the stated limits on weights leave open: exact, in plain Python, light enough for a web form.

The weights of the criteria are non-negative and sum to 1; each statement cuts that simplex with a half-space.
The corners of what is left are found by the double description method (Motzkin, Raiffa, Thompson and Thrall
1953) in fractions. A statement counts as met when it fails by less than `SLACK`, so that thirds written as
decimals still sum to 1.
"""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from typing import TYPE_CHECKING, Literal, TypeAlias

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

Operator: TypeAlias = Literal[">=", "<=", "="]
Vertex: TypeAlias = tuple[Fraction, ...]

OPERATORS: tuple[Operator, ...] = (">=", "<=", "=")
SLACK = Fraction(1, 10**9)


@dataclass(frozen=True)
class WeightStatement:
    """Σ coef · weight  op  rhs."""

    coef: Mapping[str, float]
    op: Operator
    rhs: float

    def to_json(self) -> dict[str, object]:
        return {"coef": dict(self.coef), "op": self.op, "rhs": self.rhs}


@dataclass(frozen=True)
class Corner:
    """A vertex of the polytope; `tight` holds the half-spaces it lies on, as bits."""

    at: Vertex
    tight: int


@dataclass(frozen=True)
class HalfSpace:
    """normal · weights ≤ limit."""

    normal: Vertex
    limit: Fraction

    def excess(self, point: Vertex) -> Fraction:
        return sum((a * x for a, x in zip(self.normal, point, strict=True)), -self.limit)


def bounds(limits: Mapping[str, tuple[float, float]]) -> tuple[WeightStatement, ...]:
    """Statements low ≤ weight ≤ high: two a criterion in the given order, the lower first."""
    return tuple(
        WeightStatement({criterion: 1}, op, rhs)
        for criterion, (low, high) in limits.items()
        for op, rhs in ((OPERATORS[0], low), (OPERATORS[1], high))
    )


def words(statement: WeightStatement) -> str:
    """The statement as one reads it: emissions − 2 × demand ≥ 0."""
    terms = [(a, name) for name, a in statement.coef.items() if a]
    parts: list[str] = []
    for a, name in terms:
        sign = ("− " if a < 0 else "+ ") if parts else ("−" if a < 0 else "")
        parts.append(sign + (name if abs(a) == 1 else f"{abs(a):g} × {name}"))
    sides = {">=": "≥", "<=": "≤", "=": "="}
    return f"{' '.join(parts) or '0'} {sides[statement.op]} {statement.rhs:g}"


def told(statements: Sequence[WeightStatement], indices: Iterable[int]) -> str:
    """The statements of these indices, numbered and in words."""
    return ", ".join(f"{i} ({words(statements[i])})" for i in indices)


def corners(criteria: Sequence[str], statements: Sequence[WeightStatement]) -> tuple[Corner, ...]:
    """The vertices of the weight polytope; none when the statements contradict each other."""
    exact = _corners(criteria, statements, room=Fraction(0))
    return exact or _corners(criteria, statements, room=SLACK)


def _corners(
    criteria: Sequence[str], statements: Iterable[WeightStatement], *, room: Fraction
) -> tuple[Corner, ...]:
    size = len(criteria)
    everything = (1 << size) - 1
    found = [
        Corner(tuple(Fraction(int(i == j)) for j in range(size)), everything & ~(1 << i)) for i in range(size)
    ]
    bit = size
    for statement in statements:
        for half_space in half_spaces(criteria, statement, room=room):
            found = _cut(found, half_space, 1 << bit)
            bit += 1
    return tuple(found)


def half_spaces(criteria: Sequence[str], statement: WeightStatement, *, room: Fraction) -> list[HalfSpace]:
    """One half-space, or two for "=", each with its face moved out by `room`."""
    normal = tuple(fraction(statement.coef.get(criterion, 0)) for criterion in criteria)
    limit = fraction(statement.rhs)
    below = HalfSpace(normal, limit + room)
    above = HalfSpace(tuple(-a for a in normal), room - limit)
    return {"<=": [below], ">=": [above], "=": [below, above]}[statement.op]


def _cut(found: Sequence[Corner], half_space: HalfSpace, bit: int) -> list[Corner]:
    """The corners left below the half-space's face, those on it marked with `bit`."""
    excess = [half_space.excess(corner.at) for corner in found]
    inside = [i for i, e in enumerate(excess) if e < -SLACK]
    outside = [i for i, e in enumerate(excess) if e > SLACK]
    kept = [
        Corner(corner.at, corner.tight | bit) if e >= -SLACK else corner
        for corner, e in zip(found, excess, strict=True)
        if e <= SLACK
    ]
    for i in inside:
        for j in outside:
            shared = found[i].tight & found[j].tight
            if _are_neighbours(found, i, j, shared):
                share = excess[i] / (excess[i] - excess[j])
                at = tuple(a + share * (b - a) for a, b in zip(found[i].at, found[j].at, strict=True))
                kept.append(Corner(at, shared | bit))
    return kept


def _are_neighbours(found: Sequence[Corner], i: int, j: int, shared: int) -> bool:
    """Whether an edge joins the two: no third corner lies on everything they share."""
    return not any(corner.tight & shared == shared for k, corner in enumerate(found) if k not in (i, j))


def fraction(value: float) -> Fraction:
    """The number as it is written: 0.1 is a tenth, not the nearest binary fraction."""
    return Fraction(str(value))
