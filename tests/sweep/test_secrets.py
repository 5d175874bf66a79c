"""What has not been published is on no page that a visitor can open."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from django.test import Client

from tests.sweep.extra import SECRET
from tests.sweep.routes import LANGUAGES, Route, openings, routes

if TYPE_CHECKING:
    from tests.sweep.world import World

pytestmark = [pytest.mark.django_db, pytest.mark.one_database]
PUBLIC = [route for route in routes() if route.audience == "public"]


@pytest.mark.parametrize("route", PUBLIC, ids=str)
def test_a_visitor_reads_nothing_of_a_draft(world: World, route: Route) -> None:
    for arguments in openings(route, world):
        for language in LANGUAGES:
            answer: Any = Client().get(route.address(arguments, language))
            body = b"".join(answer.streaming_content) if answer.streaming else answer.content
            answer.close()
            assert SECRET.encode() not in body, f"{route}: ask visible_to(user) for what the page lists"
            assert SECRET.encode("unicode_escape") not in body


def test_the_library_holds_drafts_that_could_leak(world: World) -> None:
    page = world.client("officer").get(f"/{world.city.slug}/tyotila/pilotit/")
    assert SECRET in page.content.decode()
