"""Pilots from a spreadsheet: all or none, with what is wrong beside each row."""

from __future__ import annotations

import uuid
from typing import TYPE_CHECKING, Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from talkoot.choose.pilots.models import Pilot
from talkoot.kit.audit import log
from tests.choose.pilots.trials import S, pilot

if TYPE_CHECKING:
    from django.test import Client

    from talkoot.choose.methods.models import Method
    from tests.cast import Cast

URL = "/en/jarvenpaa/tyotila/pilotit/tuo/"
HEADS = (
    "Code of the method;Pilot;Aim;Measure of success;"
    "Share worth 0 points, %;Share worth 100 points, %;Companies that reached the goal;Companies counted;Starts;Ends"
)


@pytest.fixture
def aino(client: Client, cast: Cast) -> Client:
    return cast.signed_in(client, "aino")


def add(client: Client, *rows: str) -> Any:
    file = SimpleUploadedFile("pilotit.csv", "\n".join((HEADS, *rows)).encode())
    return client.post(URL, {"file": file, "idempotency_key": str(uuid.uuid4())})


def confirm(client: Client, url: str) -> Any:
    token = url.split("tuonti=")[1]
    return client.post(url, {"token": token, "idempotency_key": str(uuid.uuid4())})


def test_a_row_with_a_count_has_ended_the_others_are_planned(
    aino: Client, cast: Cast, webinars: Method
) -> None:
    url = add(
        aino,
        "m05;Syksy;D;Toteutti teon;0;50;4;10;1.9.2025;12.12.2025",
        "M05;Kevät;more interaction between municipality and companies;Toteutti teon;0;50;;;;",
    ).url
    assert not Pilot.objects.exists()
    assert confirm(aino, url).url == "/en/jarvenpaa/tyotila/pilotit/"
    ended, planned = Pilot.objects.order_by("-name_fi")
    assert (ended.name_fi, ended.state, ended.events, ended.companies) == ("Syksy", S.CLOSED, 4, 10)
    assert (planned.state, planned.criterion) == (S.PLANNED, "D")
    event = log.timeline(ended).get()
    assert (event.verb, event.actor) == ("imported", cast.aino)


@pytest.mark.parametrize(
    ("row", "sentence"),
    [
        ("M99;Syksy;D;Teko;0;50;4;10;;", "The library has no method with this code"),
        ("M05;Syksy;Z;Teko;0;50;4;10;;", "Write A, B, C, D or E"),
        ("M05;Syksy;D;Teko;50;50;4;10;;", "must be above the share worth 0 points"),
        ("M05;Syksy;D;Teko;0;50;11;10;;", "are among those counted"),
        ("M05;Syksy;D;Teko;0;50;4;99999999999999999999;;", "1000000"),
        ("M05;Syksy;D;;0;50;4;10;;", "needs the goal, the measure and its scale"),
        ("M05;Syksy;D;Teko;0;50;;;12.12.2025;1.9.2025", "The end is before the start."),
    ],
)
def test_a_row_to_fix_is_shown_and_stops_the_import(
    aino: Client, webinars: Method, row: str, sentence: str
) -> None:
    url = add(aino, "M05;Hyvä;D;Toteutti teon;0;50;;;1.2.2027;", row).url
    page = aino.get(url).content.decode()
    assert sentence in page
    assert ">M05<" in page
    assert ">1.2.2027<" in page
    assert confirm(aino, url).status_code == 422
    assert not Pilot.objects.exists()


def test_a_pilot_that_is_there_already_is_told_apart_before_the_import(
    aino: Client, cast: Cast, webinars: Method
) -> None:
    pilot(cast.jarvenpaa, webinars, name_fi="Syksy")
    url = add(aino, "M05;Syksy;D;Toteutti teon;0;50;;;;").url
    assert "already has a pilot with this name" in aino.get(url).content.decode()
    assert confirm(aino, url).status_code == 422
    assert Pilot.objects.count() == 1


def test_what_was_exported_can_be_imported_again(aino: Client, cast: Cast, webinars: Method) -> None:
    pilot(cast.jarvenpaa, webinars, S.CLOSED, name_fi="Syksy", events=4, companies=10)
    content = aino.get("/en/jarvenpaa/tyotila/pilotit/", {"format": "csv"}).content
    Pilot.objects.all().delete()
    file = SimpleUploadedFile("pilotit.csv", content)
    answer: Any = aino.post(URL, {"file": file, "idempotency_key": str(uuid.uuid4())})
    confirm(aino, answer.url)
    again = Pilot.objects.get()
    assert (again.name_fi, again.events, again.companies, again.value_high) == ("Syksy", 4, 10, 50)
