"""A company says something on a phone, an officer answers and tells all, and a visitor reads it in Swedish."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from talkoot.listen.pulse.models import Heard, Outcome, Tap
from tests.journeys.walk import say

if TYPE_CHECKING:
    from collections.abc import Callable

    from tests.journeys.walk import Person

pytestmark = [pytest.mark.journey, pytest.mark.slow]
PHONE = {"viewport": {"width": 390, "height": 844}, "has_touch": True}
SAID = "Voisiko energianeuvojan tavata myös illalla?"
DESK = "/jarvenpaa/tyotila/palaute/"


def test_from_a_suggestion_on_a_phone_to_what_all_read_in_swedish(arrive: Callable[..., Person]) -> None:
    number = _a_company_suggests(arrive(java_script_enabled=False, **PHONE))
    officer = arrive()
    _officer_assigns_and_answers(officer, number)
    _officer_tells_all(officer, number)
    visitor = arrive(**PHONE)
    visitor.go("/sv/jarvenpaa/")
    visitor.page.locator("header nav a[href='/sv/jarvenpaa/kuultua/']").click()
    assert "Energirådgivaren tar emot också på kvällen" in visitor.text()
    assert SAID not in visitor.text()
    visitor.look()


def _a_company_suggests(company: Person) -> int:
    company.go("/jarvenpaa/palaute/")
    company.follow("Make a suggestion")
    assert company.path == "/jarvenpaa/palaute/ehdotus/"
    company.fill({"message": SAID})
    company.send()
    assert company.path.endswith("/palaute/kiitos/")
    assert "Aino" in company.text()
    kept = Heard.objects.get(message=SAID)
    assert kept.kind == Heard.Kind.SUGGESTION
    return int(kept.pk)


def _officer_assigns_and_answers(officer: Person, number: int) -> None:
    officer.sign_in("aino@jarvenpaa.example", DESK)
    officer.page.locator("main").get_by_role("link", name=SAID).click()
    officer.look()
    officer.follow("Give to someone")
    officer.page.locator("main [name=owner]").select_option(label="Oskari")
    officer.send()
    officer.follow("Tag methods")
    officer.page.locator("main label", has_text="M10").click()
    officer.send()
    officer.follow("Answer the message")
    officer.fill({"answer": "Kyllä: torstaisin klo 19.00 saakka."})
    officer.send()
    answered = Heard.objects.get(pk=number)
    assert (answered.state, answered.owner.email) == ("answered", "oskari@jarvenpaa.example")  # type: ignore[union-attr]  # given above
    assert [method.code for method in answered.methods.all()] == ["M10"]


def _officer_tells_all(officer: Person, number: int) -> None:
    officer.follow("Tell what we heard and did")
    officer.look()
    officer.fill(
        {
            "said_fi": "Energianeuvonta on auki vain työaikaan.",
            "said_sv": "Energirådgivningen är öppen bara under arbetstid.",
            "done_fi": "Energianeuvoja tapaa yrityksiä myös torstai-iltaisin.",
            "done_sv": "Energirådgivaren tar emot också på kvällen, varje torsdag.",
        }
    )
    officer.send()
    officer.follow("Publish")
    officer.send()
    told = Outcome.objects.get(heard=number)
    assert told.state == Outcome.State.PUBLISHED


def test_one_tap_on_a_phone_without_javascript_is_an_answer(arrive: Callable[..., Person]) -> None:
    reader = arrive(java_script_enabled=False, **PHONE)
    before = Tap.objects.count()
    for _time in range(2):
        reader.go("/sv/kirjasto/M05/")
        reader.page.locator("#pulse").get_by_role("button", name=say("Partly", "sv")).click()
        assert say("Thank you for the answer", "sv") in reader.text()
    assert Tap.objects.count() == before + 1
    reader.fill({"message": "Vi är bara två."})
    reader.send()
    assert Heard.objects.filter(kind="comment", message="Vi är bara två.", methods__code="M05").exists()


def test_who_asks_to_be_contacted_learns_by_whom_and_when(arrive: Callable[..., Person]) -> None:
    visitor = arrive(**PHONE)
    visitor.go("/jarvenpaa/palaute/yhteydenotto/")
    visitor.look()
    visitor.fill({"message": "Uunien hukkalämpö.", "sender": "Liisa", "phone": "040 0000000"})
    visitor.send()
    assert "Oskari" in visitor.text()
    assert say("Who contacts you") in visitor.text()
    visitor.look()
