"""The closed round of 2021 with simulated answers, from demo/survey.yaml and demo/survey_answers.csv."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING, Any

import yaml
from django.conf import settings
from django.db import transaction

from talkoot.city.organisations.models import Municipality
from talkoot.kit.exchange.sheet import commit
from talkoot.listen.surveys import actions
from talkoot.listen.surveys.models import Option, Question, Questionnaire, Round
from talkoot.listen.surveys.sheet import sheet_of

if TYPE_CHECKING:
    from pathlib import Path

LANGUAGES = ("fi", "sv", "en")
KINDS = {"yes_no": Question.Kind.SINGLE}
PUBLISHED = "_percent"


def load(folder: Path) -> None:
    """Add the round unless it is there already; what has been done to it since stays."""
    row = yaml.safe_load((folder / "survey.yaml").read_text(encoding="utf-8"))["survey"]
    if Round.objects.filter(code=row["id"]).exists():
        return
    with transaction.atomic():
        survey = _round(row, _questionnaire(row))
        preview = sheet_of(survey).preview((folder / row["answers_file"]).read_bytes())
        commit(preview, lambda records: actions.import_answers(survey=survey, records=records, by=None))
        actions.calculate(survey=survey, by=None)
        survey.state = Round.State.PUBLISHED
        survey.save(update_fields=("state",))


def after_removal() -> None:
    """The questionnaire goes with the simulated round, unless another round asks it."""
    row = yaml.safe_load((settings.TALKOOT_DEMO_FOLDER / "survey.yaml").read_text(encoding="utf-8"))["survey"]
    Questionnaire.objects.filter(code=row["id"], rounds=None).delete()


def _translated(row: dict[str, Any], source: str, name: str) -> dict[str, str]:
    return {f"{name}_{code}": row[f"{source}_{code}"] for code in LANGUAGES}


def _questionnaire(row: dict[str, Any]) -> Questionnaire:
    questionnaire, added = Questionnaire.objects.get_or_create(
        code=row["id"], edition=1, defaults=_translated(row, "name", "name")
    )
    if added:
        questionnaire.full_clean()
        for number, question in enumerate(row["questions"], 1):
            _question(questionnaire, number, question)
    return questionnaire


def _question(questionnaire: Questionnaire, number: int, row: dict[str, Any]) -> None:
    question = Question(
        questionnaire=questionnaire,
        number=number,
        code=row["id"],
        kind=KINDS.get(row["type"], row["type"]),
        method_code=row.get("method", ""),
        max_choices=row.get("max_choices"),
        required=row["required"],
        base=row.get("fixed", "") if row.get("fixed") in Question.Base.values else "",
        **_translated(row, "text", "text"),
        **_translated(row, "why", "why_we_ask"),
    )
    question.full_clean()
    question.save()
    for place, option in enumerate(row["options"], 1):
        saved = Option(
            question=question,
            number=place,
            code=option["id"],
            benefits=bool(question.method_code) and option["id"] == "yes",
            **_translated(option, "text", "text"),
        )
        saved.full_clean()
        saved.save()


def _round(row: dict[str, Any], questionnaire: Questionnaire) -> Round:
    asked = {question["id"] for question in row["questions"]}
    survey = Round(
        code=row["id"],
        questionnaire=questionnaire,
        frame=row["frame"],
        simulated=row["simulated"],
        followed=[
            key.removesuffix(PUBLISHED) for key in row["published"] if key.removesuffix(PUBLISHED) in asked
        ],
        source_url=row["published"]["url"],
        opened_on=dt.date.fromisoformat(row["opens"]),
        closed_on=dt.date.fromisoformat(row["closes"]),
        state=Round.State.CLOSED,
        **_translated(row, "name", "name"),
        **_translated(row, "simulated_note", "source"),
    )
    survey.full_clean()
    survey.save()
    survey.cities.set(Municipality.objects.filter(code__in=row["cities"]))
    return survey
