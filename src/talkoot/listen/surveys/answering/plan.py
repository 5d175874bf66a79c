"""A questionnaire as plain values, read once: answering must be quick, and what has opened does not change."""

from __future__ import annotations

from collections import OrderedDict
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.utils.translation import get_language

from talkoot.listen.surveys.models import Question

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from decimal import Decimal
    from uuid import UUID

    from talkoot.listen.surveys.models import Questionnaire

LANGUAGES = ("fi", "sv", "en")
SECONDS = {"text": 40, "matrix": 40, "ranking": 30, "contact": 30, "file": 60}
SECONDS_ELSE = 15
KEPT = 32
_kept: OrderedDict[UUID, Plan] = OrderedDict()


@dataclass(frozen=True)
class Words:
    """A text in the languages it has."""

    by_language: dict[str, str]

    @classmethod
    def of(cls, obj: Any, name: str) -> Words:
        texts = {code: getattr(obj, f"{name}_{code}") or "" for code in LANGUAGES}
        return cls({code: text for code, text in texts.items() if text})

    def __str__(self) -> str:
        """In the language in force, else in Finnish, else in any."""
        texts = self.by_language
        return texts.get(get_language() or "") or next(iter(texts.values()), "")


@dataclass(frozen=True)
class Choice:
    """An option, or a line of a matrix."""

    pk: int
    code: str
    words: Words


@dataclass(frozen=True)
class Asked:
    """One question; `shown_when`: (code of an earlier question, code of its option), any of which shows it.

    `method`: code of the method that it asks about, or empty; `wanted`: options that say the company would benefit.
    """

    pk: int
    number: int
    code: str
    kind: str
    base: str
    words: Words
    why: Words
    required: bool
    together: bool
    max_choices: int | None
    low: Decimal | None
    high: Decimal | None
    unit: str
    options: tuple[Choice, ...]
    rows: tuple[Choice, ...]
    shown_when: frozenset[tuple[str, str]]
    method: str
    wanted: frozenset[str]

    @property
    def seconds(self) -> int:
        """About how long it takes to answer."""
        return SECONDS.get(self.kind, SECONDS_ELSE)

    def option(self, code: str) -> Choice | None:
        return next((option for option in self.options if option.code == code), None)


@dataclass(frozen=True)
class Plan:
    """A questionnaire: its name, words of welcome and questions in order."""

    pk: int
    name: Words
    intro: Words
    questions: tuple[Asked, ...]

    def by_code(self, code: str) -> Asked | None:
        return next((question for question in self.questions if question.code == code), None)

    @property
    def asks_methods(self) -> bool:
        return any(question.method for question in self.questions)

    def wished(self, answers: Mapping[str, Any]) -> list[str]:
        """Codes of the methods that these answers say would benefit the company."""
        asked = [question for question in self.questions if question.method]
        return [question.method for question in asked if answers.get(question.code) in question.wanted]

    @property
    def minutes(self) -> int:
        """About how long all of it takes, at least one."""
        return minutes(self.questions)


def minutes(questions: Iterable[Asked]) -> int:
    """Whole minutes for these questions, at least one."""
    return max(1, round(sum(question.seconds for question in questions) / 60))


def of(questionnaire: Questionnaire) -> Plan:
    """The plan as it stands now; read again only when the questionnaire has changed."""
    imprint = questionnaire.imprint
    found = _kept.get(imprint)
    if found is None:
        found = read(questionnaire)
        _kept[imprint] = found
        while len(_kept) > KEPT:
            _kept.popitem(last=False)
    return found


def read(questionnaire: Questionnaire) -> Plan:
    """The plan from the database, in a fixed number of queries."""
    rows = Question.objects.filter(questionnaire=questionnaire.pk).order_by("number")
    rows = rows.prefetch_related("options", "rows", "shown_when__question")
    return Plan(
        pk=questionnaire.pk,
        name=Words.of(questionnaire, "name"),
        intro=Words.of(questionnaire, "intro"),
        questions=tuple(_asked(row) for row in rows),
    )


def _asked(row: Question) -> Asked:
    return Asked(
        pk=row.pk,
        number=row.number,
        code=row.code,
        kind=row.kind,
        base=row.base,
        words=Words.of(row, "text"),
        why=Words.of(row, "why_we_ask"),
        required=row.required,
        together=row.together,
        max_choices=row.max_choices,
        low=row.low,
        high=row.high,
        unit=row.unit,
        options=tuple(Choice(one.pk, one.code, Words.of(one, "text")) for one in row.options.all()),
        rows=tuple(Choice(one.pk, one.code, Words.of(one, "text")) for one in row.rows.all()),
        shown_when=frozenset((one.question.code, one.code) for one in row.shown_when.all()),
        method=row.method_code,
        wanted=frozenset(one.code for one in row.options.all() if one.benefits),
    )
