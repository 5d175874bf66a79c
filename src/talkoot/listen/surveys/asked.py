"""What a round asked, as its results keep it: the words of each question and answer in every language.

A questionnaire does not change once it is open, so the results carry it, and a page of results reads one row.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.utils.translation import get_language

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from talkoot.listen.surveys.items import Item, Words
    from talkoot.listen.surveys.models import Results
    from talkoot.listen.surveys.newest import Heard


@dataclass(frozen=True, slots=True)
class Choice:
    """An answer to choose, in the reader's language."""

    code: str
    text: str
    benefits: bool


@dataclass(frozen=True, slots=True)
class Asked:
    """A question with its answers, in the reader's language."""

    code: str
    kind: str
    text: str
    method_code: str
    max_choices: int | None
    unit: str
    choices: list[Choice]


def keep(items: Iterable[Item]) -> list[dict[str, Any]]:
    """What goes into the results, in the order of the questions."""
    return [
        {
            "code": item.code,
            "kind": item.kind,
            "text": item.text,
            "method_code": item.method_code,
            "max_choices": item.max_choices,
            "unit": item.unit,
            "choices": [
                {"code": one.code, "text": one.text, "benefits": one.benefits} for one in item.choices
            ],
        }
        for item in items
    ]


def of(results: Results) -> list[Asked]:
    """What was asked, in the order of the questions."""
    language = get_language() or "fi"
    return [_asked(kept, language) for kept in results.content["asked"]]


def first(results: Results | Heard, suits: Callable[[dict[str, Any]], bool]) -> Asked | None:
    """The first question that suits, as it is kept."""
    found = filter(suits, results.content["asked"])
    return next((_asked(kept, get_language() or "fi") for kept in found), None)


def about(results: Results | Heard, method_code: str) -> Asked | None:
    """The question on a method."""
    return first(results, lambda kept: kept["method_code"] == method_code)


def _asked(kept: dict[str, Any], language: str) -> Asked:
    choices = [Choice(one["code"], _said(one["text"], language), one["benefits"]) for one in kept["choices"]]
    text = _said(kept["text"], language)
    return Asked(
        kept["code"], kept["kind"], text, kept["method_code"], kept["max_choices"], kept["unit"], choices
    )


def _said(words: Words, language: str) -> str:
    return words.get(language) or words["fi"]
