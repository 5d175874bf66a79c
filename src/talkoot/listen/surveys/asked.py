"""What a round asked, as its results keep it: the words of each question and answer in every language.

A questionnaire does not change once it is open, so the results carry it, and a page of results reads one row.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.utils.translation import get_language

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from talkoot.listen.surveys.models import Question, Results
    from talkoot.listen.surveys.newest import Heard

LANGUAGES = tuple(code for code, _name in settings.LANGUAGES)
Words = dict[str, str]


@dataclass(frozen=True, slots=True)
class Choice:
    """An answer to choose, in the reader's language."""

    code: str
    text: str
    benefits: bool


@dataclass(frozen=True, slots=True)
class Asked:
    """A question in the reader's language, or in Finnish where that has no words."""

    code: str
    kind: str
    text: str
    method_code: str
    max_choices: int | None
    choices: list[Choice]


def keep(questions: Iterable[Question]) -> list[dict[str, Any]]:
    """The `asked` of the content of results, in the order of the questions."""
    return [
        {
            "code": question.code,
            "kind": question.kind,
            "text": _words(question),
            "method_code": question.method_code,
            "max_choices": question.max_choices,
            "choices": [
                {"code": option.code, "text": _words(option), "benefits": option.benefits}
                for option in question.options.all()
            ],
        }
        for question in questions
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
    return Asked(kept["code"], kept["kind"], text, kept["method_code"], kept["max_choices"], choices)


def _words(row: Any) -> Words:
    return {code: text for code in LANGUAGES if (text := getattr(row, f"text_{code}"))}


def _said(words: Words, language: str) -> str:
    return words.get(language) or words["fi"]
