"""One stream: whose it is to answer, by when, and who hears when it is late."""

from __future__ import annotations

import datetime as dt
import uuid
from typing import TYPE_CHECKING, Any

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import IntegrityError, transaction

from talkoot.choose.methods.models import Method
from talkoot.city.accounts.roles import Role
from talkoot.city.agenda import jobs as agenda_jobs
from talkoot.city.agenda.models import Task
from talkoot.kit import clock, workdays
from talkoot.kit.audit import log
from talkoot.kit.mail.models import Message
from talkoot.kit.states import NotAllowedNow
from talkoot.listen.pulse import actions, jobs
from talkoot.listen.pulse.models import Heard
from tests.cast import person
from tests.conftest import TODAY

if TYPE_CHECKING:
    from django.http import HttpResponse
    from django.test import Client

    from tests.cast import Cast
    from tests.listen.queries import Queries

DESK = "/jarvenpaa/tyotila/palaute/"


def received(cast: Cast, **more: Any) -> Heard:
    given: dict[str, Any] = {
        "city": cast.jarvenpaa,
        "message": "Aamuisin ehtisimme paremmin.",
        "by": cast.outi,
    } | more
    return actions.receive(**given)


def send(client: Client, address: str, **data: Any) -> HttpResponse:
    return client.post(address, {"idempotency_key": str(uuid.uuid4()), **data})  # type: ignore[return-value]  # the test client's own response


def method(code: str = "M05") -> Method:
    return Method.objects.create(code=code, name_fi="Webinaarisarja", category="KOULU", state="published")


@pytest.mark.parametrize(
    ("asked_on", "contacted_by"),
    [
        ("2026-11-24", "2026-11-26"),  # Tuesday to Thursday
        ("2026-11-27", "2026-12-01"),  # over a weekend
        ("2026-12-23", "2026-12-29"),  # Christmas Eve to Boxing Day and a Sunday between
        ("2027-03-25", "2027-03-31"),  # Good Friday and Easter Monday
        ("2027-06-24", "2027-06-29"),  # Midsummer Eve
    ],
)
def test_two_working_days_leave_out_weekends_and_holidays(asked_on: str, contacted_by: str) -> None:
    day = dt.date.fromisoformat(asked_on)
    assert workdays.after(day, 2).isoformat() == contacted_by


def test_a_contact_request_shows_who_contacts_and_by_when(client: Client, cast: Cast) -> None:
    adviser = person("Anna", cast.jarvenpaa.organisation, Role.ADVISER)
    answer = send(
        client,
        "/en/jarvenpaa/palaute/yhteydenotto/",
        message="Hukkalämpö",
        sender="Liisa, Leipomo",
        phone="040 0000000",
    )
    kept = Heard.objects.get()
    assert (kept.kind, kept.owner, kept.due_on) == ("contact", adviser, dt.date(2026, 11, 26))
    page = client.get(answer["Location"]).content.decode().replace("\u00a0", " ")
    assert "Anna" in page
    assert "26 November 2026" in page
    task = Task.objects.get()
    assert (task.owner, task.due) == (adviser, kept.due_on)


def test_the_page_of_thanks_tells_nothing_to_who_did_not_send(client: Client, cast: Cast) -> None:
    received(cast, kind="contact", sender="Liisa", phone="1")
    for forged in ("1", "abc", ""):
        page = client.get(f"/en/jarvenpaa/palaute/kiitos/?n={forged}").content.decode()
        assert "Who contacts you" not in page


def test_who_asks_to_be_contacted_says_how(client: Client, cast: Cast) -> None:
    answer = send(client, "/en/jarvenpaa/palaute/yhteydenotto/", message="Hukkalämpö", sender="Liisa")
    assert answer.status_code == 422
    assert "so that we can contact you" in answer.content.decode()
    assert not Heard.objects.exists()


def test_a_suggestion_is_tagged_with_the_method_of_the_page(client: Client, cast: Cast) -> None:
    webinars = method()
    page = client.get("/jarvenpaa/palaute/ehdotus/?keino=M05").content.decode()
    assert f'value="{webinars.pk}" selected' in page
    send(client, "/jarvenpaa/palaute/ehdotus/", message="Aamulla.", method=str(webinars.pk))
    kept = Heard.objects.get()
    assert (kept.kind, list(kept.methods.all())) == ("suggestion", [webinars])


def test_without_a_city_in_the_address_the_sender_names_one(client: Client, cast: Cast) -> None:
    asked = {"message": "Puhutaan.", "sender": "Liisa", "phone": "1"}
    assert send(client, "/palaute/yhteydenotto/", **asked).status_code == 422
    assert send(client, "/palaute/yhteydenotto/", **asked, city=str(cast.kerava.pk)).status_code == 302
    assert Heard.objects.get().city == cast.kerava


def test_what_has_no_holder_of_its_role_goes_to_the_coordinator(cast: Cast) -> None:
    for kind in Heard.Kind.values:
        assert actions.owner_of(cast.jarvenpaa, kind) == cast.aino


def test_the_owner_is_reminded_before_the_day_and_not_after_the_answer(cast: Cast) -> None:
    first, second = received(cast), received(cast)
    actions.answer(heard=second, text="Kiitos.", by=cast.aino)
    with clock.frozen(TODAY + dt.timedelta(days=12)):
        assert agenda_jobs.remind.call() == 1
    assert f"Viesti {first.pk}" in Message.objects.get(to=cast.aino.email).subject


def test_what_is_late_is_told_to_the_lead_once(cast: Cast) -> None:
    heard = received(cast)
    assert jobs.escalate.call() == 0
    with clock.frozen(TODAY + dt.timedelta(days=15)):
        assert jobs.escalate.call() == 1
        assert jobs.escalate.call() == 0
    mail = Message.objects.get()
    assert mail.to == cast.mikael.email
    assert f"{DESK}{heard.pk}/" in mail.body
    assert "Aamuisin" not in mail.body
    assert "escalated" in {event.verb for event in log.timeline(heard)}


@pytest.mark.parametrize("end", ["answer", "hand_over", "close"])
def test_what_has_ended_is_not_told_to_the_lead(cast: Cast, end: str) -> None:
    words = {"answer": "text", "hand_over": "to", "close": "reason"}
    getattr(actions, end)(heard=received(cast), by=cast.aino, **{words[end]: "Hoidettu."})
    with clock.frozen(TODAY + dt.timedelta(days=30)):
        assert jobs.escalate.call() == 0
    assert Task.objects.get().state == Task.State.DONE


def test_assigning_moves_the_task_and_tells_the_new_owner(cast: Cast) -> None:
    adviser = person("Anna", cast.jarvenpaa.organisation, Role.ADVISER)
    heard, unit = received(cast), cast.unit("ELI")
    actions.assign(heard=heard, owner=adviser, unit=unit, city=cast.jarvenpaa, by=cast.aino)
    task = Task.objects.get()
    assert (task.owner, task.unit) == (adviser, unit)
    assert Message.objects.get().to == adviser.email


def test_what_was_said_to_no_city_becomes_the_citys_that_takes_it(cast: Cast) -> None:
    heard = received(cast, city=None)
    assert not Task.objects.exists()
    actions.assign(heard=heard, owner=cast.kaisa, unit=None, city=cast.kerava, by=cast.kaisa)
    assert Heard.objects.get().city == cast.kerava
    assert Task.objects.get().owner == cast.kaisa


def test_the_owner_answers_whatever_their_role(cast: Cast) -> None:
    heard = received(cast)
    with pytest.raises(PermissionDenied):
        actions.answer(heard=heard, text="Kiitos.", by=cast.mikael)
    actions.assign(heard=heard, owner=cast.mikael, unit=None, city=cast.jarvenpaa, by=cast.aino)
    assert actions.answer(heard=heard, text="Kiitos.", by=cast.mikael).state == "answered"


def test_taking_in_hand_makes_an_ownerless_message_ones_own_and_the_clock_runs_on(cast: Cast) -> None:
    heard = received(cast)
    actions.assign(heard=heard, owner=None, unit=cast.unit("ELI"), city=cast.jarvenpaa, by=cast.aino)
    actions.take(heard=heard, by=cast.aino)
    assert (heard.state, heard.owner) == ("in_hand", cast.aino)
    with clock.frozen(TODAY + dt.timedelta(days=15)):
        assert heard.is_late
    with pytest.raises(NotAllowedNow):
        actions.take(heard=heard, by=cast.aino)


def test_a_closed_message_says_why_and_can_be_taken_up_again(cast: Cast) -> None:
    heard = actions.close(heard=received(cast), reason="Kahdesti sama.", by=cast.aino)
    actions.take(heard=heard, by=cast.aino)
    assert (heard.state, heard.closed_because) == ("in_hand", "")
    assert Task.objects.filter(state=Task.State.OPEN).count() == 1


def test_the_database_itself_asks_why_something_was_closed(cast: Cast) -> None:
    heard = received(cast)
    with pytest.raises(IntegrityError), transaction.atomic():
        Heard.objects.filter(pk=heard.pk).update(state="closed")


def test_contact_details_go_when_the_matter_ends_and_the_log_never_had_them(cast: Cast) -> None:
    told = {"sender": "Liisa, Leipomo", "phone": "040 0000000", "email": "liisa@example.example"}
    heard = received(cast, kind="contact", **told)
    actions.close(heard=heard, reason="Soitettu.", by=cast.aino)
    heard.refresh_from_db()
    assert (heard.sender, heard.phone, heard.email) == ("", "", "")
    text = " ".join(f"{event.object_name} {event.changes}" for event in log.timeline(heard))
    assert not any(word in text for word in ("Liisa", "0000000", "Soitettu", "Aamuisin"))


def test_after_two_years_what_was_said_is_forgotten_unless_it_waits(cast: Cast) -> None:
    waiting, done = received(cast), received(cast)
    actions.answer(heard=done, text="Kiitos.", by=cast.aino)
    with clock.frozen(TODAY + dt.timedelta(days=731)):
        assert jobs.forget_old.call() == 1
    assert list(Heard.objects.all()) == [waiting]


def test_contact_details_of_what_was_handed_over_go_in_ninety_days(cast: Cast) -> None:
    heard = received(cast, email="liisa@example.example")
    actions.hand_over(heard=heard, to="Kunnossapito", by=cast.aino)
    for days, kept in ((89, "liisa@example.example"), (91, "")):
        with clock.frozen(TODAY + dt.timedelta(days=days)):
            jobs.forget_old.call()
        assert Heard.objects.get().email == kept


def test_an_answer_remembers_whether_it_was_in_time(cast: Cast) -> None:
    early, late = received(cast), received(cast)
    assert actions.answer(heard=early, text="Kiitos.", by=cast.aino).in_time is True
    with clock.frozen(TODAY + dt.timedelta(days=15)):
        assert actions.answer(heard=late, text="Kiitos.", by=cast.aino).in_time is False


def test_a_note_of_a_meeting_is_the_writers_to_follow_up(client: Client, cast: Cast) -> None:
    webinars = method()
    cast.signed_in(client, "aino")
    noted = {
        "company": "9000011-8",
        "heard_on": "2026-11-20",
        "message": "Kaipaavat esimerkkejä.",
        "due_on": "2026-12-01",
        "open_to_company": "on",
        "method": str(webinars.pk),
    }
    assert send(client, f"{DESK}muistio/", **noted).status_code == 302
    note = Heard.objects.get()
    assert (note.organisation, note.owner, note.kind) == (cast.company, cast.aino, "note")
    assert (note.heard_on, list(note.methods.all())) == (dt.date(2026, 11, 20), [webinars])
    assert Task.objects.get().due == dt.date(2026, 12, 1)


def test_a_note_that_needs_nothing_more_is_closed_at_once(client: Client, cast: Cast) -> None:
    cast.signed_in(client, "aino")
    send(client, f"{DESK}muistio/", company="Torin kahvila", heard_on="2026-11-20", message="Kaikki hyvin.")
    note = Heard.objects.get()
    assert (note.state, note.sender, note.organisation) == ("closed", "Torin kahvila", None)
    assert not Task.objects.exists()
    assert "Jatkoa ei tarvittu." in client.get(f"{DESK}{note.pk}/").content.decode()


def test_a_note_about_tomorrow_is_refused(client: Client, cast: Cast) -> None:
    cast.signed_in(client, "aino")
    answer = send(client, f"{DESK}muistio/", company="Kahvila", heard_on="2026-11-25", message="Hyvin.")
    assert answer.status_code == 422
    assert not Heard.objects.exists()


def test_the_list_is_narrowed_by_kind_method_owner_state_and_words(client: Client, cast: Cast) -> None:
    webinars = method()
    late = received(cast, kind="suggestion", methods=[webinars], message="Webinaarit aamulla")
    Heard.objects.filter(pk=late.pk).update(due_on=TODAY.date() - dt.timedelta(days=1))
    actions.answer(heard=received(cast, message="Linkki rikki"), text="Kiitos.", by=cast.aino)
    cast.signed_in(client, "aino")
    for query in ("kind=suggestion", f"method={webinars.pk}", "state=late", "state=waiting", "q=webinaarit"):
        page = client.get(f"{DESK}?{query}").content.decode()
        assert "Webinaarit aamulla" in page, query
        assert "Linkki rikki" not in page, query
    assert "Linkki rikki" in client.get(f"{DESK}?owner={cast.aino.pk}").content.decode()


def test_what_waits_comes_before_what_has_ended(client: Client, cast: Cast) -> None:
    actions.answer(heard=received(cast, message="Ensin vastattu"), text="Kiitos.", by=cast.aino)
    received(cast, message="Vielä odottaa", kind="suggestion")
    cast.signed_in(client, "aino")
    page = client.get(DESK).content.decode()
    assert page.index("Vielä odottaa") < page.index("Ensin vastattu")


def test_the_export_holds_the_rows_of_ones_own_city_alone(client: Client, cast: Cast) -> None:
    received(cast, message="=Oma viesti")
    received(cast, city=cast.kerava, message="Keravan viesti")
    cast.signed_in(client, "aino")
    body = client.get(f"{DESK}?format=csv").getvalue().decode()
    assert "Oma viesti" in body
    assert "\n=Oma" not in body
    assert "Keravan" not in body


STEPS = ("vastaa", "kasittele", "siirra", "sulje", "vastuu", "keinot")


@pytest.mark.parametrize(
    ("who", "status"), [("aino", 200), ("riitta", 403), ("mikael", 403), ("kaisa", 404), ("oskari", 404)]
)
def test_the_steps_are_for_those_who_answer_in_the_city(
    client: Client, cast: Cast, who: str, status: int
) -> None:
    heard = received(cast)
    cast.signed_in(client, who)
    assert {client.get(f"{DESK}{heard.pk}/{step}/").status_code for step in STEPS} == {status}


@pytest.mark.parametrize(
    ("who", "status"), [("aino", 200), ("mikael", 200), ("riitta", 403), ("kaisa", 404), ("outi", 404)]
)
def test_notes_are_written_by_those_who_work_in_the_city(
    client: Client, cast: Cast, who: str, status: int
) -> None:
    cast.signed_in(client, who)
    assert client.get(f"{DESK}muistio/").status_code == status


def test_a_double_click_writes_one_note(client: Client, cast: Cast) -> None:
    cast.signed_in(client, "aino")
    noted = {"company": "Kahvila", "heard_on": "2026-11-20", "message": "Hyvin menee."}
    for key in (str(uuid.uuid4()), str(uuid.uuid4())):
        client.post(f"{DESK}muistio/", {**noted, "idempotency_key": key})
    assert Heard.objects.count() == 1


def test_a_message_to_no_person_needs_no_words_about_one(cast: Cast) -> None:
    with pytest.raises(ValidationError):
        received(cast, message="")


def test_a_long_list_asks_no_more_than_a_short_one(client: Client, cast: Cast, queries: Queries) -> None:
    received(cast)
    cast.signed_in(client, "aino")
    client.get(DESK)
    with queries() as few:
        client.get(DESK)
    first = Heard.objects.get()
    copies = [
        Heard(city=cast.jarvenpaa, message="x", due_on=first.due_on, owner=cast.aino) for _ in range(600)
    ]
    Heard.objects.bulk_create(copies)
    with queries() as many:
        client.get(DESK)
    assert len(many) <= len(few) + 1  # a long list finds the keys of its page first
