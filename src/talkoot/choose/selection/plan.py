"""What a person asks of a run, as it is stored with it."""

from __future__ import annotations

from dataclasses import asdict, dataclass, field
from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext_lazy as _

if TYPE_CHECKING:
    import datetime as dt

    from django.utils.functional import _StrPromise

EFFORTS = [("high", _("Upper end")), ("middle", _("Middle")), ("low", _("Lower end"))]


@dataclass(frozen=True)
class Plan:
    """Weight limits in per cent by criterion, person-days a year by unit code, euros a year (None: not counted)."""

    weights: dict[str, tuple[int, int]]
    days: dict[str, int] = field(default_factory=dict)
    euros: int | None = None
    effort: str = "high"
    scenario: str = "now"

    def to_json(self) -> dict[str, Any]:
        return asdict(self)

    @classmethod
    def from_json(cls, value: dict[str, Any]) -> Plan:
        weights = {code: (int(low), int(high)) for code, (low, high) in value["weights"].items()}
        return cls(**{**value, "weights": weights})


@dataclass(frozen=True)
class Scenario:
    """A change in the municipality's role, seen from a day on which it had not happened yet or has."""

    key: str
    label: str | _StrPromise
    on: dt.date
