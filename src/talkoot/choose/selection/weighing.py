"""What people hold of the weights: limits and orders, and which of them cannot hold together."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from django.utils.translation import gettext as _

from talkoot.analysis.decision.contradictions import contradiction
from talkoot.analysis.decision.weights import WeightStatement
from talkoot.choose.selection.criteria import CODES, CRITERIA

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

Limits = dict[str, tuple[int, int]]
Orders = tuple[tuple[str, str], ...]
ALL = 100  # per cent


@dataclass(frozen=True)
class Claim:
    """One thing that is held: a low or a high limit in per cent, or that the first goal weighs at least as much."""

    kind: Literal["low", "high", "order"]
    codes: tuple[str, ...]
    per_cent: int = 0

    @property
    def statement(self) -> WeightStatement:
        if self.kind == "order":
            more, less = self.codes
            return WeightStatement({more: 1, less: -1}, ">=", 0)
        return WeightStatement({self.codes[0]: 1}, ">=" if self.kind == "low" else "<=", self.per_cent / ALL)

    @property
    def words(self) -> str:
        names = {criterion.code: criterion.named for criterion in CRITERIA}
        first, last = names[self.codes[0]], names[self.codes[-1]]
        if self.kind == "order":
            return _("“{more}” weighs at least as much as “{less}”").format(more=first, less=last)
        text = _("“{goal}” at least {n} %") if self.kind == "low" else _("“{goal}” at most {n} %")
        return text.format(goal=first, n=self.per_cent)


@dataclass(frozen=True)
class Weighing:
    """Limits in per cent by criterion; orders as (at least as much, as this)."""

    limits: Limits
    orders: Orders = ()

    @classmethod
    def from_json(cls, limits: Mapping[str, Iterable[int]], orders: Iterable[Iterable[str]] = ()) -> Weighing:
        read = {code: (int(low), int(high)) for code, (low, high) in limits.items()}
        return cls(read, tuple((more, less) for more, less in orders))

    @property
    def claims(self) -> Iterator[Claim]:
        for code, (low, high) in self.limits.items():
            yield Claim("low", (code,), low)
            yield Claim("high", (code,), high)
        yield from (Claim("order", pair) for pair in self.orders)

    @property
    def statements(self) -> tuple[WeightStatement, ...]:
        return tuple(claim.statement for claim in self.claims)


@dataclass(frozen=True)
class Clash:
    """The smallest set of claims that no weights meet, and all the claims that it was found among."""

    culprits: tuple[Claim, ...]
    claims: tuple[Claim, ...]

    @property
    def sentence(self) -> str:
        kinds = {claim.kind for claim in self.culprits}
        if kinds == {"low"}:
            text = _("The lower limits add up to {total} %. They may be 100 % at most: lower one of them.")
            return text.format(total=self._total("low"))
        if kinds == {"high"}:
            text = _("The upper limits add up to {total} %. They must reach 100 %: raise one of them.")
            return text.format(total=self._total("high"))
        told = "; ".join(claim.words for claim in self.culprits)
        return _("These limits contradict each other: {claims}. Change one of them.").format(claims=told)

    def _total(self, kind: Literal["low", "high"]) -> int:
        """The sum of the narrowest ends of each criterion."""
        narrowest = max if kind == "low" else min
        ends: dict[str, list[int]] = {}
        for claim in self.claims:
            if claim.kind == kind:
                ends.setdefault(claim.codes[0], []).append(claim.per_cent)
        return sum(map(narrowest, ends.values()))


def clash(*weighings: Weighing) -> Clash | None:
    """What contradicts what when all of them are to hold, or None."""
    claims = tuple(claim for weighing in weighings for claim in weighing.claims)
    culprits = contradiction(CODES, [claim.statement for claim in claims])
    return Clash(tuple(claims[index] for index in culprits), claims) if culprits else None
