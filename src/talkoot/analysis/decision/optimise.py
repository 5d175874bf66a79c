"""The best portfolio of one situation, exactly.

1. HiGHS solves the linear relaxation; its dual prices say what it costs at least to leave each method's place
   in that solution, and to leave a budget unused (reduced costs: Dantzig 1963).
2. Every portfolio that could still beat the best one known is listed: a method whose price exceeds the gap
   stays where it is, partial portfolios that must fall short are dropped as soon as that is certain.
   A narrow first pass finds a good portfolio, so that the gap of the full pass is small.
3. If the list grows past `LISTED`, HiGHS's branch and bound solves the situation instead; the list of what
   equals its answer, or one more solution a method, settles ties.

The result is proved: no portfolio is better by more than `GAP` of the value. Of equal values the one whose
sorted ids come first wins; methods are therefore given in the order of their ids.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, TypeAlias

import highspy
import numpy as np
from highspy._core import _Highs

from talkoot.analysis.decision.case import FIT

if TYPE_CHECKING:
    from talkoot.analysis.decision.scores import Array

Chosen: TypeAlias = np.ndarray[tuple[int, ...], np.dtype[np.bool_]]
Whole: TypeAlias = np.ndarray[tuple[int, ...], np.dtype[np.int64]]

GAP = 1e-6
EQUAL = 1e-9  # values closer than this, relative to their size, are the same value
NARROW = 300
FEW = 22
LISTED = 5_000
OPEN = 62  # bits of one whole number
NODES = 50_000


@dataclass(frozen=True)
class Optimum:
    """The best portfolio (one truth a method), its value, and whether that is proved."""

    chosen: Chosen
    value: float
    proved: bool


@dataclass(frozen=True)
class Relaxation:
    """The linear optimum: its value, its portfolio rounded, and the price of moving away from it."""

    value: float
    base: Chosen
    prices: Array
    budget_prices: Array


class FeasiblePortfolios:
    """All portfolios of the available methods that the budgets allow.

    `needs`: methods × budgets, `limits`: budgets, both at least 0; `available`: one truth a method. `drawn`: methods
    whose values are drawn from a continuous distribution, so that no two portfolios which differ in one of them are
    equal; ties are then settled among the other methods only.
    """

    def __init__(self, needs: Array, limits: Array, available: Chosen, drawn: Chosen | None = None) -> None:
        size = len(available)
        self.drawn: Chosen = np.zeros_like(available) if drawn is None else drawn
        self.available: Chosen = available & np.all(needs <= _with_slack(limits), axis=1)
        # One more row, which always holds, spares HiGHS and us the case without budgets.
        self.needs = np.column_stack([needs, np.ones(size)])
        self.limits = _with_slack(np.append(limits, size))
        self._columns = np.arange(size, dtype=np.int32)
        self._linear = _model(self.needs, self.limits, whole=False)
        self._whole = _model(self.needs, self.limits, whole=True)

    def best(self, values: Array, *, include: int | None = None) -> Optimum:
        """The portfolio of greatest value, of equals the first by sorted ids; `include` must be in it.

        Raises ValueError when the method to include is not available or exceeds a budget by itself.
        """
        fixed = self._fixed_in(include)
        free = self.available & (values > 0) & ~fixed
        relaxed = self._relax(values, fixed, free)
        start = self._greedy(relaxed, values, fixed, free)
        listed = self._list(relaxed, values, free, float(values @ start))
        if listed is None:
            best = self._solve_whole(values, fixed, self.available & (values >= 0))
            listing = Listing(self.needs, self.limits, relaxed, values, free)
            listed = listing.all(best.value) if best.proved else None
            if listed is None:
                return self._settle_ties(best, values, fixed)
            start = best.chosen & ((values > 0) | fixed)
        return _first_of_the_best([self._with_worthless(row, values) for row in (*listed, start)], values)

    def better(self, values: Array, above: float) -> Optimum | None:
        """A portfolio of greatest value if that exceeds `above`, else None."""
        free = self.available & (values > 0)
        none = np.zeros_like(free)
        relaxed = self._relax(values, none, free)
        if relaxed.value <= above + _equal(above):
            return None
        start = self._greedy(relaxed, values, none, free)
        listed = self._list(relaxed, values, free, max(above, float(values @ start)))
        found = (
            self._solve_whole(values, none, free)
            if listed is None
            else _first_of_the_best([*listed, start], values)
        )
        return found if found.value > above + _equal(above) else None

    def _fixed_in(self, include: int | None) -> Chosen:
        fixed: Chosen = np.zeros_like(self.available)
        if include is not None:
            if not self.available[include]:
                raise ValueError("The method to include is not available within the budgets.")
            fixed[include] = True
        return fixed

    def _relax(self, values: Array, fixed: Chosen, free: Chosen) -> Relaxation:
        model = self._linear
        model.changeColsCost(len(values), self._columns, values)
        model.changeColsBounds(len(values), self._columns, fixed.astype(float), (fixed | free).astype(float))
        model.run()
        solution = model.getSolution()
        shares = np.array(solution.col_value)
        return Relaxation(
            value=float(values @ shares),
            base=shares > 1 / 2,
            prices=np.abs(np.array(solution.col_dual)),
            budget_prices=np.abs(np.array(solution.row_dual)),
        )

    def _greedy(self, relaxed: Relaxation, values: Array, fixed: Chosen, free: Chosen) -> Chosen:
        """Fill the budgets from the dearest place in the relaxation down."""
        chosen = fixed.copy()
        left = self.limits - fixed @ self.needs
        for method in np.lexsort((-values, -relaxed.prices, ~relaxed.base)):
            if free[method] and np.all(self.needs[method] <= left):
                chosen[method] = True
                left = left - self.needs[method]
        return chosen

    def _list(self, relaxed: Relaxation, values: Array, free: Chosen, known: float) -> list[Chosen] | None:
        listing = Listing(self.needs, self.limits, relaxed, values, free)
        some, complete = listing.glance(known)
        return some if complete else listing.all(max([known, *(float(values @ row) for row in some)]))

    def _with_worthless(self, chosen: Chosen, values: Array) -> Chosen:
        """Methods worth exactly nothing enter where the tie rule puts them: before a later one, if they fit."""
        worthless = self.available & (values == 0) & ~chosen
        if not worthless.any() or not chosen.any():
            return chosen
        filled, left = chosen.copy(), self.limits - chosen @ self.needs
        for method in np.flatnonzero(worthless[: np.flatnonzero(chosen)[-1]]):
            if np.all(self.needs[method] <= left):
                filled[method] = True
                left = left - self.needs[method]
        return filled

    def _settle_ties(self, best: Optimum, values: Array, fixed: Chosen) -> Optimum:
        """Of all portfolios worth as much as `best` the first by sorted ids, method by method."""
        allowed = self.available & (values >= 0)
        enough = best.value - _equal(best.value)
        decided, proved = fixed.copy(), best.proved
        for method in np.flatnonzero(allowed & ~fixed):
            if values @ decided >= enough:
                break
            later = allowed.copy()
            later[:method] = decided[:method]
            if not best.chosen[method]:
                if self.drawn[method]:
                    allowed[method] = False
                    continue
                trial = decided.copy()
                trial[method] = True
                rival = self._solve_whole(values, trial, later)
                proved &= rival.proved
                if rival.value < enough:
                    allowed[method] = False
                    continue
                best = rival
            decided[method] = True
        return Optimum(decided, float(values @ decided), proved)

    def _solve_whole(self, values: Array, fixed: Chosen, allowed: Chosen) -> Optimum:
        model = self._whole
        model.changeColsCost(len(values), self._columns, values)
        model.changeColsBounds(
            len(values), self._columns, fixed.astype(float), (fixed | allowed).astype(float)
        )
        model.run()
        if model.getModelStatus() == highspy.HighsModelStatus.kInfeasible:
            return Optimum(fixed, -np.inf, proved=True)
        chosen = np.array(model.getSolution().col_value) > 1 / 2
        bound = model.getInfo().mip_dual_bound
        value = float(values @ chosen)
        fits = bool(np.all(chosen @ self.needs <= _with_slack(self.limits)))
        return Optimum(chosen, value, proved=fits and bound - value <= GAP * max(1.0, abs(value)))


class Listing:
    """Lists the portfolios that lie within a gap of the linear relaxation."""

    def __init__(self, needs: Array, limits: Array, relaxed: Relaxation, values: Array, free: Chosen) -> None:
        self.relaxed, self.values = relaxed, values
        self.limits = limits
        self.free = np.flatnonzero(free)
        self.used = relaxed.base @ needs
        self.changes = np.where(relaxed.base, -1.0, 1.0)[:, None] * needs

    def glance(self, known: float) -> tuple[list[Chosen], bool]:
        """Good portfolios worth at least `known`, and whether they are all there are."""
        gap, moves = self._moves(known)
        flips, complete = self._follow(moves[-OPEN:], gap, NARROW, narrow=True)
        return self._best(moves[-OPEN:], flips), complete and len(moves) <= OPEN

    def all(self, known: float) -> list[Chosen] | None:
        """All portfolios worth at least `known` that may be best, or None when they are too many to list."""
        gap, moves = self._moves(known)
        if len(moves) > FEW:
            return None
        flips, complete = self._follow(moves, gap, LISTED, narrow=False)
        return self._best(moves, flips) if complete else None

    def _moves(self, known: float) -> tuple[float, Whole]:
        """The gap, and the methods whose place is open within it, dearest first."""
        gap = self.relaxed.value - known + GAP * max(1.0, abs(known))
        moves = self.free[self.relaxed.prices[self.free] <= gap]
        return gap, moves[np.argsort(-self.relaxed.prices[moves], kind="stable")]

    def _follow(self, moves: Whole, gap: float, width: int, *, narrow: bool) -> tuple[Whole, bool]:
        """Sets of moves, as bits, and whether none is missing: at most `width` are followed at once.

        `narrow`: the nearest ones are followed on when there are more, else the search is given up.
        """
        changes, prices = self.changes[moves], self.relaxed.prices[moves]
        least = _still_to_come(np.minimum(changes, 0))
        most = _still_to_come(np.maximum(changes, 0))
        used, price = self.used[None, :], np.zeros(1)
        flips = np.zeros(1, dtype=np.int64)
        complete = True
        for step, change in enumerate(changes):
            moved = price + prices[step] <= gap
            used = np.concatenate([used, used[moved] + change])
            flips = np.concatenate([flips, flips[moved] | (1 << step)])
            price = np.concatenate([price, price[moved] + prices[step]])
            unused = np.maximum(self.limits - used - most[step + 1], 0)
            bound = price + unused @ self.relaxed.budget_prices
            kept = (bound <= gap) & np.all(used + least[step + 1] <= self.limits, axis=1)
            used, flips, price, bound = used[kept], flips[kept], price[kept], bound[kept]
            if len(price) > width:
                complete = False
                if not narrow:
                    break
                near = np.argpartition(bound, width)[:width]
                used, flips, price = used[near], flips[near], price[near]
        return flips[np.all(used <= self.limits, axis=1)], complete

    def _best(self, moves: Whole, flips: Whole) -> list[Chosen]:
        if not len(flips):
            return []
        rows = np.repeat(self.relaxed.base[None, :], len(flips), axis=0)
        rows[:, moves] ^= (flips[:, None] >> np.arange(len(moves)) & 1).astype(bool)
        worth = rows @ self.values
        return list(rows[worth >= worth.max() - _equal(float(worth.max()))])


def _first_of_the_best(portfolios: list[Chosen], values: Array) -> Optimum:
    """Of the portfolios with the greatest value, the one whose sorted ids come first."""
    worth = [float(values @ chosen) for chosen in portfolios]
    enough = max(worth) - _equal(max(worth))
    best = [chosen for chosen, value in zip(portfolios, worth, strict=True) if value >= enough]
    chosen = min(best, key=lambda row: np.flatnonzero(row).tolist())
    return Optimum(chosen, float(values @ chosen), proved=True)


def _still_to_come(changes: Array) -> Array:
    """Sums of the rows from each one on, and a last row of nothing."""
    total = np.cumsum(changes[::-1], axis=0)[::-1]
    return np.concatenate([total, np.zeros((1, changes.shape[1]))])


def _model(needs: Array, limits: Array, *, whole: bool) -> _Highs:
    methods, rows = needs.shape
    problem = highspy.HighsLp()
    problem.num_col_, problem.num_row_ = methods, rows
    problem.col_cost_, problem.col_lower_, problem.col_upper_ = (
        np.zeros(methods),
        np.zeros(methods),
        np.ones(methods),
    )
    problem.row_lower_, problem.row_upper_ = np.full(rows, -highspy.kHighsInf), limits
    problem.a_matrix_.format_ = highspy.MatrixFormat.kRowwise
    problem.a_matrix_.start_ = np.arange(rows + 1) * methods
    problem.a_matrix_.index_ = np.tile(np.arange(methods), rows)
    problem.a_matrix_.value_ = needs.T.ravel()
    problem.sense_ = highspy.ObjSense.kMaximize
    if whole:
        problem.integrality_ = [highspy.HighsVarType.kInteger] * methods
    model = _Highs()  # highspy.Highs prints a banner before it can be told not to
    for option, value in _options(whole=whole).items():
        model.setOptionValue(option, value)
    model.passModel(problem)
    return model


def _options(*, whole: bool) -> dict[str, float | int | str | bool]:
    exact: dict[str, float | int | str | bool] = {
        "output_flag": False,
        "primal_feasibility_tolerance": 1e-9,
        "dual_feasibility_tolerance": 1e-9,
    }
    if not whole:
        return {"threads": 1, "presolve": "off", **exact}
    gaps = {"mip_rel_gap": 0.0, "mip_abs_gap": 1e-9, "mip_feasibility_tolerance": 1e-9}
    # Presolve costs more than it saves on so few methods.
    return {"threads": 1, "presolve": "off", "mip_max_nodes": NODES, **exact, **gaps}


def _with_slack(limits: Array) -> Array:
    return limits + FIT * np.maximum(1.0, np.abs(limits))


def _equal(value: float) -> float:
    return EQUAL * max(1.0, abs(value))
