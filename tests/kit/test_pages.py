from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import connection
from django.test.utils import CaptureQueriesContext

from talkoot.kit.audit import log

if TYPE_CHECKING:
    from django.test import Client

    from tests.cast import Cast

PAGE = "/jarvenpaa/selkokieli/"


def queries(client: Client, address: str = PAGE) -> int:
    with CaptureQueriesContext(connection) as asked:
        assert client.get(address).status_code == 200
    return len(asked)


def test_a_second_visitor_gets_the_page_that_the_first_one_had(cast: Cast, client: Client) -> None:
    first = client.get(PAGE)
    assert queries(client) == 1
    assert client.get(PAGE).content == first.content


def test_a_change_in_the_log_makes_the_page_anew(cast: Cast, client: Client) -> None:
    client.get(PAGE)
    cast.jarvenpaa.contact_email = "uusi@jarvenpaa.example"
    with log.recording(cast.jarvenpaa, by=cast.aino, verb="edited"):
        cast.jarvenpaa.save()
    assert "uusi@jarvenpaa.example" in client.get(PAGE).content.decode()


def test_languages_have_pages_of_their_own(cast: Cast, client: Client) -> None:
    client.get(PAGE)
    assert 'lang="sv"' in client.get(f"/sv{PAGE}").content.decode()


def test_who_is_signed_in_is_never_served_a_kept_page(cast: Cast, client: Client) -> None:
    client.get(PAGE)
    cast.signed_in(client, "aino")
    assert queries(client) > 1


def test_a_page_with_a_form_is_made_for_each_visitor(cast: Cast, client: Client) -> None:
    address = "/jarvenpaa/palaute/"
    first, second = client.get(address), type(client)().get(address)
    assert first.content != second.content
