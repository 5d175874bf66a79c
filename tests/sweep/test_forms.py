"""Every form: what is missing is said next to its field, and a page that came incomplete does nothing."""

from __future__ import annotations

import uuid
from http import HTTPStatus
from typing import TYPE_CHECKING, Any

import pytest
from django.test import Client
from lxml import etree

from talkoot.kit.crud.once import FIELD
from talkoot.kit.crud.views import FormPage
from tests.sweep.pages import Page, control_name
from tests.sweep.routes import Route, openings, routes

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tests.sweep.world import World

pytestmark = pytest.mark.django_db
FORMS = [route for route in routes() if issubclass(route.view, FormPage)]
EVERY = pytest.mark.parametrize("route", FORMS, ids=str)
SERVER_ERROR = HTTPStatus.INTERNAL_SERVER_ERROR


def open_addresses(world: World, route: Route, client: Client) -> Iterator[str]:
    """Where the form is shown, so that it may be sent."""
    for arguments in openings(route, world):
        address = route.address(arguments)
        if client.get(address).status_code == HTTPStatus.OK:
            yield address


@pytest.mark.one_database
@EVERY
def test_a_form_without_its_key_changes_nothing_and_comes_back(world: World, route: Route) -> None:
    client = world.client(route.opened_by)
    for address in open_addresses(world, route, client):
        answer = client.post(address, {})
        assert answer.status_code == HTTPStatus.BAD_REQUEST, f"{address}: {answer.status_code}"
        page = Page(answer.content.decode(), "fi")
        assert any(form.get("method") == "post" for form in page.all("form")), (
            f"{address}: the form is not there"
        )
        assert any("notice" in (node.get("class") or "") for node in page.root.iter()), (
            f"{address}: says nothing"
        )


@EVERY
def test_an_empty_form_says_what_is_missing_next_to_its_field(world: World, route: Route) -> None:
    client = world.client(route.opened_by)
    for address in list(open_addresses(world, route, client)):
        answer = client.post(address, {FIELD: str(uuid.uuid4())})
        assert (
            answer.status_code in {HTTPStatus.FOUND, HTTPStatus.OK}
            or 400 <= answer.status_code < SERVER_ERROR
        )
        if answer.status_code == HTTPStatus.UNPROCESSABLE_ENTITY:
            faults = list(unexplained(Page(answer.content.decode(), "fi")))
            assert not faults, f"{address}: " + "\n".join(faults)


def unexplained(page: Page) -> Iterator[str]:
    """Fields that are marked wrong without a word, and pages with no word at all."""
    wrong = [node for node in page.root.iter() if node.get("aria-invalid") == "true"]
    texts = [node for node in page.root.iter() if "error" in (node.get("class") or "").split()]
    if not wrong and not texts and not page.root.findall(".//*[@class='notice bad']"):
        yield "nothing says what is wrong"
    for node in wrong:
        named = (node.get("aria-describedby") or "").split()
        parts = [
            part for name in named if name in page.by_id for part in page.by_id[name].iter(etree.Element)
        ]
        if not any("error" in (part.get("class") or "").split() for part in parts):
            yield f"{control_name(node)} is wrong, and no error is named by its aria-describedby"
    yield from page.faults()


@pytest.mark.one_database
@EVERY
def test_a_form_from_elsewhere_is_refused(world: World, route: Route) -> None:
    client = world.client(route.opened_by, enforce_csrf_checks=True)
    address = route.address(openings(route, world)[0])
    sent: dict[str, Any] = {FIELD: str(uuid.uuid4())}
    assert client.post(address, sent).status_code == HTTPStatus.FORBIDDEN


@pytest.mark.one_database
@EVERY
def test_a_visitor_cannot_send_what_only_others_may(world: World, route: Route) -> None:
    if route.audience == "public":
        pytest.skip("anyone may send it")
    answer = Client().post(route.address(openings(route, world)[0]), {FIELD: str(uuid.uuid4())})
    assert answer.status_code == HTTPStatus.FOUND
    assert "/tili/login/" in answer.url  # type: ignore[attr-defined]  # a redirect, asked above
