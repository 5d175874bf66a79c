"""What would turn the answer, in words: more or less working time, other weights, other evidence."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from talkoot.kit import typography

if TYPE_CHECKING:
    from collections.abc import Iterator

    from talkoot.choose.selection.results import Result

SHOWN = 3  # of each kind
DAYS = "days:"
SMALL = 0.05  # points that a person-day brings before it is told


@dataclass(frozen=True)
class Part:
    """Sentences about one kind of change; `kind` is the sign of a list."""

    heading: str
    sentences: list[str]
    kind: str


class Flips:
    """Of one result: `parts` hold its sentences, the nearest changes first."""

    def __init__(self, result: Result) -> None:
        self.result = result
        self.facts: dict[str, list[dict[str, Any]]] = result.turns

    @cached_property
    def parts(self) -> list[Part]:
        """Sentences by what would change; what would change nothing is left out."""
        parts = [
            Part(_("More working time or money"), self.enters[:SHOWN], "maybe"),
            Part(_("Less working time or money"), self.leaves[:SHOWN], "maybe"),
            Part(_("One more person-day"), self.prices, ""),
            Part(_("Another role of the municipality"), self.scenarios, "maybe"),
            Part(_("Other weights"), self.weights, "maybe"),
            Part(_("Other evidence"), self.scores, "maybe"),
        ]
        return [part for part in parts if part.sentences]

    @cached_property
    def enters(self) -> list[str]:
        """Methods that more of a resource would bring in, the nearest first."""
        return [self._enters(fact) for fact in self.facts["enters"]]

    def _enters(self, fact: dict[str, Any]) -> str:
        text = ngettext(
            "When there are {budget} instead of {limit} ({name}), this method enters: {methods}.",
            "When there are {budget} instead of {limit} ({name}), these methods enter: {methods}.",
            len(fact["methods"]),
        )
        said = self._and(self._filled(text, fact), _("These leave: {methods}."), fact["leaves"])
        why = _("Together that brings {points} points more on average.")
        return f"{said} {why.format(points=typography.number(fact['gain'], 1))}"

    @cached_property
    def leaves(self) -> list[str]:
        """Recommended methods that less of a resource would put out, the nearest first."""
        return [self._leaves(fact) for fact in self.facts["leaves"]]

    def _leaves(self, fact: dict[str, Any]) -> str:
        text = ngettext(
            "If there are only {budget} instead of {limit} ({name}), this method leaves: {methods}.",
            "If there are only {budget} instead of {limit} ({name}), these methods leave: {methods}.",
            len(fact["methods"]),
        )
        said = self._filled(text, fact)
        return self._and(said, _("These enter: {methods}."), fact["enters"])

    def _filled(self, text: str, fact: dict[str, Any]) -> str:
        return text.format(
            budget=typography.number(fact["budget"], 0),
            limit=typography.number(fact["limit"], 0),
            name=self.result.sentences.named(fact["resource"]),
            methods=self.result.names(fact["methods"]),
        )

    def _and(self, said: str, text: str, methods: list[str]) -> str:
        return f"{said} {text.format(methods=self.result.names(methods))}" if methods else said

    @cached_property
    def scenarios(self) -> list[str]:
        """What another role of the municipality would change, seen from the present."""
        if self.result.scenario:
            return []
        return [self._scenario(key, part) for key, part in self.result.by_scenario.items()]

    def _scenario(self, key: str, part: dict[str, Any]) -> str:
        now, then = set(self.result.recommended), set(part["recommended"]["methods"])
        name = self.result.scenario_names[key]
        if now == then:
            return _("{scenario}: the recommendation stays the same.").format(scenario=name)
        said = _("{scenario}: the recommendation changes.").format(scenario=name)
        said = self._and(said, _("These leave: {methods}."), sorted(now - then))
        return self._and(said, _("These enter: {methods}."), sorted(then - now))

    @cached_property
    def weights(self) -> list[str]:
        """Weights at which a borderline method enters or leaves: within the limits, or the nearest beyond."""
        within = [fact for fact in self.facts["weights"] if self._is_allowed(fact)]
        return [self._weight(fact) for fact in (within or self.facts["weights"])[:SHOWN]]

    def _is_allowed(self, fact: dict[str, Any]) -> bool:
        low, high = self.result.run.plan["weights"][fact["criterion"]]
        return bool(low <= fact["at"] * 100 <= high)

    def _weight(self, fact: dict[str, Any]) -> str:
        more = fact["at"] > fact["mean"]
        if fact["enters"]:
            text = (
                _("“{method}” enters when {goal} weighs over {at} (on average {mean}).")
                if more
                else _("“{method}” enters when {goal} weighs under {at} (on average {mean}).")
            )
        else:
            text = (
                _("“{method}” leaves when {goal} weighs over {at} (on average {mean}).")
                if more
                else _("“{method}” leaves when {goal} weighs under {at} (on average {mean}).")
            )
        at, mean = (typography.percent(fact[key] * 100, 0) for key in ("at", "mean"))
        return text.format(method=self._method(fact), goal=self._goal(fact), at=at, mean=mean)

    @cached_property
    def scores(self) -> list[str]:
        """How far the estimate of something that was measured would have to move."""
        return [self._score(fact) for fact in self.facts["scores"][:SHOWN]]

    def _score(self, fact: dict[str, Any]) -> str:
        text = (
            _("“{method}” enters if its estimate rises to {at} in {goal} (0–100, now {mean}).")
            if fact["enters"]
            else _("“{method}” leaves if its estimate falls to {at} in {goal} (0–100, now {mean}).")
        )
        at, mean = (typography.number(fact[key], 0) for key in ("at", "mean"))
        return text.format(method=self._method(fact), goal=self._goal(fact), at=at, mean=mean)

    def _method(self, fact: dict[str, Any]) -> str:
        return self.result.name(fact["method"])

    def _goal(self, fact: dict[str, Any]) -> str:
        return self.result.sentences.named(fact["criterion"])

    @cached_property
    def prices(self) -> list[str]:
        """What one more unit of each resource would bring, the most valuable first."""
        return [self._price(name, value) for name, value in self.values if value >= SMALL][:SHOWN]

    @property
    def values(self) -> list[tuple[str, float]]:
        """Resources and the points that one more unit of them brings."""
        prices: dict[str, float] = self.result.part["shadow_prices"]
        return sorted(prices.items(), key=lambda item: (-item[1], item[0]))

    def _price(self, name: str, value: float) -> str:
        text = (
            _("One more person-day would bring {points} points of benefit: {unit}.")
            if name.startswith(DAYS)
            else _("One more euro would bring {points} points of benefit.")
        )
        return text.format(
            points=typography.number(value, 1), unit=self.result.sentences.units.get(name, name)
        )

    @property
    def facts_list(self) -> Iterator[tuple[str, str]]:
        """The runner-up and the core index, beside the list."""
        if self.result.runner_up:
            yield _("Runner-up"), self.result.runner_up_sentence
        if not self.result.scenario:
            yield _("Core index"), self.core_index

    @property
    def core_index(self) -> str:
        """How many methods are in every strong portfolio, or why that was not counted."""
        found = self.result.whole["non_dominated"]
        if found:
            always = sum(share == 1 for share in found["core_index"].values())
            text = _("{n} methods are in each of the {all} strong portfolios")
            return text.format(n=typography.number(always), all=typography.number(found["count"]))
        text = _(
            "Not calculated: there are too many strong portfolios to list. {n} of them were best in some situation."
        )
        return text.format(n=typography.number(self.result.part["portfolio_count"]))
