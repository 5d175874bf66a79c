"""What a case is refused for before anything is calculated."""

from __future__ import annotations

from typing import TYPE_CHECKING

from talkoot.analysis.decision import fields, weights
from talkoot.analysis.decision.contradictions import contradiction
from talkoot.analysis.decision.errors import CaseError

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from talkoot.analysis.decision.case import Case
    from talkoot.analysis.decision.parts import Method, Score

FIT = 1e-9  # a sum of needs may pass its limit by this share: 0.1 + 0.2 fits 0.3


def check(case: Case) -> None:
    """Raise CaseError for the first thing that cannot be meant."""
    _names(case)
    _scores(case)
    _rules(case)
    _scenarios(case)
    _weights(case)
    _budgets(case)


def fits(need: float, limit: float) -> bool:
    return need <= limit + FIT * max(1.0, abs(limit))


def _names(case: Case) -> None:
    for listed, where in ((case.criteria, "criteria"), (case.methods, "methods")):
        if not listed:
            raise CaseError("empty_list", [where], where=where)
    fields.refuse_repeated(case.criteria, "criteria")
    fields.refuse_repeated(case.method_ids, "methods")
    fields.refuse_repeated((person.id for person in case.people), "people")
    stated = [("weights", case.weights), *((f"people.{p.id}.weights", p.weights) for p in case.people)]
    for where, statements in stated:
        for index, statement in enumerate(statements):
            fields.refuse_unknown(statement.coef, case.criteria, f"{where}[{index}].coef", "unknown_criteria")


def _scores(case: Case) -> None:
    scored: list[tuple[str, str | int, tuple[Score, ...]]] = [(m.id, m.id, m.score) for m in case.methods]
    scored += [(f"synergies[{i}]", i, synergy.bonus) for i, synergy in enumerate(case.synergies)]
    expected = len(case.criteria)
    for called, culprit, items in scored:
        if len(items) != expected:
            raise CaseError("score_length", [culprit], method=called, expected=expected, found=len(items))


def _rules(case: Case) -> None:
    named: list[tuple[str, Iterable[str]]] = [("fixed_in", case.fixed_in), ("fixed_out", case.fixed_out)]
    named += [(f"requires[{i}]", pair) for i, pair in enumerate(case.requires)]
    named += [(f"excludes[{i}]", pair) for i, pair in enumerate(case.excludes)]
    named += [(f"groups[{i}].methods", group.methods) for i, group in enumerate(case.groups)]
    named += [(f"synergies[{i}].methods", synergy.methods) for i, synergy in enumerate(case.synergies)]
    known = set(case.method_ids)
    for where, ids in named:
        fields.refuse_unknown(ids, known, where, "unknown_methods")
    both = sorted(set(case.fixed_in) & set(case.fixed_out))
    if both:
        raise CaseError("fixed_both_ways", both, names=", ".join(both))
    for index, group in enumerate(case.groups):
        if group.least is not None and group.most is not None and group.least > group.most:
            raise CaseError(
                "group_limits", [index], where=f"groups[{index}]", least=group.least, most=group.most
            )
    circle = _circle(case.requires)
    if circle:
        raise CaseError("requires_circle", circle, names=" → ".join([*circle, circle[0]]))


def _circle(requires: Iterable[tuple[str, str]]) -> list[str]:
    """Methods that need one another in a circle, in that order; none when there is no circle."""
    needs: dict[str, list[str]] = {}
    for a, b in requires:
        needs.setdefault(a, []).append(b)
    clear: set[str] = set()
    for start in needs:
        path = [start]
        left = [iter(needs.get(start, ()))]
        while path:
            following = next((b for b in left[-1] if b not in clear), None)
            if following is None:
                clear.add(path.pop())
                left.pop()
            elif following in path:
                return path[path.index(following) :]
            else:
                path.append(following)
                left.append(iter(needs.get(following, ())))
    return []


def _scenarios(case: Case) -> None:
    fields.refuse_repeated((scenario.id for scenario in case.scenarios), "scenarios")
    for index, scenario in enumerate(case.scenarios):
        if scenario.id == "expected":
            raise CaseError("reserved_scenario", [scenario.id])
        named = {*scenario.resources, *scenario.score_factor, *scenario.unavailable}
        fields.refuse_unknown(named, case.method_ids, f"scenarios[{index}]", "unknown_methods")
    if case.scenarios and all(scenario.probability == 0 for scenario in case.scenarios):
        raise CaseError("no_probability", [scenario.id for scenario in case.scenarios])


def _weights(case: Case) -> None:
    culprits = contradiction(case.criteria, case.weights)
    if culprits:
        told = weights.told(case.weights, culprits)
        raise CaseError("weights_contradict", culprits, statements=told)
    for person in case.people:
        together = (*person.weights, *case.weights)
        found = contradiction(case.criteria, together)
        if found:
            own = [i for i in found if i < len(person.weights)]
            told = ", ".join(weights.words(together[i]) for i in found)
            raise CaseError("person_contradicts", [person.id, *own], person=person.id, statements=told)


def _budgets(case: Case) -> None:
    if not any(_within(case, method) for method in case.methods):
        budget, need, method = min(_nearest_misses(case), key=lambda miss: (miss[1], miss[2]))
        raise CaseError(
            "budget_admits_nothing",
            [budget],
            budget=budget,
            limit=case.budgets[budget],
            need=need,
            method=method,
        )


def _within(case: Case, method: Method) -> bool:
    return all(fits(method.resources.get(name, 0), limit) for name, limit in case.budgets.items())


def _nearest_misses(case: Case) -> Iterator[tuple[str, float, str]]:
    """Needs above the first budget that no method fits; above any, when only all together fit none."""
    over = {
        name: [
            (name, method.resources[name], method.id)
            for method in case.methods
            if not fits(method.resources.get(name, 0), limit)
        ]
        for name, limit in case.budgets.items()
    }
    hopeless = [misses for misses in over.values() if len(misses) == len(case.methods)]
    yield from hopeless[0] if hopeless else (miss for misses in over.values() for miss in misses)
