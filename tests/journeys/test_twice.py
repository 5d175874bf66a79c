"""Back, two tabs, and two people about one request: one act each, and a sentence for the second."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest

from talkoot.city.accounts.models import User
from talkoot.city.agenda.models import Task
from talkoot.city.organisations.models import Membership, Representation
from talkoot.kit.mail.models import Message
from tests.journeys.walk import PASSWORD, say

if TYPE_CHECKING:
    from collections.abc import Callable

    from tests.journeys.walk import Person

pytestmark = [pytest.mark.journey, pytest.mark.slow]
WORK = "/jarvenpaa/tyotila"
AINO, OSKARI, ELINA = "aino@jarvenpaa.example", "oskari@jarvenpaa.example", "elina@jarvenpaa.example"
TASK = {"title": "Kutsu yritykset aamukahville", "due": "2026-12-03", "verb": "act"}


def saved() -> int:
    return Task.objects.filter(title=TASK["title"]).count()


def test_back_to_a_form_that_the_browser_fetches_anew(arrive: Callable[..., Person]) -> None:
    aino = arrive()
    aino.sign_in(AINO, f"{WORK}/tehtavat/uusi/")
    aino.fill(TASK)
    aino.send()
    first = aino.path
    aino.page.go_back(wait_until="commit")
    aino.page.reload()
    aino.fill(TASK)
    aino.send()
    assert aino.path == first
    assert saved() == 1
    assert "Tallennettu jo" in aino.text()
    aino.look()


def test_the_same_form_in_two_tabs(arrive: Callable[..., Person]) -> None:
    aino = arrive()
    aino.sign_in(AINO, f"{WORK}/tehtavat/uusi/")
    tab = type(aino)(aino.page.context.new_page(), aino.origin)
    tab.go(f"{WORK}/tehtavat/uusi/")
    for one in (aino, tab):
        one.fill(TASK)
    for one in (aino, tab):
        one.send()
    assert saved() == 1
    assert tab.path == aino.path


def test_a_word_changed_after_going_back_is_not_lost_in_silence(arrive: Callable[..., Person]) -> None:
    aino = arrive(java_script_enabled=False)
    aino.sign_in(AINO, f"{WORK}/tehtavat/uusi/")
    aino.fill(TASK)
    aino.send()
    aino.page.go_back(wait_until="commit")
    aino.fill({"title": "Kutsu yritykset iltakahville"})
    aino.send()
    assert "ei tallentunut" in aino.text()
    assert Task.objects.get(title__startswith="Kutsu yritykset").title == TASK["title"]


def test_a_person_asks_for_a_company_and_an_officer_answers_with_a_reason(
    arrive: Callable[..., Person],
) -> None:
    person = User.objects.create_user("minna@uusi.example", PASSWORD, name="Minna")
    person.emailaddress_set.create(email=person.email, verified=True, primary=True)
    minna, oskari = arrive(), arrive()
    minna.sign_in(person.email, "/oma/edustus/")
    minna.fill({"business_id": "9000115-9", "position": "Toimitusjohtaja"})
    minna.send()
    assert minna.page.locator("[name=business_id]").get_attribute("aria-invalid") == "true"
    assert minna.page.locator("[name=position]").input_value() == "Toimitusjohtaja"
    minna.fill({"business_id": "9000115-3"})
    minna.send()
    request = Representation.objects.get(user=person)
    minna.look()
    oskari.sign_in(OSKARI, f"{WORK}/edustus/{request.pk}/")
    oskari.look()
    oskari.follow("Approve")
    oskari.send()
    assert oskari.page.locator("[name=reason]").get_attribute("aria-invalid") == "true"
    oskari.fill({"reason": "Soitettiin vaihteeseen."})
    oskari.send()
    assert Membership.objects.filter(user=person, organisation=request.organisation).exists()
    assert "Soitettiin vaihteeseen." in Message.objects.filter(to=person.email).latest("pk").body
    minna.go("/tili/omat-tiedot/")
    assert "Soitettiin vaihteeseen." in minna.text()
    minna.look()


def test_an_invitation_opens_once_and_its_second_reader_is_told(arrive: Callable[..., Person]) -> None:
    elina, newcomer = arrive(), arrive()
    elina.sign_in(ELINA, f"{WORK}/henkilot/kutsu/")
    elina.fill({"email": "uusi@jarvenpaa.example", "role": "reader"})
    elina.send()
    found = re.search(r"https?://[^/]+(/\S*kutsu/\S+)", Message.objects.latest("pk").body)
    assert found
    newcomer.go(found[1])
    newcomer.look()
    newcomer.fill({"name": "Uusi", "password": "lyhyt"})
    newcomer.send()
    assert newcomer.page.locator("[name=password]").get_attribute("aria-invalid") == "true"
    assert newcomer.page.locator("[name=name]").input_value() == "Uusi"
    newcomer.fill({"password": "metsä kuusi järvi ranta"})
    newcomer.send()
    assert Membership.objects.filter(user__email="uusi@jarvenpaa.example").count() == 1
    again = arrive()
    answer = again.go(found[1])
    assert answer
    assert answer.status == 410
    assert say("This invitation has already been used. Sign in instead.") in again.text()
