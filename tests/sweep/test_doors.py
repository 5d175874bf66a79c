"""Who may open what: every route and every persona."""

from __future__ import annotations

from http import HTTPStatus
from typing import TYPE_CHECKING

import pytest
import rules
from django.urls import reverse

from talkoot.city.organisations.models import Municipality
from talkoot.kit.access.address import RESERVED
from talkoot.kit.access.views import GuardedView
from talkoot.kit.plate import NavItem, Permission, offers
from tests.sweep.routes import Route, openings, routes

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tests.sweep.world import World

pytestmark = pytest.mark.django_db
EVERY = pytest.mark.parametrize("route", routes(), ids=str)
WORKSPACE = pytest.mark.parametrize("route", [r for r in routes() if r.audience == "workspace"], ids=str)
PORTAL = pytest.mark.parametrize("route", [r for r in routes() if r.audience == "portal"], ids=str)
OUTSIDE = ("newcomer", "neighbour", "company", "keeper")
FOUND = {HTTPStatus.OK, HTTPStatus.FOUND, HTTPStatus.METHOD_NOT_ALLOWED}
WITHOUT_COMPANY = {  # pages of the portal by which a person comes to have a company
    "organisations:ask",
    "organisations:confirm",
    "organisations:withdraw_own",
}
SENT_ONLY = {  # answered by POST alone; a GET does not exist
    "agenda:tick",
    "selection:cancel",
    "selection:memo",
}
UNSEEN_BY_READERS = {  # rows that only those see who give roles, or run surveys
    "organisations:resend",
    "organisations:withdraw",
    "surveys:contact",
}


def statuses(world: World, route: Route, name: str) -> Iterator[tuple[str, int]]:
    """How each address of the route answers the persona."""
    client = world.client(name, raise_request_exception=False)
    for arguments in openings(route, world):
        address = route.address(arguments)
        answer = client.get(address)
        answer.close()
        yield address, answer.status_code


@pytest.mark.one_database
@EVERY
def test_a_view_declares_what_it_takes_to_enter(route: Route) -> None:
    assert isinstance(route.view, type), f"{route}: use a class, a subclass of GuardedView"
    assert issubclass(route.view, GuardedView), f"{route}: derive {route.view.__name__} from GuardedView"
    name = route.view.permission
    assert rules.perm_exists(name), f"{route}: offer Permission(name={name!r}, …) in the room's plate.py"
    sentences = {offer.name: str(offer.sentence) for offer in offers(Permission)}
    assert sentences[name].endswith("."), (
        f"{name}: its sentence tells a person what it allows, with a full stop"
    )


def test_no_permission_is_declared_in_vain() -> None:
    names = [offer.name for offer in offers(Permission)]
    assert len(names) == len(set(names)), "two plates offer the same permission"


@pytest.mark.one_database
@EVERY
def test_a_visitor_sees_what_is_public_and_is_asked_to_sign_in_elsewhere(world: World, route: Route) -> None:
    answers = dict(statuses(world, route, "visitor"))
    if route.audience == "public":
        assert HTTPStatus.OK in answers.values() or HTTPStatus.FOUND in answers.values(), answers
        assert max(answers.values()) < HTTPStatus.INTERNAL_SERVER_ERROR, answers
        return
    assert set(answers.values()) == {HTTPStatus.FOUND}, f"{route}: a visitor is sent to sign in: {answers}"
    address = next(iter(answers))
    assert reverse("account_login") in world.client("visitor").get(address).url  # type: ignore[attr-defined]  # a redirect, asked before


@pytest.mark.one_database
@WORKSPACE
def test_for_those_who_do_not_work_in_the_city_its_workspace_does_not_exist(
    world: World, route: Route
) -> None:
    for name in OUTSIDE:
        answers = dict(statuses(world, route, name))
        assert set(answers.values()) == {HTTPStatus.NOT_FOUND}, (
            f"{route}: put WorkspaceView before the crud view; {name} must get 404: {answers}"
        )


@pytest.mark.one_database
@PORTAL
def test_without_a_company_the_portal_does_not_exist(world: World, route: Route) -> None:
    for name in ("officer", "newcomer", "keeper"):
        answers = dict(statuses(world, route, name))
        assert set(answers.values()) == {HTTPStatus.NOT_FOUND}, (
            f"{route}: only people of a company: {name}: {answers}"
        )


def test_all_that_is_under_my_company_is_of_the_portal(world: World) -> None:
    under = {route.name for route in routes() if route.address(openings(route, world)[0]).startswith("/oma/")}
    astray = {route.name for route in routes() if route.name in under and route.audience != "portal"}
    assert astray <= WITHOUT_COMPANY, f"derive these views from PortalView: {astray - WITHOUT_COMPANY}"


@WORKSPACE
def test_a_reader_sees_or_is_told_that_it_takes_a_role(world: World, route: Route) -> None:
    answers = dict(statuses(world, route, "reader"))
    allowed = {
        HTTPStatus.OK,
        HTTPStatus.FOUND,
        HTTPStatus.FORBIDDEN,
        HTTPStatus.CONFLICT,
        HTTPStatus.METHOD_NOT_ALLOWED,
    }
    if route.name in SENT_ONLY | UNSEEN_BY_READERS:
        allowed |= {HTTPStatus.NOT_FOUND}
    assert set(answers.values()) <= allowed, f"{route}: sight without the act is 403: {answers}"


@EVERY
def test_somebody_may_open_it(world: World, route: Route) -> None:
    answers = dict(statuses(world, route, route.opened_by))
    if route.name in SENT_ONLY:
        assert set(answers.values()) <= {
            HTTPStatus.NOT_FOUND,
            HTTPStatus.METHOD_NOT_ALLOWED,
            HTTPStatus.FORBIDDEN,
        }
        return
    assert FOUND & set(answers.values()), (
        f"{route}: {route.opened_by} cannot open it. If the world lacks a row in the right state, add it in "
        f"tests/sweep/extra.py: {answers}"
    )
    assert max(answers.values()) < HTTPStatus.INTERNAL_SERVER_ERROR, answers


@pytest.mark.one_database
@WORKSPACE
def test_a_row_of_one_city_is_not_found_under_another(world: World, route: Route) -> None:
    if route.arguments <= {"city"}:
        pytest.skip("no row in the address")
    client = world.client("neighbour")
    for arguments in openings(route, world):
        address = route.address(arguments | {"city": world.other.slug})
        status = client.get(address).status_code
        assert status in _elsewhere(route), f"{address}: {status}"


def _elsewhere(route: Route) -> set[HTTPStatus]:
    """Rows that all cities share are found under every city; others under their own alone."""
    if route.name.startswith(("methods:", "surveys:", "pulse:check")):
        return {HTTPStatus.NOT_FOUND, HTTPStatus.FORBIDDEN, HTTPStatus.CONFLICT} | FOUND
    return {HTTPStatus.NOT_FOUND}


def test_no_city_can_take_the_place_of_a_page(world: World) -> None:
    slugs = set(Municipality.objects.values_list("slug", flat=True))
    assert not slugs & RESERVED
    for route in routes():
        address = route.address(openings(route, world)[0])
        first = address.strip("/").partition("/")[0]
        if "city" not in route.arguments and first:
            assert first.partition(".")[0] in RESERVED, (
                f"{address}: add {first!r} to RESERVED in kit/access/address.py, or a city could hide the page"
            )


@pytest.mark.parametrize("item", offers(NavItem), ids=lambda item: item.url_name)
def test_a_menu_leads_somewhere(world: World, item: NavItem) -> None:
    in_city = item.audience in {"public", "workspace"}
    address = reverse(item.url_name, kwargs={"city": world.city.slug} if in_city else None)
    person = {"public": "visitor", "shared": "visitor", "workspace": "officer", "portal": "company"}[
        item.audience
    ]
    assert world.client(person).get(address).status_code == HTTPStatus.OK
    assert item.permission is None or rules.perm_exists(item.permission), (
        "a permission of the menu must exist"
    )
