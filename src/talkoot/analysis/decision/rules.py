"""The rules of a case as rows, and which of them no portfolio keeps together.

Loads numpy and HiGHS alone, so that a case that cannot be kept is refused before the slow libraries are loaded.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np

from talkoot.analysis.decision.case import Scenario
from talkoot.analysis.decision.errors import CaseError
from talkoot.analysis.decision.exact import milp
from talkoot.analysis.decision.exact.program import Rules

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from talkoot.analysis.decision.case import Case
    from talkoot.analysis.decision.exact.program import Program

Indices = tuple[int, ...]


def needs(case: Case, scenario: Scenario) -> list[dict[str, float]]:
    """What each method needs of each resource then, in the order of their ids."""
    methods = sorted(case.methods, key=lambda method: method.id)
    return [{**method.resources, **scenario.resources.get(method.id, {})} for method in methods]


def program(case: Case, scenario: Scenario) -> Program:
    """The rules of the case in a scenario; the budgets are the first rows."""
    ids, needed = sorted(case.method_ids), needs(case, scenario)
    at = {method: i for i, method in enumerate(ids)}
    rules = Rules(len(ids), len(case.synergies))
    for name, limit in {**case.budgets, **scenario.budgets}.items():
        rules.at_most(f"{name} ≤ {limit:.12g}", _uses(needed, name), limit)
    for name, limit in case.minimums.items():
        rules.at_least(f"{name} ≥ {limit:.12g}", _uses(needed, name), limit)
    _add_pairs(rules, case, at)
    for method in set(case.fixed_in) & set(scenario.unavailable):
        rules.at_most(f"{method} is not available", [(at[method], 1)], 0)
    for synergy in case.synergies:
        rules.together("synergy", [at[method] for method in synergy.methods])
    outside = {*case.fixed_out, *scenario.unavailable}
    return rules.program(np.isin(ids, case.fixed_in), np.array([method not in outside for method in ids]))


def _add_pairs(rules: Rules, case: Case, at: Mapping[str, int]) -> None:
    for a, b in case.requires:
        rules.needs(f"{a} needs {b}", at[a], at[b])
    for a, b in case.excludes:
        rules.at_most(f"{a} excludes {b}", [(at[a], 1), (at[b], 1)], 1)
    for group in case.groups:
        members = [(at[method], 1.0) for method in group.methods]
        if group.most is not None:
            rules.at_most(f"at most {group.most} of {', '.join(group.methods)}", members, group.most)
        if group.least is not None:
            rules.at_least(f"at least {group.least} of {', '.join(group.methods)}", members, group.least)


def _uses(needed: Sequence[Mapping[str, float]], name: str) -> list[tuple[int, float]]:
    return [(i, float(need[name])) for i, need in enumerate(needed) if need.get(name)]


def refuse_impossible(case: Case) -> None:
    """Raise CaseError for the first situation whose rules no portfolio keeps together, with an irreducible set of them:
    without any one of these, some portfolio keeps the others. Also where a short search finds neither a portfolio
    nor a proof that there is none: nothing could be shown then that keeps the rules."""
    for scenario in (Scenario(""), *case.scenarios):
        ruled = program(case, scenario)
        possible = ruled.allows(ruled.completed(ruled.lower)) or milp.is_possible(ruled)
        if not possible:
            code = "nothing_feasible" if possible is False else "nothing_found"
            names = _named(case, ruled, _irreducible(ruled)) if possible is False else _demands(ruled)
            told = f" in the scenario {scenario.id}" if scenario.id else ""
            culprits = [*([scenario.id] if scenario.id else []), *names]
            raise CaseError(code, culprits, rules="; ".join(names), situation=told)


def _demands(ruled: Program) -> list[str]:
    """The rules that ask for something, without which choosing nothing would do."""
    return [name for name, limit in zip(ruled.names, ruled.limits, strict=True) if limit < 0]


def _named(case: Case, ruled: Program, kept: Indices) -> list[str]:
    """Rows come first and then the columns that are fixed in, each numbered after the last row."""
    ids, height = sorted(case.method_ids), len(ruled.limits)
    return [ruled.names[i] if i < height else f"{ids[i - height]} is fixed in" for i in sorted(kept)]


def _irreducible(ruled: Program) -> Indices:
    """Halves that are not needed are left out at once (Junker 2004), first by the relaxation, which is quick, where
    that is impossible already."""
    height = len(ruled.limits)
    every = (*range(height), *(height + int(c) for c in np.flatnonzero(ruled.lower)))

    def keeps(possible: Callable[[Program], bool]) -> Callable[[Indices], bool]:
        return lambda kept: possible(_part(ruled, kept))

    relaxed = keeps(milp.is_possible_in_part)
    whole = keeps(lambda part: milp.is_possible(part) is not False)
    if not relaxed(every):
        every = _needed((), every, relaxed)
    return _needed((), every, whole)


def _needed(
    given: Indices, left: Indices, possible: Callable[[Indices], bool], *, more: bool = False
) -> Indices:
    """Of `left`, an irreducible part that is impossible with `given`; `more`: something was given since the last look."""
    if more and not possible(given):
        return ()
    if len(left) == 1:
        return left
    first, last = left[: len(left) // 2], left[len(left) // 2 :]
    of_last = _needed((*given, *first), last, possible, more=True)
    of_first = _needed((*given, *of_last), first, possible, more=bool(of_last))
    return (*of_first, *of_last)


def _part(ruled: Program, kept: Indices) -> Program:
    height = len(ruled.limits)
    rows = sorted(i for i in kept if i < height)
    lower = np.zeros_like(ruled.lower)
    lower[[i - height for i in kept if i >= height]] = True
    return replace(ruled, rows=ruled.rows[rows], limits=ruled.limits[rows], lower=lower)
