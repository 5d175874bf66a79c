"""Groups of people apart and together: what all would take, and what depends on whom."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

from talkoot.choose.selection import asked
from talkoot.choose.selection.plan import Plan
from talkoot.kit import typography

if TYPE_CHECKING:
    from talkoot.choose.selection.results import Result

Named = tuple[str, str]  # a method's name and address


@dataclass(frozen=True)
class Opinion:
    """A group's own recommendation beside the one that all of them share."""

    key: str
    name: str
    people: int
    methods: list[str]
    same: int
    adds: list[Named]
    drops: list[Named]

    @property
    def label(self) -> str:
        return f"{self.name} ({typography.number(self.people)})"


@dataclass(frozen=True)
class Divided:
    """A method that some groups would take and others not."""

    method: Named
    takes: str
    leaves: str
    recommended: bool


class Groups:
    """The groups of one run in one role of the municipality; none where none were asked."""

    def __init__(self, result: Result) -> None:
        self.result = result
        self.together = result.recommended

    @cached_property
    def all(self) -> list[Opinion]:
        apart: dict[str, list[str]] = self.result.turns["people"]
        people = Plan.from_json(self.result.run.plan).people
        return [
            self._opinion(g.key, asked.named(g), g.people, apart[g.key]) for g in people if g.key in apart
        ]

    def _opinion(self, key: str, name: str, people: int, methods: list[str]) -> Opinion:
        together = set(self.together)
        return Opinion(
            key=key,
            name=name,
            people=people,
            methods=methods,
            same=len(together & set(methods)),
            adds=self._named(set(methods) - together),
            drops=self._named(together - set(methods)),
        )

    def _named(self, codes: set[str]) -> list[Named]:
        return [(self.result.name(code), self.result.url(code)) for code in sorted(codes)]

    @cached_property
    def agreed(self) -> list[Named]:
        """What each group would take by its own weights."""
        return self._named(set(self._taken[0]).intersection(*self._taken)) if self._taken else []

    @property
    def _taken(self) -> list[set[str]]:
        return [set(each.methods) for each in self.all]

    @cached_property
    def divided(self) -> list[Divided]:
        taken = self._taken
        if not taken:
            return []
        some, each = taken[0].union(*taken), taken[0].intersection(*taken)
        return [self._divided(code) for code in sorted(some - each)]

    def _divided(self, code: str) -> Divided:
        for_it = ", ".join(each.name for each in self.all if code in each.methods)
        against = ", ".join(each.name for each in self.all if code not in each.methods)
        ((name, url),) = self._named({code})
        return Divided((name, url), for_it, against, code in self.together)
