"""The answers of a round as plain values, read in a fixed number of queries."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from talkoot.listen.surveys.models import Answer, Question, Response

if TYPE_CHECKING:
    from collections.abc import Iterable

    from talkoot.listen.surveys.models import Round


@dataclass(frozen=True)
class Respondent:
    """`answers`: chosen option codes by question code; a question that was passed over is absent."""

    number: int
    kind: str
    city_id: int | None
    size: str
    sector: str
    by_officer: bool
    answers: dict[str, set[str]] = field(default_factory=dict)


@dataclass(frozen=True)
class Sample:
    """All respondents of a round, and the companies of its cities, on which the results rest."""

    everyone: list[Respondent]
    counted: list[Respondent]
    questions: list[Question]

    def within(self, city_id: int) -> list[Respondent]:
        return [one for one in self.counted if one.city_id == city_id]


def read(survey: Round) -> Sample:
    """The respondents by number, with their closed answers; own words are not read."""
    everyone = {
        row.pk: Respondent(row.number, row.kind, row.city_id, row.size_class, row.industry, row.by_officer)
        for row in Response.objects.filter(round=survey).order_by("number")
    }
    answers = Answer.objects.filter(response__round=survey).exclude(question__kind__in=Question.OPEN)
    for response, code, option in answers.values_list("response_id", "question__code", "options__code"):
        chosen = everyone[response].answers.setdefault(code, set())
        if option is not None:
            chosen.add(option)
    cities = {city.pk for city in survey.municipalities()}
    questions = Question.objects.counted().filter(questionnaire=survey.questionnaire_id)  # type: ignore[attr-defined]  # our queryset
    return Sample(
        everyone=list(everyone.values()),
        counted=[one for one in everyone.values() if one.kind == "company" and one.city_id in cities],
        questions=list(questions.prefetch_related("options").order_by("number")),
    )


def answered(respondents: Iterable[Respondent], code: str) -> list[Respondent]:
    """Those who answered the question."""
    return [one for one in respondents if code in one.answers]
