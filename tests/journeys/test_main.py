"""The main job: look at the evidence, choose, adopt, decide, publish; and a failure that turns the choice."""

from __future__ import annotations

import io
from http import HTTPStatus
from typing import TYPE_CHECKING

import pikepdf
import pytest

from talkoot.choose.methods.models import Method
from talkoot.choose.operating_model.models import OperatingModel
from talkoot.city.organisations.models import Municipality
from tests.journeys.walk import Person, say

if TYPE_CHECKING:
    from collections.abc import Callable

pytestmark = [pytest.mark.journey, pytest.mark.slow]
WORK = "/jarvenpaa/tyotila"
AINO, MIKAEL = "aino@jarvenpaa.example", "mikael@jarvenpaa.example"
LITTLE_TIME = {"ELI": "12", "YMP": "10"}  # person-days a year: a choice that is calculated within a second
TURNING = "M32"  # within that time it is chosen for the interaction it brings, which a pilot can measure


def calculate(aino: Person, **limits: str) -> None:
    """A new selection with little working time; ends on its result."""
    units = Municipality.objects.get(slug="jarvenpaa").units.exclude(person_days=None)
    aino.go(f"{WORK}/valinta/uusi/")
    aino.fill({f"days_{unit.code}": LITTLE_TIME.get(unit.code, "0") for unit in units})
    aino.fill({"scenario": "now", **limits})
    aino.send()
    aino.page.locator("table.choose-table").first.wait_for()


def is_recommended(aino: Person, code: str) -> bool:
    """What the result says of a method."""
    row = aino.page.locator(f"table.choose-table tr:has(a[href$='/keinot/{code}/'])")
    return row.locator("td").last.locator(".mark.yes").count() == 1


def test_a_city_chooses_decides_and_publishes_and_anyone_reads_it(arrive: Callable[..., Person]) -> None:
    aino, mikael = arrive(), arrive()
    aino.sign_in(AINO, f"{WORK}/")
    aino.look()
    _reads_the_survey(aino)
    calculate(aino, weight_A_low="20", weight_A_high="30", name="Valinta johtoryhmälle")
    aino.look()
    model = _adopts(aino)
    _cannot_approve_own(aino, model)
    _approves(mikael, model)
    aino.go(f"{WORK}/toimintamalli/{model.pk}/")
    aino.follow("Publish")
    aino.send()
    assert OperatingModel.objects.get(pk=model.pk).state == "in_force"
    names = [item.method for item in model.items.all()]
    _reads_in_three_languages(arrive(), names)


def _reads_the_survey(aino: Person) -> None:
    aino.go(f"{WORK}/kyselyt/")
    aino.page.locator("main table a").first.click()
    assert "91" in aino.text()
    aino.look()


def _adopts(aino: Person) -> OperatingModel:
    aino.page.locator("main a[href*='/toimintamalli/valinnasta/']").first.click()
    aino.send()
    model = OperatingModel.objects.get(city__slug="jarvenpaa", state="draft")
    assert aino.path == f"{WORK}/toimintamalli/{model.pk}/"
    aino.look()
    _fills_in_all_at_once(aino, model)
    item = model.items.all()[0]
    aino.go(f"{WORK}/toimintamalli/keino/{item.pk}/")
    aino.fill({"why_fi": "Yritykset pyysivät tätä kyselyssä."})
    aino.send()
    aino.follow("Propose")
    aino.send()
    model.refresh_from_db()
    assert model.state == "proposed"
    return model


def _fills_in_all_at_once(aino: Person, model: OperatingModel) -> None:
    """A slip is told at its field; corrected, the whole sheet is saved."""
    aino.follow("Edit all methods")
    aino.look()
    first, *_, last = [item.pk for item in model.items.all()]
    aino.fill({f"m{first}-person_days": "-1", f"m{last}-indicator": "Yrityksiä mukana"})
    aino.send()
    assert aino.page.locator("tr.bad").count() == 1
    aino.look()
    aino.fill({f"m{first}-person_days": "3"})
    aino.send()
    assert model.items.get(pk=first).person_days == 3
    assert model.items.get(pk=last).indicator_fi == "Yrityksiä mukana"


def _cannot_approve_own(aino: Person, model: OperatingModel) -> None:
    answer = aino.go(f"{WORK}/toimintamalli/{model.pk}/tila/approved/")
    assert answer
    assert answer.status == HTTPStatus.FORBIDDEN


def _approves(mikael: Person, model: OperatingModel) -> None:
    mikael.sign_in(MIKAEL, f"{WORK}/toimintamalli/")
    mikael.page.locator(f"main a[href$='/toimintamalli/{model.pk}/']").first.click()
    mikael.follow("Approve")
    mikael.look()
    mikael.fill({"deciding_body_fi": "Kaupunginhallitus", "decided_on": "2026-11-24", "section": "301"})
    mikael.send()
    model.refresh_from_db()
    assert (model.state, model.approved_by.email, model.section) == ("approved", MIKAEL, "301")  # type: ignore[union-attr]  # just approved


def _reads_in_three_languages(visitor: Person, methods: list[Method]) -> None:
    for prefix, language in (("", "fi"), ("/sv", "sv"), ("/en", "en")):
        visitor.go(f"{prefix}/jarvenpaa/toimintamalli/")
        assert visitor.page.locator("html").get_attribute("lang") == language
        for method in methods:
            assert getattr(method, f"name_{language}") in visitor.text()
        visitor.look()
        link = visitor.page.locator("main a[href$='.pdf']").first.get_attribute("href")
        _is_tagged(visitor.page.request.get(f"{visitor.origin}{link}").body(), language)


def _is_tagged(content: bytes, language: str) -> None:
    assert content.startswith(b"%PDF")
    with pikepdf.open(io.BytesIO(content)) as pdf:
        assert pdf.Root.MarkInfo.Marked
        assert str(pdf.Root.Lang).startswith(language)


def test_a_pilot_that_failed_turns_the_recommendation(arrive: Callable[..., Person]) -> None:
    aino = arrive()
    aino.sign_in(AINO, f"{WORK}/valinta/")
    calculate(aino)
    assert is_recommended(aino, TURNING)
    _records_a_failure(aino)
    calculate(aino)
    assert not is_recommended(aino, TURNING)


def _records_a_failure(aino: Person) -> None:
    method = Method.objects.get(code=TURNING)
    aino.go(f"{WORK}/pilotit/uusi/")
    aino.fill(
        {
            "name_fi": "Kokeilu, joka ei onnistunut",
            "method": str(method.pk),
            "hypothesis_fi": "Puolet ryhtyy toimeen.",
        }
    )
    aino.fill(
        {"criterion": "D", "measure_fi": "Yrityksistä ryhtyi toimeen", "value_low": "0", "value_high": "60"}
    )
    aino.send()
    pilot = aino.path
    aino.look()
    _step(aino, pilot, "running")
    aino.go(f"{pilot}muokkaa/")
    aino.fill(
        {
            "companies": "60",
            "events": "0",
            "hours": "40",
            "lesson_worked_fi": "Aika ei riittänyt kenellekään.",
        }
    )
    aino.send()
    _step(aino, pilot, "closed")
    _step(aino, pilot, "published")
    assert "Aika ei riittänyt" in aino.text()


def _step(aino: Person, pilot: str, to: str) -> None:
    aino.go(f"{pilot}vaihe/{to}/")
    aino.send()
    assert aino.path == pilot, aino.text()


def test_the_words_of_the_pages_are_in_the_catalogue() -> None:
    assert say("Propose") != "Propose"
    assert say("Approve") != "Approve"
    assert say("Publish") != "Publish"
