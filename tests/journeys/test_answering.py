"""A company that was invited answers on a phone in Swedish, stops half way, goes on, and an officer sees it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import expect

from talkoot.kit import clock
from talkoot.listen.surveys.models import Draft, Invitation, Response, Round
from tests.journeys.test_visitor import PHONE, fits
from tests.journeys.walk import say

if TYPE_CHECKING:
    from collections.abc import Callable

    from tests.journeys.walk import Person

pytestmark = [pytest.mark.journey, pytest.mark.slow]
OFFICER = "kaisa@vantaa.example"


@pytest.fixture
def invitation(town: None) -> Invitation:
    survey = Round.objects.get(code="ilmastokysely-2027")
    survey.opened_on, survey.closed_on = clock.today(), None
    survey.save()
    found: Invitation = survey.invitations.filter(language="sv").order_by("organisation__name")[0]
    return found


def press(person: Person, message: str) -> None:
    person.page.locator(".survey-nav").get_by_role("button", name=say(message, "sv"), exact=True).click()
    person.page.wait_for_load_state()


def choose(person: Person, words: str) -> None:
    person.page.locator("label.choice", has_text=words).first.click()


def test_invited_half_way_resumed_sent_and_seen_by_an_officer(
    arrive: Callable[..., Person], invitation: Invitation
) -> None:
    company = arrive(java_script_enabled=False, **PHONE)
    company.go(f"/sv/vantaa/vastaa/{invitation.token}/")
    assert str(invitation.organisation) in company.text()
    company.page.locator("main form button").click()
    _answers_half(company)
    _goes_on_elsewhere(arrive, invitation)
    assert Response.objects.filter(round=invitation.round).count() == 1
    _officer_sees(arrive, invitation)


def _answers_half(company: Person) -> None:
    """The first page, an error, one answer, and the language changed and back on the way."""
    assert fits(company)
    press(company, "Next")
    expect(company.notice().first).to_contain_text(say("Choose an answer.", "sv"))
    choose(company, "Har utvecklats i någon mån")
    company.page.locator("nav.lang button[lang=fi]").click()
    expect(
        company.page.locator("label.choice", has_text="Jonkin verran kehitetty").locator("input")
    ).to_be_checked()
    company.page.locator("nav.lang button[lang=sv]").click()
    press(company, "Next")
    choose(company, "En egen kontaktperson i staden")
    press(company, "Next")
    assert "I vilken fråga skulle en kontaktperson vara till störst hjälp?" in company.text()
    assert fits(company)


def _goes_on_elsewhere(arrive: Callable[..., Person], invitation: Invitation) -> None:
    """On a laptop the same link goes on where the phone stopped, to the end."""
    company = arrive(viewport={"width": 1280, "height": 900})
    company.go(f"/sv/vantaa/vastaa/{invitation.token}/")
    expect(company.notice().first).to_contain_text(say("Welcome back.", "sv"))
    company.page.locator("main form#answer textarea").fill("Räkna ut avtrycket")
    company.look()
    pages = 0
    while not company.path.endswith("/tarkista/"):
        press(company, "Next")
        pages += 1
        assert pages < 30, company.path
    assert "Räkna ut avtrycket" in company.text()
    company.look()
    press(company, "Send the answer")
    assert company.path.endswith("/kiitos/")
    assert say("Thank you. Your answer has been saved.", "sv") in company.text()
    company.look()
    company.go(f"/sv/vantaa/vastaa/{invitation.token}/")
    assert company.path.endswith("/kiitos/")
    assert Draft.objects.get(token=invitation.token).answers == {}


def _officer_sees(arrive: Callable[..., Person], invitation: Invitation) -> None:
    officer = arrive()
    address = f"/vantaa/tyotila/kyselyt/{invitation.round_id}/kutsut/"
    officer.sign_in(OFFICER, address)
    row = officer.page.locator("main tr", has_text=str(invitation.organisation))
    expect(row).to_contain_text(say("Has answered"))
    officer.look()
    form = f"/vantaa/tyotila/kyselylomakkeet/{invitation.round.questionnaire_id}/"
    for path in (form, f"{form}esikatselu/?sivu=2"):
        officer.go(path)
        officer.look()
