"""A questionnaire with every kind of question, an open round of it, and someone who answers with a link."""

from __future__ import annotations

import uuid
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.urls import reverse
from django.utils.translation import override

from talkoot.listen.surveys.answering import actions
from talkoot.listen.surveys.building import actions as building
from talkoot.listen.surveys.building import bank
from talkoot.listen.surveys.building.texts import Line
from talkoot.listen.surveys.models import Draft, Invitation, Question, Questionnaire, Round

if TYPE_CHECKING:
    from django.http import HttpResponse
    from django.test import Client

    from talkoot.city.accounts.models import User
    from talkoot.city.organisations.models import Municipality, Organisation

ANSWERS = (Line("Yksi", "Ett", "One"), Line("Kaksi", "Två", "Two"), Line("Kolme", "Tre", "Three"))

WHOLE: dict[str, Any] = {
    "size": "10-49",
    "municipality": "186",
    "single": "one",
    "multiple": ["one", "three"],
    "scale": "two",
    "matrix": {"power": "one", "heat": "three"},
    "ranking": ["three", "one"],
    "number": "12.5",
    "date": "2026-12-03",
    "text": "Enemmän pyöräteitä",
    "consent": True,
}


def draft_questionnaire(city: Municipality, by: User) -> Questionnaire:
    made = Questionnaire(
        city=city, name_fi="Ilmastokysely 2027", name_sv="Klimatenkät 2027", name_en="Survey 2027"
    )
    return building.create(questionnaire=made, by=by)


def ask(questionnaire: Questionnaire, kind: str, by: User, code: str = "", **given: Any) -> Question:
    """Add a question of a kind, with three answers where it has any."""
    extra = {name: given.pop(name) for name in ("shown_when", "benefits", "rows") if name in given}
    options = given.pop("options", ANSWERS if kind in Question.WITH_OPTIONS else None)
    texts = {"text_fi": f"Kysymys {code}", "text_sv": f"Fråga {code}", "text_en": f"Question {code}"} | given
    question = Question(questionnaire=questionnaire, kind=kind, code=code or kind, **texts)
    return building.save_question(question=question, by=by, options=options, **extra)


def every_kind(city: Municipality, by: User, prefix: str = "") -> Questionnaire:
    """Each kind of question once, and the facts of the respondent; codes are kinds, with a prefix if wanted."""
    made = draft_questionnaire(city, by)
    bank.take(into=made, by=by, base=("size", "municipality", "industry"))
    lines = (Line("Sähkö", "El", "Power"), Line("Lämpö", "Värme", "Heat"))
    for kind in Question.Kind.values:
        extra = {"rows": lines} if kind == "matrix" else {}
        ask(made, kind, by, f"{prefix}{kind}", max_choices=2 if kind == "multiple" else None, **extra)
    return made


def open_round(questionnaire: Questionnaire, city: Municipality, **given: Any) -> Round:
    values: dict[str, Any] = {
        "code": "ilmasto-2027",
        "questionnaire": questionnaire,
        "city": city,
        "name_fi": "Ilmastokysely 2027",
        "name_sv": "Klimatenkät 2027",
        "name_en": "Survey 2027",
        "frame": "open_link",
        "state": Round.State.OPEN,
    }
    return Round.objects.create(**values | given)


def invited(survey: Round, company: Organisation, city: Municipality) -> Invitation:
    return Invitation.objects.create(round=survey, organisation=company, city=city, language="sv")


def begun(survey: Round, city: Municipality, answers: dict[str, Any] | None = None) -> Draft:
    draft = actions.begin(survey=survey, city=city)
    if answers:
        draft = actions.keep(draft=draft, values=answers, place=1)
    return draft


@dataclass
class Respondent:
    """Someone with the link, who reads in one language."""

    client: Client
    token: str
    language: str = "fi"
    city: str = "jarvenpaa"

    def url(self, name: str = "answer", **more: Any) -> str:
        with override(self.language):
            return reverse(f"surveys:{name}", kwargs={"city": self.city, "token": self.token} | more)

    def begin(self) -> str:
        """Press Begin; returns the address of the first page."""
        answer: Any = self.client.post(self.url(), once())
        assert answer.status_code == 302
        self.token = answer.url.split("/vastaa/")[1].split("/")[0]
        return str(answer.url)

    def answer(self, number: int, **fields: Any) -> HttpResponse:
        data = {name.replace("__", "-"): value for name, value in fields.items()}
        answer: Any = self.client.post(self.url("answer_page", number=number), once() | data)
        return answer  # type: ignore[no-any-return]  # of the test client

    def page(self, number: int) -> str:
        return str(self.client.get(self.url("answer_page", number=number)).content.decode())

    def send(self) -> HttpResponse:
        answer: Any = self.client.post(self.url("check"), once())
        return answer  # type: ignore[no-any-return]  # of the test client


def once() -> dict[str, Any]:
    return {"idempotency_key": str(uuid.uuid4())}
