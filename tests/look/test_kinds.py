"""Each kind of page as it is met: read by axe, and nothing sticks out of a narrow screen."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from django.conf import settings
from django.test import Client

from talkoot.choose.selection import actions
from talkoot.choose.selection.jobs import calculate_run
from talkoot.choose.selection.models import Run
from talkoot.choose.selection.plan import Plan
from talkoot.city.accounts.models import User
from talkoot.city.organisations.models import Municipality
from tests.journeys.test_main import LITTLE_TIME
from tests.journeys.walk import BOTH, Look, found_by_axe

if TYPE_CHECKING:
    from collections.abc import Callable

    from tests.journeys.walk import Person

pytestmark = [pytest.mark.slow]
WORK = "/jarvenpaa/tyotila"
PUBLIC = (
    "/",
    "/jarvenpaa/",
    "/jarvenpaa/toimintamalli/",
    "/sv/vantaa/toimintamalli/",
    "/kirjasto/",
    "/kirjasto/M05/",
    "/en/kirjasto/M50/",
    "/vertailu/",
    "/jarvenpaa/kysely/",
    "/jarvenpaa/kysely/1/",
    "/jarvenpaa/tavoitteet/",
    "/vantaa/pilotit/",
    "/vantaa/pilotit/1/",
    "/jarvenpaa/palaute/",
    "/saavutettavuus/",
    "/tietosuoja/",
    "/selkokieli/",
    "/tili/login/",
    "/tili/password/reset/",
    "/ei-ole-olemassa/",
    "/ui/",
)
WORKSPACE = (
    f"{WORK}/",
    f"{WORK}/tehtavat/",
    f"{WORK}/tehtavat/1/",
    f"{WORK}/tehtavat/uusi/",
    f"{WORK}/vuosikello/",
    f"{WORK}/tiekartta/",
    f"{WORK}/roolimuutokset/",
    f"{WORK}/yritykset/",
    f"{WORK}/yritykset/tuo/",
    f"{WORK}/henkilot/",
    f"{WORK}/yksikot/",
    f"{WORK}/kyselyt/",
    f"{WORK}/kyselyt/1/",
    f"{WORK}/keinot/",
    f"{WORK}/keinot/M05/",
    f"{WORK}/pilotit/",
    f"{WORK}/pilotit/uusi/",
    f"{WORK}/naytto/",
    f"{WORK}/valinta/",
    f"{WORK}/valinta/uusi/",
    f"{WORK}/valinta/{{run}}/",
    f"{WORK}/toimintamalli/",
    f"{WORK}/toimintamalli/{{model}}/",
    f"{WORK}/palaute/",
    f"{WORK}/haku/?q=hankinta",
    "/tili/",
    "/tili/omat-tiedot/",
)
PORTAL = ("/oma/", "/oma/pilotit/", "/oma/edustus/")
KINDS = {"": PUBLIC, "aino@jarvenpaa.example": WORKSPACE, "pekka@petajainen.example": PORTAL}
SHORTER = """() => document.querySelectorAll("tbody").forEach(
    body => [...body.rows].slice(8).forEach(row => row.remove()))"""  # later rows are built as the first; the full matrix reads all
EVERY: tuple[Look, ...] = tuple((w, s) for w in (320, 390, 700, 1024, 1280, 1680) for s in ("light", "dark"))
PEOPLE = pytest.mark.parametrize("address", KINDS, ids=["visitor", "officer", "company"])


def come_in(person: Person, address: str) -> None:
    """Signed in without the form, which has journeys of its own."""
    person.go("/tili/login/")
    if not address:
        return
    client = Client()
    client.force_login(User.objects.get(email=address), settings.AUTHENTICATION_BACKENDS[-1])
    cookie = {"name": "sessionid", "value": client.cookies["sessionid"].value, "url": person.origin}
    person.page.context.add_cookies([cookie])  # type: ignore[list-item]  # as Playwright's SetCookieParam


def calculated() -> Run:
    """A result to look at, with little working time."""
    city = Municipality.objects.get(slug="jarvenpaa")
    plan = Plan.from_json({k: v for k, v in Run.objects.filter(city=city)[0].plan.items() if k != "labels"})
    days = {unit: int(LITTLE_TIME.get(unit, "0")) for unit in plan.days}
    run = actions.start(city=city, name="Valinta", plan=Plan(plan.weights, days, scenario="all"), by=None)
    calculate_run.enqueue(run.pk)
    return run


def faults(person: Person, address: str, looks: tuple[Look, ...]) -> list[str]:
    """Everything wrong on the pages of this kind of reader."""
    places = {}
    if address == "aino@jarvenpaa.example":
        places = {
            "run": calculated().pk,
            "model": Municipality.objects.get(slug="jarvenpaa").operating_models.get().pk,
        }
    come_in(person, address)
    found = []
    for path in KINDS[address]:
        answer = person.go(path.format(**places))
        if answer is None or answer.status not in {200, 404}:
            found.append(f"{path}: {answer and answer.status}")
            continue
        found += wider_than_the_screen(person)
        if looks == BOTH:
            person.page.evaluate(SHORTER)
        found += found_by_axe(person.page, looks)
    return found


def wider_than_the_screen(person: Person) -> list[str]:
    """Parts that make a narrow page scroll to the side."""
    person.page.set_viewport_size({"width": 320, "height": 800})
    width = person.page.locator("html").evaluate("node => node.scrollWidth")
    return [f"{person.path} is {width} px wide on a screen of 320"] if width > 320 else []


@pytest.mark.journey
@PEOPLE
def test_each_kind_of_page_can_be_read_by_all(arrive: Callable[..., Person], address: str) -> None:
    found = faults(arrive(), address, BOTH)
    assert not found, "\n".join(found)


@pytest.mark.look
@PEOPLE
def test_each_kind_of_page_in_every_width_and_theme(arrive: Callable[..., Person], address: str) -> None:
    found = faults(arrive(), address, EVERY)
    assert not found, "\n".join(found)
