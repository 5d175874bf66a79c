"""A city that has just begun: every page opens and says what to do first."""

from __future__ import annotations

from http import HTTPStatus
from typing import TYPE_CHECKING

import pytest

from tests.sweep.pages import Page
from tests.sweep.routes import LANGUAGES, Route, routes

if TYPE_CHECKING:
    from tests.sweep.world import World

pytestmark = pytest.mark.django_db
WITHOUT_ROWS = [route for route in routes() if route.arguments <= {"city"}]
NOT_YET = {  # route: why there is nothing to show in a new city
    "operating_model:ics": "no model, no calendar",
}


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("route", WITHOUT_ROWS, ids=str)
def test_a_page_opens_in_a_city_that_has_nothing(empty: World, route: Route, language: str) -> None:
    arguments = {"city": empty.city.slug} if "city" in route.arguments else {}
    answer = empty.client(route.opened_by).get(route.address(arguments, language))
    if route.name in NOT_YET and answer.status_code == HTTPStatus.NOT_FOUND:
        return
    assert answer.status_code in {HTTPStatus.OK, HTTPStatus.FOUND}, (
        f"{route} in an empty city: {answer.status_code}"
    )
    if answer.status_code == HTTPStatus.OK and answer.get("Content-Type", "").startswith("text/html"):
        faults = list(Page(answer.content.decode(), language if route.translated else "fi").faults())
        assert not faults, "\n".join(faults)
