"""Companies say no to what the city thought they wanted, and the next selection leaves it out."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from playwright.sync_api import expect

from talkoot.choose.methods.models import Method
from talkoot.city.organisations.models import Municipality
from talkoot.kit import clock
from talkoot.listen.surveys.answering import actions
from talkoot.listen.surveys.models import Round
from tests.journeys.test_visitor import PHONE
from tests.journeys.walk import say

if TYPE_CHECKING:
    from collections.abc import Callable

    from tests.journeys.walk import Person

pytestmark = [pytest.mark.journey, pytest.mark.slow]
WORK = "/vantaa/tyotila"
KAISA, HANNA = "kaisa@vantaa.example", "hanna@vantaa.example"
FASHIONABLE = "M09"  # the guide to support and funding: two of three wanted it in the earlier survey
LITTLE_TIME = {"ELI": "20", "YMP": "10"}  # person-days a year
SIZES = ("0-9", "10-49", "50-249", "250+")
COMPANIES = 40


@pytest.fixture
def survey(town: None) -> Round:
    """The open round of Vantaa on the day of the test; all but one have answered, and have no use for the guide."""
    found: Round = Round.objects.get(code="ilmastokysely-2027")
    found.opened_on, found.closed_on = clock.today(), None
    found.save()
    vantaa = Municipality.objects.get(slug="vantaa")
    for number in range(COMPANIES):
        _answer(actions.begin(survey=found, city=vantaa, language="fi"), number)
    return found


def _answer(draft: Any, number: int) -> None:
    questions = draft.round.questionnaire.questions.exclude(method_code="")
    wanted: dict[str, Any] = {question.code: "yes" if number % 3 else "no" for question in questions}
    wanted |= {f"demand_{FASHIONABLE}": "no", "stage": "hardly"}
    wanted |= {"size": SIZES[number % len(SIZES)], "municipality": "092", "industry": "FGHM"[number % 4]}
    actions.send(draft=actions.keep(draft=draft, values=wanted, place=1))


def choose(hanna: Person) -> None:
    """A selection with little working time, in which what companies ask for weighs a quarter or more."""
    units = Municipality.objects.get(slug="vantaa").units.exclude(person_days=None)
    hanna.go(f"{WORK}/valinta/uusi/")
    hanna.fill({f"days_{unit.code}": LITTLE_TIME.get(unit.code, "0") for unit in units})
    hanna.fill({"scenario": "now", "weight_F_low": "25", "weight_F_high": "50"})
    hanna.send()
    hanna.page.locator("table.choose-table").first.wait_for()


def is_recommended(hanna: Person) -> bool:
    row = hanna.page.locator(f"table.choose-table tr:has(a[href$='/keinot/{FASHIONABLE}/'])")
    return row.locator("td").last.locator(".mark.yes").count() == 1


def test_what_companies_have_no_use_for_is_not_recommended_the_next_time(
    arrive: Callable[..., Person], survey: Round
) -> None:
    hanna = arrive()
    hanna.sign_in(HANNA, f"{WORK}/valinta/")
    choose(hanna)
    assert is_recommended(hanna)
    _one_more_answers_in_swedish(arrive(java_script_enabled=False, **PHONE), survey)
    _officer_publishes(arrive(), survey)
    choose(hanna)
    assert not is_recommended(hanna)
    hanna.look()
    _reads_why(hanna)


def _one_more_answers_in_swedish(company: Person, survey: Round) -> None:
    invitation = survey.invitations.filter(language="sv").order_by("organisation__name")[0]
    company.go(f"/sv/vantaa/vastaa/{invitation.token}/")
    company.page.locator("main form button").click()
    company.page.locator("label.choice", has_text="Har utvecklats i någon mån").first.click()
    while not company.path.endswith("/tarkista/"):
        asked = company.page.locator("fieldset", has_text="Lista över stöd och finansiering")
        if asked.count():
            asked.locator("label.choice", has_text="Nej").click()
        _press(company, "Next")
    _press(company, "Send the answer")
    assert company.path.endswith("/kiitos/"), company.text()
    assert survey.responses.count() == COMPANIES + 1


def _press(company: Person, message: str) -> None:
    company.page.locator(".survey-nav").get_by_role("button", name=say(message, "sv"), exact=True).click()
    company.page.wait_for_load_state()


def _officer_publishes(kaisa: Person, survey: Round) -> None:
    page = f"{WORK}/kyselyt/{survey.pk}/"
    kaisa.sign_in(KAISA, page)
    for to in ("closed", "published"):
        kaisa.go(f"{page}tila/{to}/")
        kaisa.send()
        assert kaisa.path == page, kaisa.text()
    results = survey.results.get()
    assert results.content["weighting"]["n"] == COMPANIES + 1
    guide = Method.objects.get(code=FASHIONABLE).name
    expect(kaisa.page.locator("main")).to_contain_text(guide)
    kaisa.look()


def _reads_why(hanna: Person) -> None:
    """The grounds of the choice say how few of the companies in the new survey want the guide."""
    hanna.go(f"{hanna.path}naytto/")
    row = hanna.page.locator(f"tr:has(a[href*='/keinot/{FASHIONABLE}/'])").first
    expect(row).to_contain_text("0\N{NO-BREAK SPACE}%")
    expect(row).to_contain_text(f"{COMPANIES + 1} vastausta")
    hanna.look()
