"""A decision case: what is chosen from, what it costs, what is known of its value. Holds no heavy library.

`Case.from_json` reads the file of `talkoot decide` and refuses what it does not understand; `to_json` writes
the same case back. Every amount is in the unit the case uses for it: a resource in its own unit a period, a
score on the value scale of its criterion, where 0 means that the method is not used.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, TypeAlias

from talkoot.analysis.decision import fields, weights
from talkoot.analysis.decision.errors import CaseError
from talkoot.analysis.decision.weights import WeightStatement

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping
    from typing import TypeVar

    Read = TypeVar("Read")

__all__ = ["Case", "CaseError", "Interval", "Method", "Posterior", "Scenario", "Score", "WeightStatement"]

SAMPLES = 10_000
SEED = 1
FIT = 1e-9  # a sum of needs may pass its limit by this share: 0.1 + 0.2 fits 0.3


@dataclass(frozen=True)
class Interval:
    """A value known only to lie between two ends, each point as likely as another."""

    low: float
    high: float

    def to_json(self) -> list[float]:
        return [self.low, self.high]


@dataclass(frozen=True)
class Posterior:
    """A value with a Student t distribution: mean, scale `sd`, degrees of freedom; normal when df is None."""

    mean: float
    sd: float
    df: float | None = None

    def to_json(self) -> dict[str, float | None]:
        return {"mean": self.mean, "sd": self.sd, "df": self.df}


Score: TypeAlias = float | Interval | Posterior


@dataclass(frozen=True)
class Method:
    """One method: a score for each criterion in order, and what it needs of each resource (missing = 0)."""

    id: str
    score: tuple[Score, ...]
    resources: Mapping[str, float] = field(default_factory=dict)

    def to_json(self) -> dict[str, object]:
        score = [item.to_json() if isinstance(item, Interval | Posterior) else item for item in self.score]
        return {"id": self.id, "score": score, "resources": dict(self.resources)}


@dataclass(frozen=True)
class Scenario:
    """What differs from the base case: named budgets and needs replaced, scores multiplied, methods away."""

    id: str
    probability: float | None = None
    budgets: Mapping[str, float] = field(default_factory=dict)
    resources: Mapping[str, Mapping[str, float]] = field(default_factory=dict)
    score_factor: Mapping[str, float] = field(default_factory=dict)
    unavailable: tuple[str, ...] = ()

    def to_json(self) -> dict[str, object]:
        written: dict[str, object] = {"id": self.id}
        if self.probability is not None:
            written["probability"] = self.probability
        return written | {
            "budgets": dict(self.budgets),
            "resources": {method: dict(needs) for method, needs in self.resources.items()},
            "score_factor": dict(self.score_factor),
            "unavailable": list(self.unavailable),
        }


@dataclass(frozen=True)
class Case:
    """A whole decision case. Raises CaseError from `check`, which `from_json` and `decide` call."""

    criteria: tuple[str, ...]
    methods: tuple[Method, ...]
    budgets: Mapping[str, float] = field(default_factory=dict)
    weights: tuple[WeightStatement, ...] = ()
    scenarios: tuple[Scenario, ...] = ()
    samples: int = SAMPLES
    seed: int = SEED

    @classmethod
    def from_json(cls, value: object) -> Case:
        optional = ("budgets", "weights", "scenarios", "samples", "seed")
        read = fields.record(value, "The case", required=("criteria", "methods"), optional=optional)
        case = cls(
            criteria=tuple(_each(read["criteria"], "criteria", fields.name)),
            methods=tuple(_each(read["methods"], "methods", _method)),
            budgets=fields.amounts(read.get("budgets", {}), "budgets"),
            weights=tuple(_each(read.get("weights", []), "weights", _statement)),
            scenarios=tuple(_each(read.get("scenarios", []), "scenarios", _scenario)),
            samples=fields.count(read.get("samples", SAMPLES), "samples", least=1),
            seed=fields.count(read.get("seed", SEED), "seed", least=0),
        )
        case.check()
        return case

    def to_json(self) -> dict[str, object]:
        return {
            "criteria": list(self.criteria),
            "methods": [method.to_json() for method in self.methods],
            "budgets": dict(self.budgets),
            "weights": [statement.to_json() for statement in self.weights],
            "scenarios": [scenario.to_json() for scenario in self.scenarios],
            "samples": self.samples,
            "seed": self.seed,
        }

    @property
    def method_ids(self) -> list[str]:
        return [method.id for method in self.methods]

    def check(self) -> None:
        """Raise CaseError unless names agree, weights exist and the budgets admit a method."""
        self._check_names()
        self._check_scenarios()
        culprits = weights.contradiction(self.criteria, self.weights)
        if culprits:
            raise CaseError("weights_contradict", culprits, statements=", ".join(map(str, culprits)))
        self._check_budgets()

    def _check_names(self) -> None:
        for listed, where in ((self.criteria, "criteria"), (self.methods, "methods")):
            if not listed:
                raise CaseError("empty_list", [where], where=where)
        fields.refuse_repeated(self.criteria, "criteria")
        fields.refuse_repeated(self.method_ids, "methods")
        expected = len(self.criteria)
        for method in self.methods:
            found = len(method.score)
            if found != expected:
                raise CaseError("score_length", [method.id], method=method.id, expected=expected, found=found)
        for index, statement in enumerate(self.weights):
            where = f"weights[{index}].coef"
            fields.refuse_unknown(statement.coef, self.criteria, where, "unknown_criteria")

    def _check_scenarios(self) -> None:
        fields.refuse_repeated((scenario.id for scenario in self.scenarios), "scenarios")
        for index, scenario in enumerate(self.scenarios):
            if scenario.id == "expected":
                raise CaseError("reserved_scenario", [scenario.id])
            named = {*scenario.resources, *scenario.score_factor, *scenario.unavailable}
            fields.refuse_unknown(named, self.method_ids, f"scenarios[{index}]", "unknown_methods")
        if self.scenarios and all(scenario.probability == 0 for scenario in self.scenarios):
            raise CaseError("no_probability", [scenario.id for scenario in self.scenarios])

    def _check_budgets(self) -> None:
        if not any(self._fits(method) for method in self.methods):
            budget, need, method = min(self._nearest_misses(), key=lambda miss: (miss[1], miss[2]))
            raise CaseError(
                "budget_admits_nothing", [budget],
                budget=budget, limit=self.budgets[budget], need=need, method=method,
            )  # fmt: skip

    def _fits(self, method: Method) -> bool:
        return all(fits(method.resources.get(name, 0), limit) for name, limit in self.budgets.items())

    def _nearest_misses(self) -> Iterator[tuple[str, float, str]]:
        """Needs above the first budget that no method fits; above any, when only all together fit none."""
        over = {
            name: [
                (name, method.resources[name], method.id)
                for method in self.methods
                if not fits(method.resources.get(name, 0), limit)
            ]
            for name, limit in self.budgets.items()
        }
        hopeless = [misses for misses in over.values() if len(misses) == len(self.methods)]
        yield from hopeless[0] if hopeless else (miss for misses in over.values() for miss in misses)


def fits(need: float, limit: float) -> bool:
    return need <= limit + FIT * max(1.0, abs(limit))


def _each(value: object, where: str, read: Callable[[object, str], Read]) -> Iterator[Read]:
    return (read(item, f"{where}[{index}]") for index, item in enumerate(fields.items(value, where)))


def _method(value: object, where: str) -> Method:
    read = fields.record(value, where, required=("id", "score"), optional=("resources",))
    return Method(
        id=fields.name(read["id"], f"{where}.id"),
        score=tuple(_each(read["score"], f"{where}.score", _score)),
        resources=fields.amounts(read.get("resources", {}), f"{where}.resources"),
    )


def _score(value: object, where: str) -> Score:
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


def _statement(value: object, where: str) -> WeightStatement:
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


def _scenario(value: object, where: str) -> Scenario:
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
        unavailable=tuple(_each(read.get("unavailable", []), f"{where}.unavailable", fields.name)),
    )
