"""A round against the one before in the same cities: how the answers to common questions have changed."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from talkoot.analysis.survey import trends
from talkoot.analysis.survey.estimation.figures import Figure
from talkoot.listen.surveys.models import Results, Round
from talkoot.listen.surveys.sizes import Group

if TYPE_CHECKING:
    from collections.abc import Mapping

    from talkoot.city.organisations.models import Municipality

DIGITS = 4


def before(survey: Round) -> dict[int | None, Results]:
    """{city or None: results} of the round published last before this one, of exactly the same cities."""
    cities = {city.pk for city in survey.municipalities()}
    rounds = Round.objects.filter(state=Round.State.PUBLISHED, city=survey.city).exclude(pk=survey.pk)
    if survey.closed_on:
        rounds = rounds.filter(closed_on__lte=survey.closed_on)
    for earlier in rounds.order_by("-closed_on", "-pk"):
        if {city.pk for city in earlier.municipalities()} == cities and earlier.pk != survey.pk:
            return {row.city_id: row for row in Results.objects.filter(round=earlier)}
    return {}


def merged(earlier: Mapping[int | None, Results], *, of_cities: bool = False) -> list[list[str]]:
    """Sizes that were shown as one, so that two rounds of the same companies do not tell them apart."""
    rows = [row for city, row in earlier.items() if (city is not None) == of_cities]
    groups = rows[0].content.get("groups", {}) if rows else {}
    return [classes for classes in groups.values() if len(classes) > 1]


def shown(earlier: Mapping[int | None, Results]) -> list[Group]:
    """The sizes that a city showed."""
    rows = [row for city, row in earlier.items() if city is not None]
    groups = rows[0].content.get("groups", {}) if rows else {}
    return [Group(key, tuple(classes)) for key, classes in groups.items()]


def add_changes(
    contents: Mapping[Municipality | None, dict[str, Any]], earlier: Mapping[int | None, Results]
) -> None:
    """To each answer that both rounds show, `change`: {difference, low, high, p}; `since` names the round."""
    for city, content in contents.items():
        results = earlier.get(city.pk if city else None)
        if results is None:
            continue
        compared = [
            _compare(found, results.content["questions"].get(code))
            for code, found in content["questions"].items()
        ]
        if any(compared):
            content["since"] = results.round_id


def _compare(found: dict[str, Any], old: dict[str, Any] | None) -> bool:
    """Whether the question was asked with the same answers, and both rounds show them."""
    if not old or not found["options"] or set(old["options"]) != set(found["options"]):
        return False
    for code, share in found["options"].items():
        try:
            change = trends.change(_figure(old["options"][code], old["n"]), _figure(share, found["n"]))
        except ValueError:
            continue
        names = {"difference": change.difference, "low": change.low, "high": change.high}
        share["change"] = {name: round(value, DIGITS) for name, value in names.items()}
        share["change"]["p"] = None if change.p is None else round(change.p, DIGITS)
    return any("change" in share for share in found["options"].values())


def _figure(share: dict[str, Any], n: int) -> Figure:
    """As far as a difference needs it. Where all agree the error is read from the interval."""
    se = share["se"] or (share["high"] - share["low"]) / 3.92
    return Figure(share["share"], se, share["low"], share["high"], "logit", n - 1, None, n, 0, float(n))
