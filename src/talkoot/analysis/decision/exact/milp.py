"""The same program for HiGHS's own branch and bound: for what the search gives up on, and for questions in words."""

from __future__ import annotations

from typing import TYPE_CHECKING

import highspy
import numpy as np
from highspy._core import _Highs

if TYPE_CHECKING:
    from talkoot.analysis.decision.exact.program import Array, Chosen, Program

GAP = 1e-6
NODES = 50_000
FEW_NODES = 1_000  # of a question that is asked before anything is calculated


def solve(
    program: Program, values: Array, start: Chosen | None = None, *, nodes: int = NODES
) -> tuple[Chosen | None, bool]:
    """The best portfolio found (None when there is none) and whether it is proved to within `GAP`."""
    model = _model(program, values)
    model.setOptionValue("mip_max_nodes", nodes)
    if start is not None:
        solution = highspy.HighsSolution()
        solution.col_value = start.astype(float).tolist()
        model.setSolution(solution)
    model.run()
    if model.getModelStatus() == highspy.HighsModelStatus.kInfeasible:
        return None, True
    found = model.getSolution().col_value
    if not found:
        return start, False
    chosen = np.array(found) > 1 / 2
    if not program.allows(chosen):
        return start, False
    value = float(values @ chosen)
    bound = model.getInfo().mip_dual_bound
    return chosen, bool(bound - value <= GAP * max(1.0, abs(value)))


def is_possible(program: Program) -> bool | None:
    """Whether any portfolio keeps all rows; None when `FEW_NODES` do not tell."""
    chosen, proved = solve(program, np.zeros(program.size), nodes=FEW_NODES)
    return True if chosen is not None else False if proved else None


def is_possible_in_part(program: Program) -> bool:
    """Whether anything keeps all rows when methods may be chosen in part: where not, no portfolio does either."""
    model = _model(program, np.zeros(program.size), whole=False)
    model.run()
    return bool(model.getModelStatus() != highspy.HighsModelStatus.kInfeasible)


def _model(program: Program, values: Array, *, whole: bool = True) -> _Highs:
    model = _Highs()  # highspy.Highs prints a banner before it can be told not to
    for option, value in OPTIONS.items():
        model.setOptionValue(option, value)
    problem = _problem(program, values)
    if not whole:
        problem.integrality_ = []
    model.passModel(problem)
    return model


OPTIONS: dict[str, float | int | str | bool] = {
    "output_flag": False,
    "threads": 1,
    "mip_max_nodes": NODES,
    "mip_rel_gap": 0.0,
    "mip_abs_gap": 1e-9,
    "mip_feasibility_tolerance": 1e-9,
    "primal_feasibility_tolerance": 1e-9,
    "dual_feasibility_tolerance": 1e-9,
}


def _problem(program: Program, values: Array) -> highspy.HighsLp:
    problem = highspy.HighsLp()
    height = len(program.limits)
    problem.num_col_, problem.num_row_ = program.size, height
    problem.col_cost_ = values
    problem.col_lower_ = program.lower.astype(float)
    problem.col_upper_ = (program.upper | program.lower).astype(float)
    problem.row_lower_, problem.row_upper_ = np.full(height, -highspy.kHighsInf), program.bounds
    problem.a_matrix_.format_ = highspy.MatrixFormat.kColwise
    problem.a_matrix_.start_ = program.columns.start.astype(np.int32)
    problem.a_matrix_.index_ = program.columns.row.astype(np.int32)
    problem.a_matrix_.value_ = program.columns.coef
    problem.sense_ = highspy.ObjSense.kMaximize
    problem.integrality_ = [highspy.HighsVarType.kInteger] * program.size
    return problem
