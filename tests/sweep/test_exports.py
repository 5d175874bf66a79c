"""A download holds what its list shows to the same person, and nothing that a spreadsheet would run."""

from __future__ import annotations

import csv
import io
from http import HTTPStatus
from typing import TYPE_CHECKING

import pytest

from tests.sweep.routes import Route, openings, routes

if TYPE_CHECKING:
    from tests.sweep.world import World

pytestmark = pytest.mark.django_db
EXPORTS = [route for route in routes() if route.is_list and route.view.export_name]  # type: ignore[attr-defined]  # lists
EVERY = pytest.mark.parametrize("route", EXPORTS, ids=str)


def rows(world: World, route: Route, person: str) -> list[list[str]] | None:
    """Rows of the CSV below its heads; none when the page is not theirs."""
    answer = world.client(person).get(route.address(openings(route, world)[0]) + "?format=csv")
    if answer.status_code != HTTPStatus.OK:
        return None
    text = answer.content.decode("utf-8-sig")
    return [row for row in csv.reader(io.StringIO(text)) if row][1:]


@EVERY
def test_an_export_has_as_many_rows_as_the_list(world: World, route: Route) -> None:
    client = world.client(route.opened_by)
    page = client.get(route.address(openings(route, world)[0])).context["page"]
    found = rows(world, route, route.opened_by)
    assert found is not None
    assert len(found) == page.paginator.count


@EVERY
def test_an_export_is_as_closed_as_its_page(world: World, route: Route) -> None:
    if route.audience == "public":
        pytest.skip("anyone may read it")
    assert rows(world, route, "visitor") is None
    assert rows(world, route, "newcomer") is None
    if route.audience == "workspace":
        assert rows(world, route, "neighbour") is None


@EVERY
def test_a_spreadsheet_runs_nothing_of_what_it_opens(world: World, route: Route) -> None:
    for row in rows(world, route, route.opened_by) or []:
        runs = [
            cell
            for cell in row
            if cell.startswith(("=", "+", "@")) or (cell[:1] == "-" and not _number(cell))
        ]
        assert not runs, runs


@EVERY
def test_the_same_rows_come_as_a_workbook(world: World, route: Route) -> None:
    answer = world.client(route.opened_by).get(route.address(openings(route, world)[0]) + "?format=xlsx")
    assert answer.content.startswith(b"PK")


def _number(cell: str) -> bool:
    return cell.lstrip("-").replace(".", "", 1).isdigit()
