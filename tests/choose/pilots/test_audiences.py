"""Who reaches which page of the room."""

from __future__ import annotations

import uuid
from typing import TYPE_CHECKING

import pytest

from talkoot.choose.pilots import actions
from talkoot.choose.pilots.models import Pilot
from tests.choose.pilots.trials import S, pilot

if TYPE_CHECKING:
    from django.test import Client

    from talkoot.choose.methods.models import Method
    from tests.cast import Cast

WORK = "/en/jarvenpaa/tyotila/"
PAGES = {
    "read": ("pilotit/", "pilotit/{pk}/", "naytto/"),
    "run": (
        "pilotit/uusi/",
        "pilotit/tuo/",
        "pilotit/{pk}/muokkaa/",
        "pilotit/{pk}/poista/",
        "pilotit/{pk}/vaihe/running/",
        "pilotit/{pk}/osallistujat/uusi/",
    ),
}


@pytest.mark.parametrize(
    ("who", "reads", "runs"),
    [
        ("aino", 200, 200),
        ("riitta", 200, 403),
        ("mikael", 200, 403),
        ("kaisa", 404, 404),
        ("oskari", 404, 404),
        ("outi", 404, 404),
    ],
)
def test_staff_read_some_run_and_for_others_the_room_does_not_exist(
    client: Client, cast: Cast, webinars: Method, who: str, reads: int, runs: int
) -> None:
    trial = pilot(cast.jarvenpaa, webinars)
    cast.signed_in(client, who)
    for path in PAGES["read"]:
        assert client.get(WORK + path.format(pk=trial.pk)).status_code == reads, path
    for path in PAGES["run"]:
        assert client.get(WORK + path.format(pk=trial.pk)).status_code == runs, path
        if runs != 200:
            answer = client.post(WORK + path.format(pk=trial.pk), {"idempotency_key": str(uuid.uuid4())})
            assert answer.status_code == runs, path
    assert Pilot.objects.get().state == S.PLANNED


def test_a_visitor_is_asked_to_sign_in(client: Client, cast: Cast, webinars: Method) -> None:
    trial = pilot(cast.jarvenpaa, webinars)
    for path in (*PAGES["read"], *PAGES["run"]):
        assert client.get(WORK + path.format(pk=trial.pk)).status_code == 302, path


def test_a_pilot_of_another_city_is_not_found_under_this_one(
    client: Client, cast: Cast, webinars: Method
) -> None:
    other = pilot(cast.kerava, webinars, S.PUBLISHED)
    cast.signed_in(client, "aino")
    assert client.get(f"{WORK}pilotit/{other.pk}/").status_code == 404
    assert client.get(f"/en/jarvenpaa/pilotit/{other.pk}/").status_code == 404
    assert client.get(f"/en/kerava/pilotit/{other.pk}/").status_code == 200


@pytest.mark.parametrize("state", [S.PLANNED, S.RUNNING, S.CLOSED, S.STOPPED])
def test_the_public_pages_hold_only_what_is_published(
    client: Client, cast: Cast, webinars: Method, state: str
) -> None:
    hidden = pilot(cast.jarvenpaa, webinars, state, name_fi="Salattu")
    open_one = pilot(cast.jarvenpaa, webinars, S.PUBLISHED, name_fi="Avoin")
    for who in (None, "aino"):
        if who:
            cast.signed_in(client, who)
        page = client.get("/en/jarvenpaa/pilotit/").content.decode()
        assert ("Avoin" in page, "Salattu" in page) == (True, False)
        assert client.get(f"/en/jarvenpaa/pilotit/{hidden.pk}/").status_code == 404
        assert client.get(f"/en/jarvenpaa/pilotit/{open_one.pk}/").status_code == 200


def test_a_company_sees_its_own_pilots_without_the_result_until_it_is_published(
    client: Client, cast: Cast, webinars: Method
) -> None:
    own = pilot(cast.jarvenpaa, webinars, S.CLOSED, name_fi="Oma", events=4, companies=10)
    other = pilot(cast.jarvenpaa, webinars, S.PUBLISHED, name_fi="Muiden")
    actions.add_participant(pilot=own, organisation=cast.company, by=cast.aino)
    cast.signed_in(client, "oskari")
    page = client.get("/en/oma/pilotit/").content.decode()
    assert ("Oma" in page, "Muiden" in page) == (True, False)
    assert client.get(f"/en/oma/pilotit/{other.pk}/").status_code == 404
    detail = client.get(f"/en/oma/pilotit/{own.pk}/").content.decode()
    assert "Joka kolmas toimii." in detail
    assert "40%" not in detail
    assert "Aamu sopi." not in detail
    actions.take_step(own, S.PUBLISHED, by=cast.aino)
    assert "40% (4 / 10)" in client.get(f"/en/oma/pilotit/{own.pk}/").content.decode()


def test_an_officer_without_a_company_has_no_portal(client: Client, cast: Cast) -> None:
    assert cast.signed_in(client, "aino").get("/en/oma/pilotit/").status_code == 404


@pytest.mark.parametrize("language", ["", "sv/", "en/"])
def test_the_page_of_the_method_shows_prior_pilots_and_both(
    client: Client, cast: Cast, webinars: Method, language: str
) -> None:
    pilot(cast.jarvenpaa, webinars, S.PUBLISHED, events=4, companies=10, name_fi="Kevään sarja")
    page = client.get(f"/{language}kirjasto/M05/").content.decode()
    assert "Kevään sarja" in page
    assert "4 / 10" in page
    assert page.count('class="pred-bar"') == 1
    assert page.count("b95") == 3


def test_the_page_of_an_untried_method_has_no_pilots(client: Client, cast: Cast, webinars: Method) -> None:
    pilot(cast.jarvenpaa, webinars, S.RUNNING)
    assert 'id="pilots"' not in client.get("/en/kirjasto/M05/").content.decode()
