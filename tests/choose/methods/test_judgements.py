"""A city states its own effort and benefit, with a reason, and takes them back."""

from __future__ import annotations

import uuid
from typing import TYPE_CHECKING, Any

import pytest

from talkoot.choose.methods.models import CityEffort, CityScore
from talkoot.kit.audit import log
from tests.choose.methods.library import method

if TYPE_CHECKING:
    from django.test import Client

    from tests.cast import Cast

ROOM = "/en/jarvenpaa/tyotila/keinot/"
EFFORT, SCORE = f"{ROOM}M05/tyomaara/", f"{ROOM}M05/arvio/D/"


@pytest.fixture
def aino(client: Client, cast: Cast) -> Client:
    method()
    return cast.signed_in(client, "aino")


def send(client: Client, url: str, **values: Any) -> Any:
    return client.post(url, {"idempotency_key": str(uuid.uuid4()), **values})


def test_a_city_states_its_effort_with_a_reason_that_the_log_keeps(aino: Client, cast: Cast) -> None:
    answer = send(aino, EFFORT, person_days_low="10", person_days_high="12,5", reason="Kaksi webinaaria")
    assert answer.url == f"{ROOM}M05/"
    own = CityEffort.objects.get()
    assert (own.city, own.person_days_low, own.person_days_high, own.euros_low) == (
        cast.jarvenpaa,
        10,
        12.5,
        None,
    )
    event = log.timeline(own).get()
    assert (event.actor, event.verb, event.reason, event.scope) == (
        cast.aino,
        "created",
        "Kaksi webinaaria",
        "jarvenpaa",
    )
    page = aino.get(f"{ROOM}M05/").content.decode()
    assert "10–12.5" in page
    assert "Kaksi webinaaria" in page


@pytest.mark.parametrize(
    ("values", "sentence"),
    [
        ({"person_days_low": "10", "reason": "x"}, "Give both ends of the range"),
        (
            {"person_days_low": "10", "person_days_high": "5", "reason": "x"},
            "The upper end is below the lower end.",
        ),
        ({"reason": "x"}, "Give the person-days, the euros or both."),
        ({"person_days_low": "1", "person_days_high": "2"}, 'id="id_reason_error"'),
        ({"person_days_low": "-1", "person_days_high": "2", "reason": "x"}, 'id="id_person_days_low_error"'),
        (
            {"person_days_low": "paljon", "person_days_high": "2", "reason": "x"},
            'id="id_person_days_low_error"',
        ),
    ],
)
def test_what_is_wrong_is_said_beside_the_field_and_the_rest_is_kept(
    aino: Client, values: dict[str, str], sentence: str
) -> None:
    answer = send(aino, EFFORT, **values)
    assert answer.status_code == 422
    page = answer.content.decode()
    assert sentence in page
    assert all(value in page for value in values.values())
    assert not CityEffort.objects.exists()


def test_a_city_states_its_own_interval_and_takes_it_back(aino: Client) -> None:
    send(aino, SCORE, low="20", high="30", reason="Kokemus")
    assert "20–30" in aino.get(f"{ROOM}M05/").content.decode()
    send(aino, f"{SCORE}poista/")
    assert not CityScore.objects.exists()
    assert "57.5–100" in aino.get(f"{ROOM}M05/").content.decode()


def test_a_second_writer_is_shown_the_first_ones_work(aino: Client) -> None:
    send(aino, SCORE, low="20", high="30", reason="Ensimmäinen")
    answer = send(aino, SCORE, low="40", high="50", reason="Toinen", version="")
    assert answer.status_code == 409
    assert "Ensimmäinen" in answer.content.decode()
    assert CityScore.objects.get().low == 20


def test_a_double_click_states_it_once(aino: Client) -> None:
    key = str(uuid.uuid4())
    for _ in range(2):
        send(aino, SCORE, low="20", high="30", reason="Kokemus", idempotency_key=key)
    assert CityScore.objects.count() == 1


def test_an_unknown_criterion_is_not_found(aino: Client) -> None:
    assert aino.get(f"{ROOM}M05/arvio/Z/").status_code == 404
    assert aino.get(f"{SCORE}poista/").status_code == 404


@pytest.mark.parametrize(
    ("who", "seen", "stated"),
    [
        ("aino", 200, 200),
        ("riitta", 200, 403),
        ("mikael", 200, 403),
        ("kaisa", 404, 404),
        ("oskari", 404, 404),
    ],
)
def test_staff_read_and_those_who_prepare_the_model_state(
    client: Client, cast: Cast, who: str, seen: int, stated: int
) -> None:
    method()
    cast.signed_in(client, who)
    assert client.get(ROOM).status_code == seen
    assert client.get(f"{ROOM}M05/").status_code == seen
    assert client.get(EFFORT).status_code == stated
    assert send(client, SCORE, low="1", high="2", reason="x").status_code == (
        302 if stated == 200 else stated
    )


def test_a_visitor_is_asked_to_sign_in(client: Client, cast: Cast) -> None:
    method()
    answer: Any = client.get(ROOM)
    assert (answer.status_code, "/tili/" in answer.url) == (302, True)


def test_the_list_shows_and_exports_the_citys_own_numbers(aino: Client) -> None:
    send(aino, EFFORT, person_days_low="10", person_days_high="12", reason="Kaksi webinaaria")
    page = aino.get(ROOM).content.decode()
    assert "10–12" in page
    text = aino.get(ROOM, {"format": "csv"}).content.decode()
    assert "Kaksi webinaaria" in text


def test_the_staff_see_the_state_of_each_language(aino: Client) -> None:
    method("M06", what_fi="Kysymys.", translation_states={"fi": "reviewed"})
    page = aino.get(f"{ROOM}M06/").content.decode()
    assert "Reviewed" in page
    assert "Not translated" in page
