"""A city that has just begun: every page opens and says what to do first."""

from __future__ import annotations

from http import HTTPStatus
from typing import TYPE_CHECKING

import pytest

from talkoot.city.organisations.models import Municipality, Organisation
from tests.sweep.pages import Page
from tests.sweep.routes import LANGUAGES, Route, routes
from tests.sweep.world import World, kept, people

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pytest_django import DjangoDbBlocker, Settings

pytestmark = pytest.mark.django_db
WITHOUT_ROWS = [route for route in routes() if route.arguments <= {"city"}]
NOT_YET = {  # route: why there is nothing to show in a new city
    "operating_model:ics": "no model, no calendar",
}


@pytest.fixture(autouse=True)
def _demo(settings: Settings) -> None:
    """The gallery of components is a page of the demo."""
    settings.TALKOOT_DEMO = True


@pytest.fixture(scope="module")
def empty(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[World]:
    """One city with people and nothing else, beside another with as little."""
    with kept(django_db_blocker):
        city, other = _city("186", "jarvenpaa"), _city("092", "vantaa")
        company = Organisation.objects.create(name="Yritys Oy (esimerkki)")
        yield World(city, other, people(city, other, company), company)


def _city(code: str, slug: str) -> Municipality:
    body = Organisation.objects.create(name=slug, kind=Organisation.Kind.AUTHORITY)
    return Municipality.objects.create(code=code, slug=slug, name_fi=slug.capitalize(), organisation=body)


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
