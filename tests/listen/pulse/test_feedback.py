"""Feedback from anyone, answered within 14 days."""

from __future__ import annotations

import datetime as dt
import uuid
from typing import TYPE_CHECKING, Any

import pytest
from django.utils.translation import override

from talkoot.city.accounts.roles import Role
from talkoot.city.agenda.models import Task
from talkoot.kit import clock
from talkoot.kit.audit import log
from talkoot.kit.mail.models import Message
from talkoot.kit.states import NotAllowedNow
from talkoot.listen.pulse import actions, limits
from talkoot.listen.pulse.links import of_task
from talkoot.listen.pulse.models import Heard
from talkoot.listen.pulse.views.public import own_page
from tests.cast import person
from tests.conftest import TODAY

if TYPE_CHECKING:
    from django.http import HttpResponse
    from django.test import Client

    from tests.cast import Cast
    from tests.listen.queries import Queries

HERE = "/jarvenpaa/palaute/"


def send(client: Client, to: str = HERE, **data: str) -> HttpResponse:
    given = {"message": "Linkki ei toimi.", "idempotency_key": str(uuid.uuid4())} | data
    return client.post(to, given)  # type: ignore[return-value]  # the test client's own response


def received(cast: Cast, **more: Any) -> Heard:
    return actions.receive(city=cast.jarvenpaa, message="Linkki ei toimi.", by=cast.outi, **more)


def test_anyone_sends_feedback_and_hears_by_when_it_is_answered(client: Client, cast: Cast) -> None:
    assert "8 December 2026" in client.get("/en" + HERE).content.decode().replace("\u00a0", " ")
    answer = send(client, email="lukija@example.example", page="/kirjasto/")
    assert answer.status_code == 302
    kept = Heard.objects.get()
    assert (kept.city, kept.page, kept.email) == (cast.jarvenpaa, "/kirjasto/", "lukija@example.example")
    assert kept.due_on == dt.date(2026, 12, 8)
    assert client.get(answer["Location"]).status_code == 200


def test_feedback_is_given_without_a_city_too(client: Client, cast: Cast) -> None:
    assert send(client, "/sv/palaute/").status_code == 302
    kept = Heard.objects.get()
    assert (kept.city, kept.language) == (None, "sv")
    assert not Task.objects.exists()


def test_the_page_comes_along_from_the_footer(client: Client, cast: Cast) -> None:
    assert 'value="/kirjasto/M05/"' in client.get(HERE + "?sivu=/kirjasto/M05/").content.decode()
    front = client.get("/jarvenpaa/kysely/").content.decode()
    assert 'href="/jarvenpaa/palaute/?sivu=/jarvenpaa/kysely/"' in front


@pytest.mark.parametrize(
    "address", ["//evil.example/", "https://evil.example/", "javascript:alert(1)", "/a\\b", "/a b", "x"]
)
def test_an_address_that_is_not_ours_is_let_go(client: Client, cast: Cast, address: str) -> None:
    assert own_page(address) == ""
    assert send(client, page=address).status_code == 422
    assert not Heard.objects.exists()


def test_what_was_typed_is_kept_beside_the_error(client: Client, cast: Cast) -> None:
    answer = send(client, email="not an address")
    page = answer.content.decode()
    assert answer.status_code == 422
    assert "Linkki ei toimi." in page
    assert "not an address" in page


def test_a_double_click_sends_once(client: Client, cast: Cast) -> None:
    key = str(uuid.uuid4())
    first, second = (send(client, idempotency_key=key) for _click in range(2))
    assert first["Location"] == second["Location"]
    assert Heard.objects.count() == 1


def test_a_program_that_fills_every_field_is_thanked_and_not_kept(client: Client, cast: Cast) -> None:
    assert send(client, website="http://spam.example/").status_code == 302
    assert not Heard.objects.exists()


def test_one_address_sends_so_much_in_an_hour_and_keeps_its_text(client: Client, cast: Cast) -> None:
    for _message in range(limits.AT_MOST):
        assert send(client).status_code == 302
    answer = send(client)
    assert answer.status_code == 429
    assert "Linkki ei toimi." in answer.content.decode()
    assert Heard.objects.count() == limits.AT_MOST


def test_the_coordinator_gets_a_task_that_leads_to_the_feedback(cast: Cast) -> None:
    feedback = received(cast)
    task = Task.objects.get()
    assert (task.owner, task.due, task.city) == (cast.aino, feedback.due_on, cast.jarvenpaa)
    with override("fi"):
        assert of_task(task) == f"/jarvenpaa/tyotila/palaute/{feedback.pk}/"


def test_an_answer_is_mailed_the_address_forgotten_and_the_task_done(cast: Cast) -> None:
    feedback = received(cast, email="lukija@example.example", language="sv")
    actions.answer(heard=feedback, text="Länken är rättad.", by=cast.aino)
    feedback.refresh_from_db()
    mail = Message.objects.get()
    assert (mail.to, mail.language) == ("lukija@example.example", "sv")
    assert "Länken är rättad." in mail.body
    assert (feedback.state, feedback.email, feedback.answered_by) == ("answered", "", cast.aino)
    assert feedback.mailed_at == TODAY
    assert Task.objects.get().state == Task.State.DONE


def test_without_an_address_the_answer_is_kept_and_nothing_is_mailed(cast: Cast) -> None:
    feedback = actions.answer(heard=received(cast), text="Korjattu.", by=cast.aino)
    assert (feedback.answer, feedback.mailed_at) == ("Korjattu.", None)
    assert not Message.objects.exists()


def test_what_was_handed_over_can_still_be_answered(cast: Cast) -> None:
    feedback = actions.hand_over(heard=received(cast), to="Kunnossapito", by=cast.aino)
    assert (feedback.state, feedback.handed_to) == ("handed_over", "Kunnossapito")
    assert actions.answer(heard=feedback, text="Korjattu.", by=cast.aino).state == "answered"


def test_the_second_answer_is_told_that_it_came_late(client: Client, cast: Cast) -> None:
    feedback = received(cast)
    actions.answer(heard=feedback, text="Korjattu.", by=cast.aino)
    with pytest.raises(NotAllowedNow):
        actions.answer(heard=Heard.objects.get(), text="Toinen.", by=cast.aino)
    cast.signed_in(client, "aino")
    address = f"/jarvenpaa/tyotila/palaute/{feedback.pk}/vastaa/"
    late = client.post(address, {"answer": "Toinen.", "idempotency_key": str(uuid.uuid4())})
    assert late.status_code == 409
    assert "Korjattu." in late.content.decode()
    assert Heard.objects.get().answer == "Korjattu."


@pytest.mark.parametrize("step", ["vastaa", "siirra"])
def test_what_has_been_answered_shows_the_answer_and_no_form(client: Client, cast: Cast, step: str) -> None:
    feedback = actions.answer(heard=received(cast), text="Korjattu.", by=cast.aino)
    cast.signed_in(client, "aino")
    answer = client.get(f"/en/jarvenpaa/tyotila/palaute/{feedback.pk}/{step}/")
    page = answer.content.decode()
    assert answer.status_code == 200
    assert "This message has been answered" in page
    assert "Korjattu." in page
    assert 'name="idempotency_key"' not in page


def test_the_one_who_answers_sees_how_many_days_are_left(client: Client, cast: Cast) -> None:
    feedback = received(cast)
    cast.signed_in(client, "aino")
    page = client.get(f"/en/jarvenpaa/tyotila/palaute/{feedback.pk}/vastaa/").content.decode()
    assert "14 days left" in page.replace("\u00a0", " ")
    assert "answer by 8 December 2026" in page.replace("\u00a0", " ")


def test_the_log_knows_the_steps_and_not_the_words(cast: Cast) -> None:
    feedback = received(cast, email="lukija@example.example")
    actions.answer(heard=feedback, text="Korjattu ja kiitos.", by=cast.aino)
    events = list(log.timeline(feedback))
    assert {event.verb for event in events} == {"received", "answered"}
    text = " ".join(f"{event.object_name} {event.changes}" for event in events)
    assert not any(word in text for word in ("Linkki", "Korjattu", "lukija"))


def test_late_feedback_is_late_and_says_by_how_much(client: Client, cast: Cast) -> None:
    feedback = received(cast)
    assert (feedback.days_left, feedback.is_late) == (14, False)
    with clock.frozen(TODAY + dt.timedelta(days=16)):
        assert (feedback.days_late, feedback.is_late) == (2, True)
        assert Heard.objects.late().count() == 1  # type: ignore[attr-defined]  # our queryset
        cast.signed_in(client, "aino")
        page = client.get("/en/jarvenpaa/tyotila/palaute/").content.decode()
    assert "2 days late" in page
    assert "past its due day" in page


@pytest.mark.parametrize(
    ("who", "statuses"),
    [
        ("aino", (200, 200, 200, 200)),  # coordinator of the city
        ("riitta", (200, 200, 403, 403)),  # reader of the city
        ("kaisa", (404, 404, 404, 404)),  # works in another city
        ("oskari", (404, 404, 404, 404)),  # represents a company
        ("outi", (404, 404, 404, 404)),  # has no role
    ],
)
def test_feedback_is_read_by_the_staff_of_its_city(
    client: Client, cast: Cast, who: str, statuses: tuple[int, ...]
) -> None:
    feedback = received(cast)
    cast.signed_in(client, who)
    pages = ("", f"{feedback.pk}/", f"{feedback.pk}/vastaa/", f"{feedback.pk}/siirra/")
    assert tuple(client.get(f"/jarvenpaa/tyotila/palaute/{page}").status_code for page in pages) == statuses


def test_feedback_to_no_city_is_answered_by_any_city(client: Client, cast: Cast) -> None:
    feedback = actions.receive(city=None, message="Hei.", by=cast.outi)
    cast.signed_in(client, "kaisa")
    address = f"/kerava/tyotila/palaute/{feedback.pk}/vastaa/"
    assert (
        client.post(address, {"answer": "Hei hei.", "idempotency_key": str(uuid.uuid4())}).status_code == 302
    )
    assert Heard.objects.get().state == "answered"


def test_a_city_without_a_coordinator_still_gets_the_task(cast: Cast) -> None:
    cast.jarvenpaa.organisation.memberships.filter(role=Role.COORDINATOR).delete()
    received(cast)
    assert Task.objects.get().owner is None
    leena = person("Leena", cast.jarvenpaa.organisation, Role.COMMUNICATOR)
    assert actions.owner_of(cast.jarvenpaa) == leena


def test_a_message_has_a_limit(client: Client, cast: Cast) -> None:
    assert send(client, message="a" * 5001).status_code == 422
    assert not Heard.objects.exists()


def test_the_list_asks_no_more_for_more_rows(client: Client, cast: Cast, queries: Queries) -> None:
    received(cast)
    cast.signed_in(client, "aino")
    client.get("/jarvenpaa/tyotila/palaute/")
    with queries() as one:
        client.get("/jarvenpaa/tyotila/palaute/")
    for _feedback in range(15):
        received(cast)
    with queries() as many:
        client.get("/jarvenpaa/tyotila/palaute/")
    assert len(one) == len(many)
