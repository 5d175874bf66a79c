"""Which questions a respondent meets, in which order, and what earlier answers put into later texts."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from talkoot.listen.surveys.answering import kinds
from talkoot.listen.surveys.answering.plan import minutes

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Mapping, Sequence

    from talkoot.listen.surveys.answering.plan import Asked, Plan

    Answers = Mapping[str, Any]

PIPED = re.compile(r"\{([A-Za-z0-9][A-Za-z0-9_+-]*)\}")
END = 32_000
"""The place after all questions: the page on which answers are checked and sent."""


def shown(plan: Plan, answers: Answers) -> list[Asked]:
    """The questions that these answers lead to; what was answered to a question that fell away shows nothing."""
    found: list[Asked] = []
    chosen: set[tuple[str, str]] = set()
    for question in plan.questions:
        if question.shown_when and not question.shown_when & chosen:
            continue
        found.append(question)
        chosen |= {(question.code, code) for code in kinds.chosen(question, answers.get(question.code))}
    return found


def pages(questions: Iterable[Asked], skipped: Collection[str] = ()) -> list[list[Asked]]:
    """Questions page by page. One that depends on a question of the page begins a page of its own."""
    found: list[list[Asked]] = []
    for question in questions:
        if question.code in skipped:
            continue
        page = found[-1] if found else []
        here = {one.code for one in page}
        depends = any(code in here for code, _option in question.shown_when) or pipes(question) & here
        if page and question.together and not depends:
            page.append(question)
        else:
            found.append([question])
    return found


def page_at(plan: Plan, answers: Answers, number: int, skipped: Collection[str] = ()) -> list[Asked] | None:
    """The page on which the question with this number stands, also when it is skipped; None when it is not shown."""
    there = shown(plan, answers)
    known = {code for code in skipped if not any(q.number == number and q.code == code for q in there)}
    for page in pages(there, known):
        if any(question.number == number for question in page):
            return page
    return None


def after(plan: Plan, answers: Answers, number: int, skipped: Collection[str] = ()) -> int:
    """The number of the first question of the next page, or END."""
    for page in pages(shown(plan, answers), skipped):
        if page[0].number > number:
            return page[0].number
    return END


def before(plan: Plan, answers: Answers, number: int, skipped: Collection[str] = ()) -> int | None:
    """The number of the first question of the page before, or None on the first page."""
    earlier = [page for page in pages(shown(plan, answers), skipped) if page[-1].number < number]
    return earlier[-1][0].number if earlier else None


def missing(plan: Plan, answers: Answers) -> Asked | None:
    """The first question that must be answered and is not."""
    for question in shown(plan, answers):
        if question.required and answers.get(question.code) is None:
            return question
    return None


def progress(pages_: Sequence[Sequence[Asked]], number: int) -> tuple[int, int, int]:
    """(which page this is, of how many, minutes that are left with it)."""
    place = next((n for n, page in enumerate(pages_, 1) if page[-1].number >= number), len(pages_))
    left = [question for page in pages_[place - 1 :] for question in page]
    return place, len(pages_), minutes(left)


def pipes(question: Asked) -> set[str]:
    """Codes of the questions whose answers stand in the text."""
    return {code for text in question.words.by_language.values() for code in PIPED.findall(text)}


def text(question: Asked, plan: Plan, answers: Answers) -> str:
    """The question in the language in force, with earlier answers in place of {code}."""

    def answer(found: re.Match[str]) -> str:
        asked = plan.by_code(found[1])
        value = answers.get(found[1])
        return kinds.in_words(asked, value) if asked and value is not None else "…"

    words = str(question.words)
    return PIPED.sub(answer, words) if "{" in words else words
