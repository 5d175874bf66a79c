from __future__ import annotations

from types import SimpleNamespace
from typing import TYPE_CHECKING

import pytest
from django.contrib.auth.models import AnonymousUser
from django.core.paginator import Paginator
from django.template import Context
from django.test import RequestFactory
from django.urls import NoReverseMatch, resolve
from django.utils import translation

from talkoot.kit.plate import NavItem
from talkoot.kit.ui.navigation import Room, _nearest, languages
from talkoot.kit.ui.templatetags.talkoot import page_link, page_numbers

if TYPE_CHECKING:
    from django.http import HttpRequest


def _request(path: str) -> HttpRequest:
    request = RequestFactory().get(path)
    request.user = AnonymousUser()
    request.resolver_match = resolve(request.path)
    return request


def _item(name: str) -> NavItem:
    return NavItem(label=name, url_name=name, audience="workspace")


def test_every_language_leads_to_the_same_page_and_keeps_the_query() -> None:
    with translation.override("fi"):
        found = {language.code: language.url for language in languages(_request("/ui/?sort=name"))}
    assert found == {"fi": "/ui/?sort=name", "sv": "/sv/ui/?sort=name", "en": "/en/ui/?sort=name"}


def test_a_language_is_named_in_itself_and_the_present_one_is_marked() -> None:
    with translation.override("sv"):
        found = [(language.name, language.current) for language in languages(_request("/sv/ui/"))]
    assert found == [("Suomi", False), ("Svenska", True), ("English", False)]


def test_a_page_below_a_menu_page_lights_its_nearest_one() -> None:
    urls = [
        (_item("workspace:overview"), "/k/"),
        (_item("a"), "/k/keinot/"),
        (_item("b"), "/k/keinot/valinta/"),
    ]
    assert _nearest("/k/keinot/valinta/7/", urls) == "/k/keinot/valinta/"
    assert _nearest("/k/keinot/m31/", urls) == "/k/keinot/"


def test_a_home_is_lit_only_on_itself() -> None:
    urls = [(_item("workspace:overview"), "/k/"), (_item("a"), "/k/keinot/")]
    assert _nearest("/k/muu/", urls) == ""
    assert _nearest("/k/", urls) == "/k/"


def test_the_four_rooms_are_numbered_in_the_order_of_the_work() -> None:
    assert [Room(verb, ()).icon for verb in ("listen", "choose", "act", "show")] == ["v1", "v2", "v3", "v4"]


def test_a_link_to_a_room_that_is_not_there_is_empty_and_a_wrong_page_is_loud() -> None:
    inside = Context({"city": SimpleNamespace(slug="kerava")})
    assert page_link(inside, "nowhere:home") == ""
    with pytest.raises(NoReverseMatch):
        page_link(inside, "ui:misspelt")
    assert page_link(inside, "ui:misspelt", "optional") == ""


def test_a_citys_page_without_a_city_is_no_link() -> None:
    assert page_link(Context({"city": None}), "public:home") == ""


def test_a_long_list_shows_its_ends_and_the_pages_around() -> None:
    page = Paginator(range(200), 20).get_page(5)
    assert page_numbers(page) == [1, None, 4, 5, 6, None, 10]
