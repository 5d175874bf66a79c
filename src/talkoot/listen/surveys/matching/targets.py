"""What a column of another tool's file can be read as: a fact of the respondent, a question, or a part of one."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext as _
from django.utils.translation import override

from talkoot.city.organisations.industries import SECTIONS
from talkoot.city.organisations.models import SizeClass
from talkoot.listen.surveys.models import Question, Response
from talkoot.listen.surveys.sheet import ELSEWHERE, own_questions
from talkoot.listen.surveys.sizes import CLASSES

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from talkoot.listen.surveys.models import Round

LANGUAGES = ("fi", "sv", "en")
SENT = "sent"
"""The day on which the answer was sent: rows without one were never finished and are not read."""
YES, NO = "yes", "no"
_TICKED = ("y", "yes", "1", "x", "true", "kyllä", "ja", "joo", "valittu", "vald", "selected", "checked")
_EMPTY = ("n", "no", "0", "false", "ei", "nej", "n/a", "-", "", "not selected", "ei valittu", "ej vald")
_NAMES = {
    "respondent": ("id", "response id", "vastaustunnus", "vastaajan numero", "svars-id", "respondent id"),
    SENT: (
        "submitdate",
        "date submitted",
        "completion time",
        "valmistumisaika",
        "slutförandetid",
        "lähetetty",
    ),
    "language": ("startlanguage", "start language", "kieli", "språk", "aloituskieli"),
}


@dataclass(frozen=True)
class Target:
    """`values`: what a cell may say, label by code; `parts`: what a column may be of it, label by code.

    `means` and `part_means` give the code by the bare text of a code or a label in any language.
    """

    key: str
    label: str
    kind: str
    names: frozenset[str]
    values: dict[str, str] = field(default_factory=dict)
    parts: dict[str, str] = field(default_factory=dict)
    means: dict[str, str] = field(default_factory=dict)
    part_means: dict[str, str] = field(default_factory=dict)

    @property
    def is_ticked(self) -> bool:
        """A part of it says whether it was chosen, not what."""
        return self.kind == Question.Kind.MULTIPLE


def bare(text: object) -> str:
    """Words without what tools write differently: case, spaces and marks at the ends."""
    return " ".join(str(text).casefold().split()).strip(" .:;*?!")


def ticked(text: str) -> bool | None:
    """Whether a cell says yes; None when it says neither."""
    word = bare(text)
    return True if word in _TICKED else False if word in _EMPTY else None


def of(survey: Round) -> dict[str, Target]:
    """Every target of the round by its key, facts of the respondent first."""
    asked = Question.objects.filter(questionnaire=survey.questionnaire_id).exclude(base="")
    bases = {question.base: question for question in asked.prefetch_related("options")}
    found = [*_facts(survey, bases), *(_question(question) for question in own_questions(survey))]
    return {target.key: target for target in found}


def _facts(survey: Round, bases: dict[str, Question]) -> Iterable[Target]:
    cities = {city.code: city for city in survey.municipalities()}
    names = {"fi": "suomi", "sv": "svenska", "en": "English"}
    yield _fact("respondent", _("Respondent"))
    yield _fact(SENT, _("Day on which the answer was sent"))
    yield _fact(
        "municipality",
        _("Municipality"),
        lambda: {code: city.name for code, city in cities.items()} | {ELSEWHERE: _("Somewhere else")},
        bases.get("municipality"),
    )
    yield _fact("kind", _("Kind of respondent"), lambda: {k: str(v) for k, v in Response.Kind.choices})
    yield _fact(
        "size", _("Company size"), lambda: {k: str(SizeClass(k).label) for k in CLASSES}, bases.get("size")
    )
    yield _fact(
        "industry",
        _("Sector"),
        lambda: {code: str(name) for code, name in SECTIONS.items() if code != "X"},
        bases.get("industry"),
    )
    yield _fact("language", _("Language"), lambda: names)


def _fact(
    key: str, label: str, labels: Callable[[], dict[str, str]] = dict, question: Question | None = None
) -> Target:
    """`labels()` gives the values in the language of the moment."""
    names = {bare(key), bare(label), *map(bare, _NAMES.get(key, ()))}
    values = labels()
    means: dict[str, str] = {}
    for language in LANGUAGES:
        with override(language):
            means |= {bare(text): code for code, text in labels().items()}
    if question is not None:
        names |= {bare(text) for text in (question.code, *_texts(question))}
        means |= {text: code for text, code in _words(question.options.all()).items() if code in values}
    means |= {bare(code): code for code in values}
    return Target(key, label, "fact", frozenset(names), values=values, means=means)


def _question(question: Question) -> Target:
    names = frozenset({bare(question.code), *(bare(text) for text in _texts(question))})
    options = {option.code: option.text for option in question.options.all()}
    means = _words(question.options.all())
    lines, line_means = options, means
    kind = Question.Kind(question.kind)
    if kind == Question.Kind.MATRIX:
        lines = {row.code: row.text for row in question.rows.all()}
        line_means = _words(question.rows.all())
    elif kind == Question.Kind.RANKING:
        lines = {str(n): _("Place %(n)s") % {"n": n} for n in range(1, len(options) + 1)}
        line_means = {code: code for code in lines}
    elif kind != Question.Kind.MULTIPLE:
        lines, line_means = {}, {}
    if kind == Question.Kind.CONSENT:
        options = {YES: _("Yes"), NO: _("No")}
        means = dict.fromkeys(_TICKED, YES) | dict.fromkeys(filter(None, _EMPTY), NO)
    label = f"{question.code}: {question.text}"
    return Target(question.code, label, kind, names, options, lines, means, line_means)


def _words(rows: Iterable[Any]) -> dict[str, str]:
    return {bare(text): row.code for row in rows for text in (row.code, *_texts(row))}


def _texts(obj: object) -> list[str]:
    return [text for text in (getattr(obj, f"text_{code}") for code in LANGUAGES) if text]


_NTH = re.compile(r"(?:a|ao|sq|q|r)?0*(\d{1,3})")


def nth(text: str, codes: Iterable[str]) -> str:
    """The code that a running code of another tool (A2, SQ002, 2) stands for by its place; empty when none."""
    found = _NTH.fullmatch(bare(text))
    known = list(codes)
    place = int(found[1]) if found else 0
    return known[place - 1] if 0 < place <= len(known) else ""
