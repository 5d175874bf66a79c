"""Single answers in the layout of `sheet`, so that the file can be read in again. Contact details are not in it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from talkoot.kit.crud.table import Column
from talkoot.listen.surveys.models import Question, Response
from talkoot.listen.surveys.sheet import ELSEWHERE, SEPARATOR, own_questions

if TYPE_CHECKING:
    from talkoot.listen.surveys.models import Round

LANGUAGES = ("fi", "sv", "en")
FACTS = ("respondent", "municipality", "kind", "size", "industry", "language", "by_officer", "simulated")


def columns(survey: Round) -> list[Column]:
    """Facts of the respondent, then a column a question by its code."""
    names = [*FACTS, *(question.code for question in own_questions(survey))]
    return [_column(name) for name in names]


def _column(name: str) -> Column:
    return Column(key=name, label=name, value=lambda row: row.get(name, ""))


def rows(survey: Round) -> list[dict[str, str]]:
    """One row a respondent, by number, in a fixed number of queries."""
    kinds = dict(Question.objects.filter(questionnaire=survey.questionnaire_id).values_list("code", "kind"))
    return [_facts(row, survey) | _cells(row.answers, kinds) for row in _responses(survey)]


def _responses(survey: Round) -> Any:
    return Response.objects.filter(round=survey).select_related("city").order_by("number")


def _facts(row: Response, survey: Round) -> dict[str, str]:
    return {
        "respondent": str(row.number),
        "municipality": row.city.code if row.city else ELSEWHERE,
        "kind": row.kind,
        "size": row.size_class,
        "industry": row.industry,
        "language": row.language,
        "by_officer": "yes" if row.by_officer else "no",
        "simulated": "yes" if survey.simulated else "no",
    }


def _cells(answers: dict[str, Any], kinds: dict[str, str]) -> dict[str, str]:
    return {code: _cell(kinds[code], value) for code, value in answers.items() if code in kinds}


def _cell(kind: str, value: Any) -> str:
    if kind == Question.Kind.MULTIPLE:
        return SEPARATOR.join(sorted(value))
    if kind == Question.Kind.MATRIX:
        return SEPARATOR.join(f"{line}={code}" for line, code in value.items())
    if kind == Question.Kind.RANKING:
        return SEPARATOR.join(value)
    if kind == Question.Kind.CONSENT:
        return "yes" if value else "no"
    return str(value["name"]) if kind == Question.Kind.FILE else str(value)


def codebook(survey: Round) -> dict[str, Any]:
    """What each column means, in the three languages."""
    return {
        "name": _texts(survey, "name"),
        "frame": survey.frame,
        "opened_on": survey.opened_on,
        "closed_on": survey.closed_on,
        "facts": list(FACTS),
        "separator": SEPARATOR,
        "missing": "An empty cell is a question that was passed over, which is not no.",
        "questions": [_question(question) for question in own_questions(survey)],
    }


def _question(question: Question) -> dict[str, Any]:
    return {
        "name": question.code,
        "kind": question.kind,
        "text": _texts(question, "text"),
        "unit": question.unit or None,
        "method": question.method_code or None,
        "answers": {option.code: _texts(option, "text") for option in question.options.all()},
        "lines": {row.code: _texts(row, "text") for row in question.rows.all()},
    }


def _texts(obj: object, name: str) -> dict[str, str | None]:
    return {code: getattr(obj, f"{name}_{code}") for code in LANGUAGES}
