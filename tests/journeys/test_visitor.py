"""A visitor with a phone, without JavaScript; and a person with a keyboard alone."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import expect

from talkoot.listen.pulse.models import Heard

if TYPE_CHECKING:
    from collections.abc import Callable

    from tests.journeys.walk import Person

pytestmark = [pytest.mark.journey, pytest.mark.slow]
PHONE = {"viewport": {"width": 390, "height": 844}, "has_touch": True}


def fits(person: Person) -> bool:
    """Nothing sticks out to the side."""
    box = person.page.locator("html").bounding_box()
    return all(
        (each.bounding_box() or {"width": 0})["width"] <= 390
        for each in person.page.locator("main > .wrap > *").all()
    ) and bool(box and box["width"] <= 390)


def test_a_phone_without_javascript_reads_the_library_and_gives_feedback(
    arrive: Callable[..., Person],
) -> None:
    visitor = arrive(java_script_enabled=False, **PHONE)
    visitor.go("/jarvenpaa/")
    visitor.page.locator("header nav a[href='/kirjasto/']").click()
    assert visitor.path == "/kirjasto/"
    assert fits(visitor)
    _filters(visitor)
    visitor.page.locator("main a[href='/kirjasto/M08/']").first.click()
    assert fits(visitor)
    visitor.page.locator("nav.lang a[hreflang=sv]").click()
    assert visitor.path == "/sv/kirjasto/M08/"
    assert visitor.page.locator("html").get_attribute("lang") == "sv"
    _gives_feedback(visitor)


def _filters(visitor: Person) -> None:
    visitor.page.locator("main details:has([name=q]) > summary").click()
    visitor.page.locator("main form [name=q]").fill("webinaari")
    visitor.page.locator("main form:has([name=q]) button").first.click()
    assert "q=webinaari" in visitor.page.url
    assert visitor.page.locator("main a[href='/kirjasto/M05/']").count()
    assert not visitor.page.locator("main a[href='/kirjasto/M20/']").count()
    visitor.go("/kirjasto/")


def _gives_feedback(visitor: Person) -> None:
    visitor.page.locator("footer a[href*='/palaute/']").first.click()
    visitor.fill({"message": "Sidan var lätt att läsa på telefonen."})
    visitor.send()
    assert visitor.path.endswith("/palaute/kiitos/")
    given = Heard.objects.get(message="Sidan var lätt att läsa på telefonen.")
    assert (given.language, given.page.partition("?")[0]) == ("sv", "/sv/kirjasto/M08/")


def test_a_keyboard_alone_reaches_the_content_the_menu_and_a_form(arrive: Callable[..., Person]) -> None:
    person = arrive()
    person.go("/jarvenpaa/")
    keyboard = person.page.keyboard
    keyboard.press("Tab")
    expect(person.page.locator("a.skip")).to_be_focused()
    keyboard.press("Enter")
    expect(person.page.locator("#content")).to_be_focused()
    person.go("/jarvenpaa/")
    _tab_to(person, "header nav a[href='/kirjasto/']")
    keyboard.press("Enter")
    person.page.wait_for_url("**/kirjasto/")
    person.go("/jarvenpaa/palaute/")
    _tab_to(person, "main [name=message]")
    keyboard.type("Hyvä sivu.")
    _tab_to(person, "main form button")
    keyboard.press("Enter")
    person.page.wait_for_url("**/palaute/kiitos/**")
    assert Heard.objects.filter(message="Hyvä sivu.").count() == 1


def _tab_to(person: Person, selector: str, most: int = 60) -> None:
    """Press Tab until the focus is there; it is seen wherever it stops."""
    for _ in range(most):
        person.page.keyboard.press("Tab")
        if person.page.locator(f"{selector}:focus").count():
            return
        assert person.page.locator(":focus").count(), "the focus got lost"
    pytest.fail(f"{selector} is not reached with {most} tabs")
