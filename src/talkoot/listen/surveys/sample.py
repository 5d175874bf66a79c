"""The answers of a round as plain values, read in a fixed number of queries."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from talkoot.listen.surveys import items
from talkoot.listen.surveys.models import Question, Response

if TYPE_CHECKING:
    from collections.abc import Iterable

    from talkoot.listen.surveys.items import Item
    from talkoot.listen.surveys.models import Round


@dataclass(frozen=True)
class Respondent:
    """`said`: by item, the codes chosen, a number, or True for own words; an item that was passed over is absent.
    `places`: by question, how a ranking was ordered, the most important first."""

    number: int
    kind: str
    city_id: int | None
    size: str
    sector: str
    by_officer: bool
    said: dict[str, Any] = field(default_factory=dict)
    places: dict[str, list[str]] = field(default_factory=dict)


@dataclass(frozen=True)
class Sample:
    """All respondents of a round, and the companies of its cities, on which the results rest."""

    everyone: list[Respondent]
    counted: list[Respondent]
    items: list[Item]

    def within(self, city_id: int) -> list[Respondent]:
        return [one for one in self.counted if one.city_id == city_id]


def read(survey: Round) -> Sample:
    """The respondents by number, with what is counted of their answers; own words are not kept."""
    names = ("number", "kind", "city_id", "size_class", "industry", "by_officer", "answers")
    rows: list[Any] = list(Response.objects.filter(round=survey).order_by("number").values_list(*names))
    cities = {city.pk for city in survey.municipalities()}
    found = items.of(survey, (row[-1] for row in rows if _counts(row[1], row[2], cities)))
    kept: dict[Any, Any] = {}
    everyone = [
        Respondent(
            number, kind, city, size, sector, by_officer, _said(found, given, kept), _places(found, given)
        )
        for number, kind, city, size, sector, by_officer, given in rows
    ]
    counted = [one for one in everyone if _counts(one.kind, one.city_id, cities)]
    return Sample(everyone, counted, found)


def _counts(kind: str, city: int | None, cities: set[int]) -> bool:
    return kind == Response.Kind.COMPANY and city in cities


def _said(found: list[Item], answers: dict[str, Any], kept: dict[Any, Any]) -> dict[str, Any]:
    """Equal sets are the same set each time, or those of a large round would fill the memory."""
    said = ((item.code, item.said(answers)) for item in found)
    return {
        code: kept.setdefault(value, value) if isinstance(value, frozenset) else value
        for code, value in said
        if value is not None
    }


def _places(found: list[Item], answers: dict[str, Any]) -> dict[str, list[str]]:
    ranked = (item.question for item in found if item.kind == Question.Kind.RANKING)
    return {code: list(answers[code]) for code in ranked if answers.get(code)}


def answered(respondents: Iterable[Respondent], code: str) -> list[Respondent]:
    """Those who answered the item."""
    return [one for one in respondents if code in one.said]
