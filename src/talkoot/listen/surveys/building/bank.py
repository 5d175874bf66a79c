"""Questions to take from: those of other questionnaires, one for each method, and the facts of the respondent."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

import yaml
from django.db import transaction
from django.utils.translation import override

from talkoot.choose.methods.models import Method
from talkoot.city.organisations.industries import SECTIONS
from talkoot.city.organisations.models import Municipality, SizeClass
from talkoot.listen.surveys.building import actions, texts
from talkoot.listen.surveys.building.texts import Line
from talkoot.listen.surveys.models import Option, Question
from talkoot.listen.surveys.sheet import ELSEWHERE
from talkoot.listen.surveys.sizes import CLASSES

if TYPE_CHECKING:
    from collections.abc import Iterable

    from django.db.models import QuerySet
    from django.utils.functional import _StrPromise

    from talkoot.kit.access.request import AnyUser
    from talkoot.listen.surveys.models import Questionnaire

WORDS = Path(__file__).parent / "data" / "facts.yaml"
FACTS = ("size", "municipality", "industry")


@cache
def _words() -> dict[str, Any]:
    found: dict[str, Any] = yaml.safe_load(WORDS.read_text(encoding="utf-8"))
    return found


def others(questionnaire: Questionnaire, user: AnyUser) -> QuerySet[Question]:
    """Questions of other questionnaires that can be copied into this one, the newest edition of each code."""
    bases = list(questionnaire.questions.exclude(base="").values_list("base", flat=True))
    asked = list(questionnaire.questions.exclude(method_code="").values_list("method_code", flat=True))
    rows: QuerySet[Question] = Question.objects.visible_to(user)  # type: ignore[attr-defined]  # our queryset
    rows = rows.exclude(questionnaire=questionnaire).exclude(base__in=bases).exclude(method_code__in=asked)
    return rows.select_related("questionnaire").order_by(
        "questionnaire__code", "-questionnaire__edition", "number"
    )


def methods(questionnaire: Questionnaire) -> QuerySet[Method]:
    """Published methods about which this questionnaire does not ask yet."""
    asked = questionnaire.questions.exclude(method_code="").values("method_code")
    rows: QuerySet[Method] = Method.objects.published()  # type: ignore[attr-defined]  # our queryset
    return rows.exclude(code__in=asked).order_by("code")


def facts(questionnaire: Questionnaire) -> list[str]:
    """Facts of the respondent that are not asked yet."""
    asked = set(questionnaire.questions.exclude(base="").values_list("base", flat=True))
    return [base for base in FACTS if base not in asked]


@transaction.atomic
def take(
    *,
    into: Questionnaire,
    by: AnyUser,
    base: Iterable[str] = (),
    questions: Iterable[Question] = (),
    about: Iterable[Method] = (),
) -> list[Question]:
    """Add what was picked: facts first, then questions, then methods. Raises Frozen."""
    made = [_fact(into, name, by) for name in base]
    if picked := _each_once(questions):
        made += actions.copy_questions(questions=picked, into=into, by=by)
    return made + [_about(into, method, by) for method in about]


def _each_once(questions: Iterable[Question]) -> list[Question]:
    """Of two that ask the same fact or the same method only the first."""
    found: dict[object, Question] = {}
    for question in questions:
        found.setdefault(question.base or question.method_code or question.pk, question)
    return list(found.values())


def _about(questionnaire: Questionnaire, method: Method, by: AnyUser) -> Question:
    names = {f"text_{code}": getattr(method, f"name_{code}") for code in texts.LANGUAGES}
    question = Question(
        questionnaire=questionnaire, kind=Question.Kind.SINGLE, method_code=method.code, **names
    )
    _say(question, "why_we_ask", _words()["benefit"])
    actions.save_question(question=question, by=by)
    _options(question, {code: Line(**_words()[code]) for code in ("yes", "no")}, benefits="yes")
    return question


def _fact(questionnaire: Questionnaire, base: str, by: AnyUser) -> Question:
    question = Question(questionnaire=questionnaire, kind=Question.Kind.SINGLE, base=base, code=base)
    question.required = base != "industry"
    _say(question, "text", _words()["facts"][base]["text"])
    _say(question, "why_we_ask", _words()["facts"][base]["why"])
    actions.save_question(question=question, by=by)
    _options(question, _answers(base))
    return question


def _answers(base: str) -> dict[str, Line]:
    if base == "size":
        return {size: _in_languages(SizeClass(size).label) for size in CLASSES}
    if base == "industry":
        return {section: _in_languages(name) for section, name in SECTIONS.items() if section != "X"}
    columns = Municipality.objects.order_by("code").values_list("code", "name_fi", "name_sv", "name_en")
    cities = {code: Line(*(name or "" for name in names)) for code, *names in columns}
    return cities | {ELSEWHERE: Line(**_words()["elsewhere"])}


def _say(question: Question, name: str, words: dict[str, str]) -> None:
    for code in texts.LANGUAGES:
        setattr(question, f"{name}_{code}", words[code])


def _in_languages(words: _StrPromise | str) -> Line:
    said = {}
    for code in texts.LANGUAGES:
        with override(code):
            said[code] = str(words)
    return Line(**said)


def _options(question: Question, answers: dict[str, Line], benefits: str = "") -> None:
    for number, (code, line) in enumerate(answers.items(), 1):
        Option.objects.create(
            question=question, number=number, code=code, benefits=code == benefits, **line.columns()
        )
