"""Every page in every language: whole, translated, labelled, and changed by nobody who only reads."""

from __future__ import annotations

import re
from functools import cache
from http import HTTPStatus
from typing import TYPE_CHECKING

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from talkoot.kit.crud.once import FIELD
from tests.sweep.pages import Page
from tests.sweep.routes import LANGUAGES, Route, openings, routes
from tests.sweep.test_doors import SENT_ONLY
from tests.sweep.words import untranslated

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tests.sweep.world import World

pytestmark = pytest.mark.django_db
OPENED = [route for route in routes() if route.name not in SENT_ONLY]
WRITES = re.compile(r"^\s*(INSERT|UPDATE|DELETE|REPLACE)\b", re.IGNORECASE)
LOGGED_READING: dict[str, str] = {}  # route: why a look at it is itself recorded

SOURCE = "en"
SAMPLES = {"ui:gallery"}  # shows components with words of no page
KEYLESS = {"mail:unsubscribe"}  # a mail program sends it too; sent twice, it does the same

Read = tuple[str, Page, list[str]]  # address, page, statements that write


@cache
def _read(world_id: int, route: Route, language: str) -> list[Read]:
    world = _worlds[world_id]
    client = world.client(route.opened_by)
    found: list[Read] = []
    for arguments in openings(route, world):
        address = route.address(arguments, language)
        with CaptureQueriesContext(connection) as asked:
            answer = client.get(address)
            answer.close()
        if answer.status_code != HTTPStatus.OK or not answer.get("Content-Type", "").startswith("text/html"):
            continue
        writes = [q["sql"][:200] for q in asked.captured_queries if WRITES.match(q["sql"])]
        found.append((address, Page(answer.content.decode(), language), writes))
    return found


_worlds: dict[int, World] = {}


def read(world: World, route: Route, language: str) -> list[Read]:
    """Each state of the page, once for all tests of this file."""
    _worlds[id(world)] = world
    return _read(id(world), route, language)


def spoken(route: Route) -> tuple[str, ...]:
    return LANGUAGES if route.translated else LANGUAGES[:1]


SPOKEN = [(route, language) for route in OPENED for language in spoken(route)]
FIRST = LANGUAGES[0]  # in this one pages are read on every database; words do not depend on it


def case(route: Route, language: str) -> object:
    marks = () if language == FIRST else pytest.mark.one_database
    return pytest.param(route, language, id=f"{route}-{language}", marks=marks)


def told(found: Iterator[str]) -> str:
    return "\n".join(dict.fromkeys(found))


@pytest.mark.parametrize(("route", "language"), [case(*each) for each in SPOKEN])
def test_a_page_is_whole(world: World, route: Route, language: str) -> None:
    faults = (
        f"{address}: {fault}"
        for address, page, _ in read(world, route, language)
        for fault in page.faults()
        if route.name not in KEYLESS or FIELD not in fault
    )
    assert not (said := told(faults)), f"mend the template:\n{said}"


@pytest.mark.one_database
@pytest.mark.parametrize(
    ("route", "language"),
    [case(r, language) for r, language in SPOKEN if language != SOURCE and r.name not in SAMPLES],
)
def test_a_page_is_in_one_language(world: World, route: Route, language: str) -> None:
    english = untranslated(language)
    left = (
        f"{address}: {text!r}"
        for address, page, _ in read(world, route, language)
        for text in page.shown()
        if " ".join(text.split()) in english
    )
    assert not (said := told(left)), (
        f"English on a page in {language}: mark it for translation or translate it:\n{said}"
    )


@pytest.mark.parametrize("route", OPENED, ids=str)
def test_reading_changes_nothing(world: World, route: Route) -> None:
    if route.name in LOGGED_READING:
        pytest.skip(LOGGED_READING[route.name])
    writes = (f"{address}: {sql}" for address, _, found in read(world, route, "fi") for sql in found)
    assert not (said := told(writes)), f"a GET only reads; do it in an action behind a POST:\n{said}"
