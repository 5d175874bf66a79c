"""The closed round of 2021 with simulated answers and the next one, open, from demo/survey.yaml and survey_answers.csv."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING, Any

import yaml
from django.conf import settings
from django.db import transaction

from talkoot.city.organisations.models import Municipality
from talkoot.kit.exchange.sheet import commit
from talkoot.listen.surveys import actions, inviting
from talkoot.listen.surveys.building import actions as building
from talkoot.listen.surveys.models import Option, Question, Questionnaire, Round
from talkoot.listen.surveys.sheet import sheet_of

if TYPE_CHECKING:
    from pathlib import Path

LANGUAGES = ("fi", "sv", "en")
KINDS = {"yes_no": Question.Kind.SINGLE}
PUBLISHED = "_percent"


def load(folder: Path) -> None:
    """Add the rounds unless they are there already; what has been done to them since stays."""
    rows = yaml.safe_load((folder / "survey.yaml").read_text(encoding="utf-8"))
    _load_closed(folder, rows["survey"])
    _load_next(rows["next"], rows["survey"]["id"])


def _load_closed(folder: Path, row: dict[str, Any]) -> None:
    if Round.objects.filter(code=row["id"]).exists():
        return
    with transaction.atomic():
        survey = _round(row, _questionnaire(row))
        preview = sheet_of(survey).preview((folder / row["answers_file"]).read_bytes())
        commit(preview, lambda records: actions.import_answers(survey=survey, records=records, by=None))
        actions.calculate(survey=survey, by=None)
        survey.state = Round.State.PUBLISHED
        survey.save(update_fields=("state",))


def _load_next(row: dict[str, Any], before: str) -> None:
    """The same questions once more in one city, one of them new, open, with companies invited."""
    city = Municipality.objects.filter(code=row["city"]).first()
    if city is None or Round.objects.filter(code=row["id"]).exists():
        return
    with transaction.atomic():
        earlier = Questionnaire.objects.get(code=before, edition=1)
        questionnaire = building.new_edition(of=earlier, city=city, by=None)
        for name, value in {**_translated(row, "name", "name"), **_translated(row, "intro", "intro")}.items():
            setattr(questionnaire, name, value)
        questionnaire.save()
        _ask_if(questionnaire, row["asked_if"])
        _group(questionnaire, row["on_a_page"])
        survey = _open_round(row, questionnaire, city)
        inviting.invite(survey=survey, city=city, companies=inviting.companies(survey, city), by=None)


def _ask_if(questionnaire: Questionnaire, row: dict[str, Any]) -> None:
    option = Option.objects.get(
        question__questionnaire=questionnaire, question__code=row["question"], code=row["option"]
    )
    question = Question(
        questionnaire=questionnaire,
        kind=Question.Kind.TEXT,
        code=f"{row['question']}_{row['option']}",
        **_translated(row, "text", "text"),
        **_translated(row, "why", "why_we_ask"),
    )
    building.save_question(question=question, by=None, shown_when=[option])
    building.place(question=question, number=option.question.number + 1, by=None)


def _group(questionnaire: Questionnaire, most: int) -> None:
    """The short questions on methods stand several on a page."""
    rows = questionnaire.questions.exclude(method_code="").order_by("number")
    for place, question in enumerate(rows):
        question.together = place % most != 0
        question.save(update_fields=("together",))
    questionnaire.touch()


def _open_round(row: dict[str, Any], questionnaire: Questionnaire, city: Municipality) -> Round:
    survey = Round(
        code=row["id"],
        questionnaire=questionnaire,
        city=city,
        frame=row["frame"],
        targets=row["targets"],
        opened_on=dt.date.fromisoformat(row["opens"]),
        closed_on=dt.date.fromisoformat(row["closes"]),
        state=Round.State.OPEN,
        **_translated(row, "name", "name"),
    )
    survey.full_clean()
    survey.save()
    return survey


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
