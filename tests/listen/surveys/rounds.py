"""Small rounds, so that every number can be worked out by hand."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import TYPE_CHECKING

from talkoot.city.accounts.roles import Role
from talkoot.city.organisations.models import PopulationTotal
from talkoot.kit.exchange import Record
from talkoot.listen.surveys import actions
from talkoot.listen.surveys.models import Option, Question, Questionnaire, Round
from tests.cast import person

if TYPE_CHECKING:
    from collections.abc import Iterable

    from talkoot.city.accounts.models import User
    from talkoot.city.organisations.models import Municipality

COMPANIES = {"0-9": 900, "10-49": 80, "50-249": 15, "250+": 5}


@dataclass(frozen=True)
class Said:
    """So many respondents who said the same; `stage` and `demand` are option codes, empty for no answer."""

    times: int
    size: str
    stage: str = "some"
    demand: str = "yes"
    city: str = "186"
    kind: str = "company"
    text: str = ""


def questionnaire() -> Questionnaire:
    made = Questionnaire.objects.create(
        code="small", name_fi="Pieni kysely", name_sv="Liten enkät", name_en="Small survey"
    )
    _question(made, 1, "stage", ["none", "some", "lots"])
    _question(made, 2, "demand_M05", ["yes", "no"], method="M05")
    Question.objects.create(questionnaire=made, number=3, code="free", kind="text", text_fi="Muuta?")
    return made


def _question(made: Questionnaire, number: int, code: str, options: list[str], method: str = "") -> None:
    question = Question.objects.create(
        questionnaire=made,
        number=number,
        code=code,
        kind="single",
        text_fi=f"Kysymys {code}",
        method_code=method,
    )
    for place, option in enumerate(options, 1):
        benefits = bool(method) and option == "yes"
        Option.objects.create(
            question=question, number=place, code=option, text_fi=f"Vastaus {option}", benefits=benefits
        )


def closed_round(*cities: Municipality, simulated: bool = False) -> Round:
    made = Round.objects.create(
        code="small-2026",
        questionnaire=questionnaire(),
        name_fi="Pieni kysely 2026",
        name_sv="Liten enkät 2026",
        name_en="Small survey 2026",
        frame="open_link",
        simulated=simulated,
        opened_on=dt.date(2026, 1, 1),
        closed_on=dt.date(2026, 1, 31),
        state=Round.State.CLOSED,
        city=cities[0] if len(cities) == 1 else None,
    )
    if len(cities) > 1:
        made.cities.set(cities)
    return made


def answers(said: Iterable[Said], start: int = 1) -> list[Record]:
    records: list[Record] = []
    for group in said:
        for _time in range(group.times):
            number = start + len(records)
            values = {
                "respondent": number,
                "municipality": group.city,
                "kind": group.kind,
                "size": group.size,
                "industry": "C",
                "language": "fi",
                "by_officer": False,
                "simulated": False,
                "stage": group.stage,
                "demand_M05": group.demand,
                "free": group.text,
            }
            records.append(Record(number, values, {}))
    return records


def published(survey: Round, *said: Said) -> Round:
    """The round with these answers, calculated and published."""
    actions.import_answers(survey=survey, records=answers(said), by=None)
    actions.calculate(survey=survey, by=None)
    survey.state = Round.State.PUBLISHED
    survey.save()
    return survey


def companies(city: Municipality, numbers: dict[str, int] | None = None) -> None:
    for size, n in (numbers or COMPANIES).items():
        PopulationTotal.objects.create(city=city, year=2024, size_class=size, enterprises=n, source="Tilasto")


def manager(city: Municipality) -> User:
    return person("Siiri", city.organisation, Role.SURVEY_MANAGER)
