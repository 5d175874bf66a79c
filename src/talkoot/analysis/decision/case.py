"""A decision case: what is chosen from, under which rules, what is known of its value. Holds no heavy library.

`Case.from_json` reads the file of `talkoot decide` and refuses what it does not understand; `to_json` writes
the same case back.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from talkoot.analysis.decision import checks, fields, reading
from talkoot.analysis.decision.checks import FIT, fits
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
    from collections.abc import Mapping

__all__ = [
    "FIT", "Case", "CaseError", "Group", "Interval", "Method", "Person", "Posterior", "Scenario", "Score",
    "Synergy", "WeightStatement", "fits",
]  # fmt: skip

SAMPLES = 10_000
MOST_SAMPLES = 100_000
SEED = 1
OPTIONAL = (
    "budgets", "minimums", "requires", "excludes", "groups", "synergies", "fixed_in", "fixed_out", "weights",
    "scenarios", "people", "samples", "seed", "enumerate",
)  # fmt: skip


@dataclass(frozen=True)
class Case:
    """A whole decision case. Raises CaseError from `check`, which `from_json` and `decide` call.

    `requires`: (a, b) when a needs b; `excludes`: pairs that may not be chosen together.
    """

    criteria: tuple[str, ...]
    methods: tuple[Method, ...]
    budgets: Mapping[str, float] = field(default_factory=dict)
    minimums: Mapping[str, float] = field(default_factory=dict)
    requires: tuple[tuple[str, str], ...] = ()
    excludes: tuple[tuple[str, str], ...] = ()
    groups: tuple[Group, ...] = ()
    synergies: tuple[Synergy, ...] = ()
    fixed_in: tuple[str, ...] = ()
    fixed_out: tuple[str, ...] = ()
    weights: tuple[WeightStatement, ...] = ()
    scenarios: tuple[Scenario, ...] = ()
    people: tuple[Person, ...] = ()
    samples: int = SAMPLES
    seed: int = SEED
    enumerate: bool = False

    @classmethod
    def from_json(cls, value: object) -> Case:
        read = fields.record(value, "The case", required=("criteria", "methods"), optional=OPTIONAL)
        given = {key: read.get(key, []) for key in OPTIONAL}
        case = cls(
            criteria=reading.names(read["criteria"], "criteria"),
            methods=reading.each(read["methods"], "methods", reading.method),
            budgets=fields.amounts(read.get("budgets", {}), "budgets"),
            minimums=fields.amounts(read.get("minimums", {}), "minimums"),
            requires=reading.each(given["requires"], "requires", reading.pair),
            excludes=reading.each(given["excludes"], "excludes", reading.pair),
            groups=reading.each(given["groups"], "groups", reading.group),
            synergies=reading.each(given["synergies"], "synergies", reading.synergy),
            fixed_in=reading.names(given["fixed_in"], "fixed_in"),
            fixed_out=reading.names(given["fixed_out"], "fixed_out"),
            weights=reading.each(given["weights"], "weights", reading.statement),
            scenarios=reading.each(given["scenarios"], "scenarios", reading.scenario),
            people=reading.each(given["people"], "people", reading.person),
            samples=fields.count(read.get("samples", SAMPLES), "samples", least=1, most=MOST_SAMPLES),
            seed=fields.count(read.get("seed", SEED), "seed", least=0),
            enumerate=fields.truth(read.get("enumerate", False), "enumerate"),
        )
        case.check()
        return case

    def to_json(self) -> dict[str, object]:
        return {
            "criteria": list(self.criteria),
            "methods": [method.to_json() for method in self.methods],
            "budgets": dict(self.budgets),
            "minimums": dict(self.minimums),
            "requires": [list(pair) for pair in self.requires],
            "excludes": [list(pair) for pair in self.excludes],
            "groups": [group.to_json() for group in self.groups],
            "synergies": [synergy.to_json() for synergy in self.synergies],
            "fixed_in": list(self.fixed_in),
            "fixed_out": list(self.fixed_out),
            "weights": [statement.to_json() for statement in self.weights],
            "scenarios": [scenario.to_json() for scenario in self.scenarios],
            "people": [person.to_json() for person in self.people],
            "samples": self.samples,
            "seed": self.seed,
            "enumerate": self.enumerate,
        }

    @property
    def method_ids(self) -> list[str]:
        return [method.id for method in self.methods]

    def check(self) -> None:
        """Raise CaseError unless names agree, rules can be meant, weights exist and the budgets admit a method."""
        checks.check(self)
