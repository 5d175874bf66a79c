"""Every page is reached by clicking: from a home, in at most four clicks."""

from __future__ import annotations

from functools import cache
from http import HTTPStatus
from typing import TYPE_CHECKING
from urllib.parse import urljoin, urlsplit

import pytest
from django.urls import Resolver404, resolve
from django.utils.translation import override
from lxml import html

from tests.sweep.routes import Route, routes
from tests.sweep.test_doors import SENT_ONLY

if TYPE_CHECKING:
    from tests.sweep.world import World

pytestmark = [pytest.mark.django_db, pytest.mark.one_database]
CLICKS = 4
SAME_PAGE = 8  # pages of one kind that are opened to look for links
FROM_ELSEWHERE = {  # route: where its address is found
    "organisations:accept": "in a message",
    "mail:unsubscribe": "in a message",
    "task_feed": "in a calendar program",
    "theme": "loaded by every page of a city",
    "pulse:thanks": "after feedback was sent",
    "pulse:comment": "after a quick question was answered",
    "surveys:answer_page": "behind a link that a company got",
    "surveys:check": "behind a link that a company got",
    "surveys:answer_link": "behind a link that a company got",
    "surveys:thanks": "after an answer was sent",
    "ui:gallery": "for those who build pages",
    "jobs:retry": "behind /tili/tyot/, when something did not finish",
    "jobs:list": "the keeper of the service knows the address",
    "files:serve": "where a document leads",
    "operating_model:create": "only while no version is being prepared",
}
HOMES = {
    "visitor": ("/", "/jarvenpaa/"),
    "officer": ("/jarvenpaa/tyotila/", "/tili/"),
    "company": ("/oma/", "/tili/"),
    "newcomer": ("/tili/",),
}


def reached(world: World, person: str) -> dict[str, int]:
    """Route labels and the clicks that it takes to come there."""
    client = world.client(person)
    waiting = [(address, 0) for address in HOMES[person]]
    found: dict[str, int] = {}
    opened: dict[str, int] = {}
    seen = set()
    while waiting:
        address, clicks = waiting.pop(0)
        label = _label(address)
        if address in seen or label is None:
            continue
        seen.add(address)
        found.setdefault(label, clicks)
        if clicks == CLICKS or opened.get(label, 0) >= SAME_PAGE:
            continue
        opened[label] = opened.get(label, 0) + 1
        answer = client.get(address)
        answer.close()
        if answer.status_code == HTTPStatus.FOUND:
            waiting.append((_plain(address, answer["Location"]), clicks))
        if answer.status_code == HTTPStatus.OK and answer.get("Content-Type", "").startswith("text/html"):
            waiting += [(link, clicks + 1) for link in _led_to(address, answer.content)]
    return found


def _led_to(address: str, content: bytes) -> list[str]:
    """Where links and forms of the page lead, each once. Whether it is whole is asked elsewhere."""
    page = html.document_fromstring(content)
    links = [node.get("href", "") for node in page.iter("a")]
    actions = [node.get("action") or address for node in page.iter("form")]
    return list(dict.fromkeys(_plain(address, link) for link in (*links, *actions)))


def _plain(page: str, link: str) -> str:
    parts = urlsplit(urljoin(f"http://testserver{page}", link))
    return parts.path if parts.netloc == "testserver" else ""


@cache
def _label(address: str) -> str | None:
    """The route of a Finnish address; the other languages have the same pages."""
    try:
        with override("fi"):
            match = resolve(address)
    except Resolver404:
        return None
    return f"{match.view_name}@city" if "city" in match.kwargs else match.view_name


@pytest.fixture(scope="module")
def ways(world: World) -> dict[str, int]:
    """The shortest way to each page, whoever goes it."""
    best: dict[str, int] = {}
    for person in HOMES:
        for label, clicks in reached(world, person).items():
            best[label] = min(clicks, best.get(label, clicks))
    return best


@pytest.mark.parametrize("route", [r for r in routes() if r.name not in SENT_ONLY], ids=str)
def test_a_page_is_found_by_clicking(ways: dict[str, int], route: Route) -> None:
    if route.name in FROM_ELSEWHERE:
        pytest.skip(FROM_ELSEWHERE[route.name])
    assert route.label in ways, (
        f"{route}: no link leads here in {CLICKS} clicks: add a NavItem, a link or a reason"
    )
