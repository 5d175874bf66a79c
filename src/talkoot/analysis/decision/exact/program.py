"""The choice of a portfolio as a 0–1 program: maximise values · u subject to rows · u ≤ limits, u ∈ {0, 1}.

Columns are the methods in the order of their ids and then one auxiliary column a synergy, which is 1 just
when all its methods are (Glover and Woolsey 1974). Every rule becomes rows "≤": a minimum and the lower end of
a group with opposite sign, "a needs b" as a − b ≤ 0, "not both" as a + b ≤ 1.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import cached_property
from typing import TYPE_CHECKING, NamedTuple, TypeAlias

import numpy as np

from talkoot.analysis.decision.case import FIT

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

Array: TypeAlias = np.ndarray[tuple[int, ...], np.dtype[np.float64]]
Chosen: TypeAlias = np.ndarray[tuple[int, ...], np.dtype[np.bool_]]
Whole: TypeAlias = np.ndarray[tuple[int, ...], np.dtype[np.int64]]


class Columns(NamedTuple):
    """The rows column by column: entries start[j] … start[j + 1] of `row` and `coef` belong to column j."""

    start: Whole
    row: Whole
    coef: Array


class Frame(NamedTuple):
    """A program as the compiled code takes it: rows × columns, also by columns, what each row allows, the greatest
    coefficient of each row, what each column must and may be, how many columns are methods."""

    rows: Array
    columns: Columns
    bounds: Array
    scale: Array
    lower: Chosen
    upper: Chosen
    methods: int


@dataclass(frozen=True)
class Program:
    """`rows`: limits × columns; `limits` as stated; `lower`, `upper`: what each column may be.

    `names`: the resource, or the rule in words, of each row. `methods`: how many columns are methods; `synergies`:
    the methods of each other column.
    """

    methods: int
    rows: Array
    limits: Array
    lower: Chosen
    upper: Chosen
    names: tuple[str, ...]
    synergies: tuple[tuple[int, ...], ...] = ()

    @cached_property
    def bounds(self) -> Array:
        """The limits with room for rounding: 0.1 + 0.2 fits 0.3."""
        return np.asarray(self.limits + FIT * np.maximum(1.0, np.abs(self.limits)))

    @cached_property
    def columns(self) -> Columns:
        column, row = np.nonzero(self.rows.T)
        start = np.searchsorted(column, np.arange(self.rows.shape[1] + 1))
        return Columns(start.astype(np.int64), row.astype(np.int64), self.rows.T[column, row].copy())

    @cached_property
    def frame(self) -> Frame:
        greatest = np.abs(self.rows).max(axis=1, initial=0.0)
        scale = np.where(greatest > 0, greatest, 1.0)
        return Frame(
            np.ascontiguousarray(self.rows),
            self.columns,
            self.bounds,
            scale,
            self.lower,
            self.reachable,
            self.methods,
        )

    @cached_property
    def reachable(self) -> Chosen:
        """What each column may be, without those that pass a limit by themselves."""
        additive = np.all(self.rows >= 0, axis=1)
        over = np.any(self.rows[additive] > self.bounds[additive, None], axis=0)
        return np.asarray((self.upper & ~over) | self.lower)

    @property
    def size(self) -> int:
        """How many columns there are."""
        return len(self.lower)

    def allows(self, chosen: Chosen) -> bool:
        """Whether the columns `chosen` keep every row and bound."""
        within = bool(np.all(chosen >= self.lower) and np.all(chosen <= self.upper))
        return within and bool(np.all(self.rows @ chosen <= self.bounds))

    def completed(self, chosen: Chosen) -> Chosen:
        """The same methods, with the column of each synergy that they bring about."""
        whole = chosen.copy()
        for k, members in enumerate(self.synergies):
            whole[self.methods + k] = all(chosen[member] for member in members)
        return whole

    @property
    def nothing(self) -> Chosen:
        """No portfolios at all: a pool to begin with."""
        return np.zeros((0, self.size), dtype=np.bool_)

    def including(self, method: int) -> Program:
        lower = self.lower.copy()
        lower[method] = True
        return replace(self, lower=lower)

    def only(self, allowed: Chosen) -> Program:
        """Only the methods of `allowed` (one truth a method) may be chosen."""
        upper = self.upper.copy()
        upper[: self.methods] &= allowed
        return replace(self, upper=upper)

    def with_limit(self, row: int, limit: float) -> Program:
        limits = self.limits.copy()
        limits[row] = limit
        return replace(self, limits=limits)


class Rules:
    """Collects the rows of a program."""

    def __init__(self, methods: int, synergies: int) -> None:
        self.methods, self.synergies = methods, synergies
        self._rows: list[Array] = []
        self._limits: list[float] = []
        self._names: list[str] = []
        self._together: list[tuple[int, ...]] = []

    def at_most(self, name: str, coef: Iterable[tuple[int, float]], limit: float) -> None:
        row = np.zeros(self.methods + self.synergies)
        for column, a in coef:
            row[column] += a
        self._rows.append(row)
        self._limits.append(limit)
        self._names.append(name)

    def at_least(self, name: str, coef: Iterable[tuple[int, float]], limit: float) -> None:
        self.at_most(name, ((column, -a) for column, a in coef), -limit)

    def needs(self, name: str, method: int, needed: int) -> None:
        self.at_most(name, [(method, 1), (needed, -1)], 0)

    def together(self, name: str, methods: Sequence[int]) -> None:
        """The column of the next synergy is 1 just when all of `methods` are chosen."""
        column = self.methods + len(self._together)
        self._together.append(tuple(methods))
        for method in methods:
            self.needs(name, column, method)
        self.at_most(name, [(column, -1), *((method, 1) for method in methods)], len(methods) - 1)

    def program(self, lower: Chosen, upper: Chosen) -> Program:
        """The program, with what each method must and may be."""
        size = self.methods + self.synergies
        extra = np.zeros(self.synergies, dtype=np.bool_)
        return Program(
            methods=self.methods,
            rows=np.array(self._rows, dtype=np.float64).reshape(len(self._rows), size),
            limits=np.array(self._limits, dtype=np.float64),
            lower=np.concatenate([lower, extra]),
            upper=np.concatenate([upper, ~extra]),
            names=tuple(self._names),
            synergies=tuple(self._together),
        )
