"""Importing in a browser: add a file, look, confirm; nothing is saved before."""

from __future__ import annotations

import datetime as dt
import re
import uuid
from typing import TYPE_CHECKING, Any, ClassVar

import pytest
import rules
from django import forms
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import path

from talkoot.city.accounts.models import User
from talkoot.config import urls as house
from talkoot.kit import clock
from talkoot.kit.crud.models import Submission
from talkoot.kit.exchange import Column, Record, Sheet
from talkoot.kit.exchange.jobs import forget_pending
from talkoot.kit.exchange.models import PendingImport
from talkoot.kit.exchange.pages import ImportPage

if TYPE_CHECKING:
    from collections.abc import Iterator

    from django.test import Client

pytestmark = [pytest.mark.django_db, pytest.mark.urls(__name__)]
ADDRESS = "/en/koe/tuonti/"


class KeyImport(ImportPage):
    permission = "exchange.test"
    sheet: ClassVar[Sheet] = Sheet(
        columns=(
            Column(key="key", label="Key", field=forms.UUIDField()),
            Column(key="url", label="Url", field=forms.CharField(max_length=9)),
        ),
        unique=("key",),
    )

    def take_in(self, records: list[Record]) -> str:
        Submission.objects.bulk_create(
            Submission(key=r.values["key"], result_url=r.values["url"]) for r in records
        )
        return "/en/koe/valmis/"


urlpatterns = [path("en/koe/tuonti/", KeyImport.as_view()), *house.urlpatterns]

A, B = uuid.uuid4(), uuid.uuid4()
FINE = f"Key;Url;More\n{A};yksi;m\n{B};kaksi;m\n".encode()
MIXED = f"Key;Url\n{A};yksi\nx;kaksi\n{B};aivan liian pitkä\n".encode()


@pytest.fixture(autouse=True)
def _permission() -> Iterator[None]:
    rules.set_perm("exchange.test", rules.is_authenticated)
    yield
    rules.remove_perm("exchange.test")


@pytest.fixture
def aino(client: Client) -> User:
    user = User.objects.create_user("aino@example.org")
    client.force_login(user)
    return user


def add(client: Client, content: bytes) -> Any:
    file = SimpleUploadedFile("yritykset.csv", content)
    return client.post(ADDRESS, {"file": file, "idempotency_key": str(uuid.uuid4())})


def confirm(client: Client, url: str, **more: str) -> Any:
    token = re.search(r"tuonti=([0-9a-f-]+)", url)
    assert token is not None
    return client.post(url, {"token": token[1], "idempotency_key": str(uuid.uuid4()), **more})


def saved() -> set[uuid.UUID]:
    return set(Submission.objects.filter(key__in=(A, B)).values_list("key", flat=True))


def test_a_right_file_is_shown_and_saved_when_confirmed(client: Client, aino: User) -> None:
    shown = add(client, FINE)
    page = client.get(shown.url).content.decode()
    assert str(A) in page
    assert "More" in page
    assert not saved()
    assert confirm(client, shown.url).url == "/en/koe/valmis/"
    assert saved() == {A, B}
    assert not PendingImport.objects.exists()


def test_rows_to_fix_are_shown_with_their_errors_and_stop_the_import(client: Client, aino: User) -> None:
    url = add(client, MIXED).url
    page = client.get(url).content.decode()
    assert "room for 9 characters" in page
    answer = confirm(client, url)
    assert (answer.status_code, saved()) == (422, set())


def test_the_rest_is_saved_when_asked_for(client: Client, aino: User) -> None:
    confirm(client, add(client, MIXED).url, leave_out="on")
    assert saved() == {A}


def test_rows_to_fix_are_downloaded_fixed_and_added_again(client: Client, aino: User) -> None:
    url = add(client, MIXED).url
    text = client.get(f"{url}&format=csv").content.decode("utf-8-sig")
    assert [line.split(",")[0] for line in text.splitlines()] == ["Key", "x", str(B)]
    assert "Url: " in text
    mended = text.replace("aivan liian pitkä", "lyhyt").replace("\nx,", f"\n{A},")
    confirm(client, add(client, mended.encode()).url)
    assert saved() == {A, B}


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        (b'[{"Key": 1', "ends in the middle"),
        (b"Nimi\nx\n", "columns are missing: Key, Url"),
        (b"<html>", "cannot read"),
    ],
)
def test_a_file_that_cannot_be_read_is_refused_beside_the_field(
    client: Client, aino: User, content: bytes, sentence: str
) -> None:
    answer = add(client, content)
    assert answer.status_code == 422
    assert sentence in answer.content.decode()
    assert not PendingImport.objects.exists()


def test_a_second_confirmation_saves_nothing_more(client: Client, aino: User) -> None:
    url = add(client, FINE).url
    confirm(client, url)
    answer = confirm(client, url)
    assert answer.status_code == 422
    assert "no longer here" in answer.content.decode()


def test_a_double_click_leads_where_the_first_one_led(client: Client, aino: User) -> None:
    url = add(client, FINE).url
    key = str(uuid.uuid4())
    answers = [confirm(client, url, idempotency_key=key) for _ in range(2)]
    assert [answer.url for answer in answers] == ["/en/koe/valmis/"] * 2


def test_nobody_else_sees_or_confirms_the_file(client: Client, aino: User) -> None:
    url = add(client, FINE).url
    client.force_login(User.objects.create_user("b@example.org"))
    assert str(A) not in client.get(url).content.decode()
    assert confirm(client, url).status_code == 422
    assert not saved()


def test_a_file_waits_for_two_hours(client: Client, aino: User) -> None:
    url = add(client, FINE).url
    with clock.frozen(clock.now() + dt.timedelta(hours=2, minutes=1)):
        assert "no longer here" in client.get(url).content.decode()
        confirm(client, url)
        assert forget_pending.enqueue().return_value == 1
    assert not saved()


def test_a_made_up_token_is_no_file(client: Client, aino: User) -> None:
    assert client.get(f"{ADDRESS}?tuonti=x").status_code == 200
