"""`python -m talkoot.analysis.decision.exact.prepare`: compile everything once and keep it, as `make setup` does."""

from __future__ import annotations

import shutil
import sys

import numpy as np

from talkoot.analysis.decision.exact import solver
from talkoot.analysis.decision.exact.compiled import FOLDER
from talkoot.analysis.decision.exact.enumeration import Ends, Scarce, non_dominated
from talkoot.analysis.decision.exact.program import Rules


def compile_all() -> None:
    """Answer a small question of every kind: what is compiled for it serves all others."""
    rules = Rules(3, 1)
    rules.at_most("days", [(0, 1), (1, 2), (2, 2)], 3)
    rules.together("synergy", [0, 1])
    program = rules.program(np.zeros(3, dtype=np.bool_), np.ones(3, dtype=np.bool_))
    values = np.array([[1.0, 2.0, 3.0, 1.0]])
    solver.solve(program, values, pool=program.nothing)
    solver.best(program, values[0], above=0.0)
    order = np.arange(4)
    scarce = Scarce(np.array([0]), program.rows[:1], order[None, None, :], order)
    non_dominated(program.frame, order, scarce, Ends(values, values, points=True), program.nothing, 100, 10)


def drop_older() -> None:
    """Remove what was compiled from other versions of the sources."""
    if FOLDER is not None:
        for other in FOLDER.parent.iterdir():
            if other != FOLDER and other.is_dir():
                shutil.rmtree(other)


if __name__ == "__main__":
    compile_all()
    drop_older()
    if FOLDER is None:
        sys.stderr.write("Nothing can be kept here: each process will compile for itself.\n")
