"""What a person asks of a run, as it is stored with it."""

from __future__ import annotations

from dataclasses import asdict, dataclass, field, fields
from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext_lazy as _

from talkoot.choose.selection.weighing import Weighing

if TYPE_CHECKING:
    import datetime as dt

    from django.utils.functional import _StrPromise

LANGUAGES = ("fi", "sv", "en")
EFFORTS = [("high", _("Upper end")), ("middle", _("Middle")), ("low", _("Lower end"))]


@dataclass(frozen=True)
class Group:
    """What a group of people held of the weights on the day of the run; names by language.

    `limits` are per cent by criterion, `orders` pairs of criteria of which the first weighs at least as much.
    """

    id: int
    names: dict[str, str]
    people: int
    limits: dict[str, tuple[int, int]]
    orders: tuple[tuple[str, str], ...] = ()
    stated_on: str = ""
    basis: str = ""

    @property
    def key(self) -> str:
        """Its id in the case and in the result."""
        return f"group-{self.id}"

    @property
    def weighing(self) -> Weighing:
        return Weighing(self.limits, self.orders)

    @classmethod
    def from_json(cls, value: dict[str, Any]) -> Group:
        read = Weighing.from_json(value["limits"], value["orders"])
        return cls(**{**value, "limits": read.limits, "orders": read.orders})


@dataclass(frozen=True)
class Plan:
    """Weight limits in per cent by criterion, person-days a year by unit code, euros a year (None: not counted).

    `people` are the groups whose weights are looked at apart and together, on top of the limits.
    """

    weights: dict[str, tuple[int, int]]
    days: dict[str, int] = field(default_factory=dict)
    euros: int | None = None
    effort: str = "high"
    scenario: str = "now"
    people: tuple[Group, ...] = ()

    def to_json(self) -> dict[str, Any]:
        return asdict(self)

    @classmethod
    def from_json(cls, value: dict[str, Any]) -> Plan:
        """The plan of a run; what else was kept with it is left aside."""
        value = {each.name: value[each.name] for each in fields(cls) if each.name in value}
        weights = {code: (int(low), int(high)) for code, (low, high) in value["weights"].items()}
        people = tuple(Group.from_json(group) for group in value.get("people", ()))
        return cls(**{**value, "weights": weights, "people": people})


@dataclass(frozen=True)
class Scenario:
    """A change in the municipality's role, seen from a day on which it had not happened yet or has; `change`: its pk."""

    key: str
    label: str | _StrPromise
    on: dt.date
    change: int
