"""A pilot ends with its count, on one page."""

from __future__ import annotations

import uuid
from typing import TYPE_CHECKING, Any

import pytest

from talkoot.choose.pilots.models import Pilot
from talkoot.kit.audit import log
from tests.choose.pilots.trials import S, pilot

if TYPE_CHECKING:
    from django.test import Client

    from talkoot.choose.methods.models import Method
    from tests.cast import Cast

ROOM = "/en/jarvenpaa/tyotila/pilotit/"


@pytest.fixture
def aino(client: Client, cast: Cast) -> Client:
    return cast.signed_in(client, "aino")


@pytest.fixture
def running(cast: Cast, webinars: Method) -> Pilot:
    return pilot(cast.jarvenpaa, webinars, S.RUNNING)


def send(client: Client, trial: Pilot, **values: Any) -> Any:
    data = {"idempotency_key": str(uuid.uuid4()), "version": str(trial.version), **values}
    return client.post(f"{ROOM}{trial.pk}/paata/", data)


def test_the_page_that_ends_a_pilot_asks_what_came_of_it(aino: Client, running: Pilot) -> None:
    url = f"{ROOM}{running.pk}/paata/"
    assert f'href="{ROOM}{running.pk}/vaihe/closed/"' in aino.get(f"{ROOM}{running.pk}/").content.decode()
    assert aino.get(f"{ROOM}{running.pk}/vaihe/closed/").url == url  # type: ignore[attr-defined]  # a redirect
    page = aino.get(url).content.decode()
    assert all(f'name="{name}"' in page for name in ("events", "companies", "hours", "lesson_worked_fi"))


def test_count_hours_and_lessons_are_saved_with_the_end(aino: Client, running: Pilot) -> None:
    answer = send(aino, running, events="4", companies="9", hours="3,5", lesson_worked_fi="Aamu sopi.")
    running.refresh_from_db()
    assert (answer.status_code, running.state) == (302, S.CLOSED)
    assert (running.events, running.companies, running.hours) == (4, 9, 3.5)
    assert running.lesson_worked_fi == "Aamu sopi."
    assert [event.verb for event in log.timeline(running)] == ["closed", "edited"]


@pytest.mark.parametrize(
    ("events", "companies", "field", "sentence"),
    [
        ("12", "5", "events", "more than the companies counted"),
        ("-1", "5", "events", "0"),
        ("0", "0", "companies", "1"),
        ("", "5", "events", ""),
        ("1", "", "companies", ""),
        ("two", "5", "events", ""),
    ],
)
def test_an_impossible_count_is_said_beside_its_field_and_nothing_is_saved(
    aino: Client, running: Pilot, events: str, companies: str, field: str, sentence: str
) -> None:
    answer = send(aino, running, events=events, companies=companies, lesson_worked_fi="Säilyykö tämä")
    page = answer.content.decode()
    assert answer.status_code == 422
    assert sentence in page.split(f'id="id_{field}_error"')[1].split("</div>")[0]
    assert "Säilyykö tämä" in page
    running.refresh_from_db()
    assert (running.state, running.events, running.lesson_worked_fi) == (S.RUNNING, None, None)


def test_a_pilot_that_does_not_run_cannot_be_ended(aino: Client, cast: Cast, webinars: Method) -> None:
    for state in (S.PLANNED, S.CLOSED, S.PUBLISHED, S.STOPPED):
        trial = pilot(cast.jarvenpaa, webinars, state)
        assert aino.get(f"{ROOM}{trial.pk}/paata/").status_code == 409
        assert send(aino, trial, events="1", companies="2").status_code == 409
        assert Pilot.objects.get(pk=trial.pk).state == state


def test_the_second_writer_of_a_count_sees_both(aino: Client, running: Pilot) -> None:
    Pilot.objects.filter(pk=running.pk).update(companies=8, events=2, version=2)
    assert send(aino, running, events="4", companies="9").status_code == 409
    assert Pilot.objects.get(pk=running.pk).state == S.RUNNING


def test_readers_and_neighbours_do_not_end_it(client: Client, cast: Cast, running: Pilot) -> None:
    assert cast.signed_in(client, "riitta").get(f"{ROOM}{running.pk}/paata/").status_code == 403
    assert cast.signed_in(client, "kaisa").get(f"{ROOM}{running.pk}/paata/").status_code == 404


def test_what_is_shown_in_another_language_says_so(aino: Client, cast: Cast, webinars: Method) -> None:
    trial = pilot(cast.jarvenpaa, webinars, S.PUBLISHED, name_fi="Vain suomeksi")
    swedish = aino.get(f"/sv/jarvenpaa/pilotit/{trial.pk}/").content.decode()
    assert (
        '<h1><span lang="fi">Vain suomeksi</span> <span class="in-language">(på finska)</span></h1>'
        in swedish
    )
    finnish = aino.get(f"/jarvenpaa/pilotit/{trial.pk}/").content.decode()
    assert "<h1>Vain suomeksi</h1>" in finnish
    assert 'lang="fi">Vain' not in finnish


def test_a_method_is_chosen_and_found_by_its_code(aino: Client, cast: Cast, webinars: Method) -> None:
    trial = pilot(cast.jarvenpaa, webinars)
    assert ">M05 Webinar series<" in aino.get(f"{ROOM}uusi/").content.decode()
    found = aino.get(ROOM, {"q": "m05"}).content.decode()
    assert f"{ROOM}{trial.pk}/" in found
    assert '<span class="code">M05</span>' in found
    assert f"{ROOM}{trial.pk}/" not in aino.get(ROOM, {"q": "m06"}).content.decode()


def test_an_empty_choice_is_a_word_not_dashes(aino: Client, webinars: Method) -> None:
    page = aino.get("/jarvenpaa/tyotila/pilotit/uusi/").content.decode()
    assert "Ei valittu" in page
    assert "-----" not in page


def test_evidence_says_which_measure_was_not_agreed_in_advance(
    aino: Client, cast: Cast, webinars: Method
) -> None:
    pilot(cast.jarvenpaa, webinars, S.CLOSED)
    late = pilot(cast.jarvenpaa, webinars, S.CLOSED, agreed_on=None)
    page = aino.get("/en/jarvenpaa/tyotila/naytto/").content.decode()
    assert page.count("Its measure was not agreed before the start.") == 1
    assert "Of one pilot it cannot be said" in page
    assert "It is not known on which day" in aino.get(f"{ROOM}{late.pk}/").content.decode()
