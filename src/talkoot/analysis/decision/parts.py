"""What a decision case is made of. Holds no heavy library.

Every amount is in the unit the case uses for it: a resource in its own unit a period, a score on the value
scale of its criterion, where 0 means that the method is not used.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, TypeAlias

from talkoot.analysis.decision.weights import WeightStatement

if TYPE_CHECKING:
    from collections.abc import Mapping

__all__ = [
    "Group",
    "Interval",
    "Method",
    "Person",
    "Posterior",
    "Scenario",
    "Score",
    "Synergy",
    "WeightStatement",
]


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
        return {"id": self.id, "score": _written(self.score), "resources": dict(self.resources)}


@dataclass(frozen=True)
class Group:
    """At least `least` and at most `most` of the methods; None sets no limit."""

    methods: tuple[str, ...]
    least: int | None = None
    most: int | None = None

    def to_json(self) -> dict[str, object]:
        return {"methods": list(self.methods), "min": self.least, "max": self.most}


@dataclass(frozen=True)
class Synergy:
    """A score that counts once when all of the methods are chosen; it may be negative."""

    methods: tuple[str, ...]
    bonus: tuple[Score, ...]

    def to_json(self) -> dict[str, object]:
        return {"methods": list(self.methods), "bonus": _written(self.bonus)}


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
class Person:
    """A person or a group of people, and the weight statements they add to those of the case."""

    id: str
    weights: tuple[WeightStatement, ...] = ()

    def to_json(self) -> dict[str, object]:
        return {"id": self.id, "weights": [statement.to_json() for statement in self.weights]}


def _written(score: tuple[Score, ...]) -> list[object]:
    return [item.to_json() if isinstance(item, Interval | Posterior) else item for item in score]
