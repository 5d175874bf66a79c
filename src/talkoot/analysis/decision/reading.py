"""The parts of a JSON case, read strictly."""

from __future__ import annotations

from typing import TYPE_CHECKING

from talkoot.analysis.decision import fields, weights
from talkoot.analysis.decision.errors import CaseError
from talkoot.analysis.decision.parts import (
    Group,
    Interval,
    Method,
    Person,
    Posterior,
    Scenario,
    Score,
    Synergy,
    WeightStatement,
)

if TYPE_CHECKING:
    from collections.abc import Callable
    from typing import TypeVar

    Read = TypeVar("Read")

MOST = {"methods": 1_000, "criteria": 20, "scenarios": 100, "people": 100}


def each(value: object, where: str, read: Callable[[object, str], Read]) -> tuple[Read, ...]:
    """Every item of a list, which must not be longer than anyone can mean."""
    items = fields.items(value, where)
    if len(items) > MOST.get(where, len(items)):
        raise CaseError("too_many", [where], where=where, most=MOST[where], found=len(items))
    return tuple(read(item, f"{where}[{index}]") for index, item in enumerate(items))


def names(value: object, where: str) -> tuple[str, ...]:
    return each(value, where, fields.name)


def pair(value: object, where: str) -> tuple[str, str]:
    found = names(value, where)
    if len(found) != 2 or found[0] == found[1]:  # noqa: PLR2004 -- a pair
        raise CaseError("not_a_pair", [where], where=where)
    return found[0], found[1]


def method(value: object, where: str) -> Method:
    read = fields.record(value, where, required=("id",), optional=("score", "resources"))
    called = fields.name(read["id"], f"{where}.id")
    if "score" not in read or read["score"] in ([], None):
        raise CaseError("no_score", [called], method=called)
    with fields.culprit(called):
        return Method(
            id=called,
            score=each(read["score"], f"{where}.score", score),
            resources=fields.amounts(read.get("resources", {}), f"{where}.resources"),
        )


def score(value: object, where: str) -> Score:
    if isinstance(value, list):
        return _interval(value, where)
    if isinstance(value, dict):
        return _posterior(value, where)
    return fields.number(value, where)


def _interval(value: list[object], where: str) -> Interval:
    ends = [fields.number(end, where) for end in value]
    if len(ends) != 2 or ends[0] > ends[1]:  # noqa: PLR2004 -- an interval has two ends
        raise CaseError("score_item", [where], where=where)
    return Interval(*ends)


def _posterior(value: object, where: str) -> Posterior:
    read = fields.record(value, where, required=("mean", "sd"), optional=("df",))
    df = read.get("df")
    posterior = Posterior(
        mean=fields.number(read["mean"], f"{where}.mean"),
        sd=fields.number(read["sd"], f"{where}.sd", negative=False),
        df=None if df is None else fields.number(df, f"{where}.df", negative=False),
    )
    if posterior.df == 0:
        raise CaseError("score_item", [where], where=where)
    return posterior


def statement(value: object, where: str) -> WeightStatement:
    read = fields.record(value, where, required=("coef", "op", "rhs"))
    coef = fields.mapping(read["coef"], f"{where}.coef")
    operator = next((op for op in weights.OPERATORS if op == read["op"]), None)
    if operator is None:
        raise CaseError("weight_operator", [where], where=f"{where}.op")
    return WeightStatement(
        coef={criterion: fields.number(a, f"{where}.coef.{criterion}") for criterion, a in coef.items()},
        op=operator,
        rhs=fields.number(read["rhs"], f"{where}.rhs"),
    )


def group(value: object, where: str) -> Group:
    read = fields.record(value, where, required=("methods",), optional=("min", "max"))
    least, most = (
        None if read.get(end) is None else fields.count(read[end], f"{where}.{end}", least=0)
        for end in ("min", "max")
    )
    members = names(read["methods"], f"{where}.methods")
    fields.refuse_repeated(members, f"{where}.methods")
    return Group(members, least, most)


def synergy(value: object, where: str) -> Synergy:
    read = fields.record(value, where, required=("methods", "bonus"))
    members = names(read["methods"], f"{where}.methods")
    fields.refuse_repeated(members, f"{where}.methods")
    if not members:
        raise CaseError("empty_list", [where], where=f"{where}.methods")
    return Synergy(members, each(read["bonus"], f"{where}.bonus", score))


def scenario(value: object, where: str) -> Scenario:
    optional = ("probability", "budgets", "resources", "score_factor", "unavailable")
    read = fields.record(value, where, required=("id",), optional=optional)
    needs = fields.mapping(read.get("resources", {}), f"{where}.resources")
    probability = read.get("probability")
    return Scenario(
        id=fields.name(read["id"], f"{where}.id"),
        probability=None
        if probability is None
        else fields.number(probability, f"{where}.probability", negative=False),
        budgets=fields.amounts(read.get("budgets", {}), f"{where}.budgets"),
        resources={method: fields.amounts(n, f"{where}.resources.{method}") for method, n in needs.items()},
        score_factor=fields.amounts(read.get("score_factor", {}), f"{where}.score_factor"),
        unavailable=names(read.get("unavailable", []), f"{where}.unavailable"),
    )


def person(value: object, where: str) -> Person:
    read = fields.record(value, where, required=("id",), optional=("weights",))
    called = fields.name(read["id"], f"{where}.id")
    return Person(called, each(read.get("weights", []), f"{where}.weights", statement))
