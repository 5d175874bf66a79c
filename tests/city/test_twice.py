"""The same form twice is one row: after the back button, in a second tab, when an answer was lost on the way."""

from __future__ import annotations

import datetime as dt
import uuid
from typing import TYPE_CHECKING, Any

import pytest
from django.urls import reverse

from talkoot.city.roadmap.models import Roadmap, Theme
from talkoot.kit import clock
from talkoot.kit.crud.models import Submission
from talkoot.kit.jobs.jobs import prune

if TYPE_CHECKING:
    from collections.abc import Callable

    from django.test import Client

    from talkoot.city.organisations.models import Municipality

NAME = {"name_fi": "Kiertotalous", "order": "7"}


@pytest.fixture
def roadmap(jarvenpaa: Municipality) -> Roadmap:
    return Roadmap.objects.create(city=jarvenpaa, name_fi="Ilmastosuunnitelma")


@pytest.fixture
def aino(signed_in: Callable[[str], Client]) -> Client:
    return signed_in("coordinator")


def send(client: Client, roadmap: Roadmap, key: str = "", **fields: str) -> Any:
    address = reverse("roadmap:theme_create", kwargs={"city": "jarvenpaa", "pk": roadmap.pk})
    return client.post(address, {"idempotency_key": key or str(uuid.uuid4()), **NAME, **fields})


def said(client: Client, answer: Any) -> str:
    return client.get(answer.url).content.decode()


def test_the_same_form_from_a_page_fetched_anew_is_saved_once(aino: Client, roadmap: Roadmap) -> None:
    first, second = send(aino, roadmap), send(aino, roadmap)
    assert second.url == first.url
    assert Theme.objects.filter(name_fi=NAME["name_fi"]).count() == 1
    assert "Tallennettu jo" in said(aino, second)


def test_one_letter_more_is_another_row(aino: Client, roadmap: Roadmap) -> None:
    send(aino, roadmap)
    send(aino, roadmap, name_fi="Kiertotalous 2")
    assert Theme.objects.filter(roadmap=roadmap).count() == 2


def test_the_same_form_a_quarter_later_is_meant(aino: Client, roadmap: Roadmap) -> None:
    send(aino, roadmap)
    with clock.frozen(clock.now() + dt.timedelta(minutes=15)):
        send(aino, roadmap)
    assert Theme.objects.filter(roadmap=roadmap).count() == 2


def test_a_colleague_may_add_the_same(
    aino: Client, roadmap: Roadmap, signed_in: Callable[[str], Client]
) -> None:
    send(aino, roadmap)
    send(signed_in("administrator"), roadmap)
    assert Theme.objects.filter(roadmap=roadmap).count() == 2


def test_what_was_deleted_may_be_added_again(aino: Client, roadmap: Roadmap) -> None:
    send(aino, roadmap)
    theme = Theme.objects.get(roadmap=roadmap)
    address = reverse("roadmap:theme_delete", kwargs={"city": "jarvenpaa", "pk": theme.pk})
    aino.post(address, {"idempotency_key": str(uuid.uuid4())})
    assert not Theme.objects.filter(roadmap=roadmap).exists()
    send(aino, roadmap)
    assert Theme.objects.filter(roadmap=roadmap).count() == 1


def test_a_change_after_going_back_is_not_lost_without_a_word(aino: Client, roadmap: Roadmap) -> None:
    key = str(uuid.uuid4())
    send(aino, roadmap, key)
    answer = send(aino, roadmap, key, name_fi="Kiertotalous ja kulutus")
    assert Theme.objects.get(roadmap=roadmap).name_fi == NAME["name_fi"]
    assert "ei tallentunut" in said(aino, answer)


def test_a_double_click_says_nothing_of_it(aino: Client, roadmap: Roadmap) -> None:
    key = str(uuid.uuid4())
    send(aino, roadmap, key)
    page = said(aino, send(aino, roadmap, key))
    assert Theme.objects.filter(roadmap=roadmap).count() == 1
    assert "ei tallentunut" not in page


def test_the_marks_are_forgotten_after_a_month(aino: Client, roadmap: Roadmap) -> None:
    send(aino, roadmap)
    with clock.frozen(clock.now() + dt.timedelta(days=31)):
        prune.enqueue()
    assert not Submission.objects.exists()
