"""What a page asks of the database does not grow with what it shows."""

from __future__ import annotations

from http import HTTPStatus
from typing import TYPE_CHECKING

import pytest
from django.core.cache import cache
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext

from tests.sweep.many import MANY
from tests.sweep.routes import Route, openings, routes
from tests.sweep.test_doors import SENT_ONLY

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tests.sweep.world import World

pytestmark = [pytest.mark.django_db, pytest.mark.one_database]
OPENED = [route for route in routes() if route.name not in SENT_ONLY]


def queries(world: World, route: Route, query: str = "") -> dict[str, list[str]]:
    """What each address of the route asks, uncached."""
    client = world.client(route.opened_by)
    found = {}
    for arguments in openings(route, world)[:2]:
        address = route.address(arguments)
        cache.clear()
        with CaptureQueriesContext(connection) as asked:
            answer = client.get(address + query)
            answer.close()
        if answer.status_code == HTTPStatus.OK:
            found[address] = [each["sql"] for each in asked.captured_queries]
    return found


@pytest.fixture(scope="module")
def before(world: World) -> Iterator[dict[str, dict[str, list[str]]]]:
    """Every page with the rows of the demo, then nineteen more of everything."""
    found = {str(route): queries(world, route) for route in OPENED}
    with transaction.atomic():
        for add in MANY:
            add(world)
        yield found
        transaction.set_rollback(True)


@pytest.mark.parametrize("route", [r for r in OPENED if r.is_list], ids=str)
def test_a_list_asks_as_much_for_twenty_rows_as_for_one(
    world: World, before: object, route: Route, monkeypatch: pytest.MonkeyPatch
) -> None:
    counts = {}
    for rows in (1, 20):
        monkeypatch.setattr(route.view, "per_page", rows)
        counts[rows] = {address: len(asked) for address, asked in queries(world, route).items()}
    assert counts[20] == counts[1], f"{route}: select_related or prefetch_related what each row shows"


@pytest.mark.parametrize("route", OPENED, ids=str)
def test_a_page_asks_no_more_when_there_is_more_of_everything(
    world: World, before: dict[str, dict[str, list[str]]], route: Route
) -> None:
    earlier, now = before[str(route)], queries(world, route)
    for address in earlier.keys() & now.keys():
        more = sorted(set(now[address]) - set(earlier[address]))
        assert len(now[address]) <= len(earlier[address]), (
            f"{address}: {len(earlier[address])} queries, and {len(now[address])} with nineteen rows more of "
            f"everything; among the new ones:\n" + "\n".join(sql[:200] for sql in more[:4])
        )
