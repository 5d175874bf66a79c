"""Tasks reach the right person once, and no calendar opens to a stranger."""

from __future__ import annotations

import datetime as dt
import uuid
from http import HTTPStatus
from typing import TYPE_CHECKING, Any

import pytest
from django.core.exceptions import PermissionDenied
from django.urls import reverse

from talkoot.city.agenda import actions, jobs
from talkoot.city.agenda.models import CalendarFeed, Task
from talkoot.kit import clock
from talkoot.kit.audit import log
from talkoot.kit.mail.models import Message
from talkoot.kit.states import NotAllowedNow, ReasonNeeded

if TYPE_CHECKING:
    from collections.abc import Callable

    from django.test import Client

    from talkoot.city.accounts.models import User
    from talkoot.city.organisations.models import Municipality


@pytest.fixture
def task(jarvenpaa: Municipality, person: Callable[[str], User]) -> Task:
    return actions.create_task(
        city=jarvenpaa,
        title="Vahvista puhuja",
        owner=person("coordinator"),
        unit=None,
        due=clock.today() + dt.timedelta(days=5),
        verb="act",
        by=person("administrator"),
        checklist=["Soita", "Kirjoita", "Soita"],
    )


def post(client: Client, name: str, task: Task, **fields: str) -> Any:
    url = reverse(f"agenda:{name}", kwargs={"city": task.city.slug, "pk": task.pk})
    return client.post(url, {"idempotency_key": str(uuid.uuid4()), **fields})


def test_a_task_has_its_steps_once_and_a_reminder_three_days_before(task: Task) -> None:
    assert [item.text for item in task.items.all()] == ["Soita", "Kirjoita"]
    assert task.reminder_at is not None
    assert task.reminder_at.date() == task.due - dt.timedelta(days=3)


def test_the_owner_is_reminded_once(task: Task) -> None:
    assert jobs.remind.func() == 0
    with clock.frozen(clock.now() + dt.timedelta(days=3)):
        assert jobs.remind.func() == 1
        assert jobs.remind.func() == 0
    message = Message.objects.get()
    assert message.to == "aino@jarvenpaa.example"
    assert "Vahvista puhuja" in message.subject
    assert task.get_absolute_url() in message.body


def test_a_task_without_an_owner_reminds_its_unit(task: Task) -> None:
    Task.objects.filter(pk=task.pk).update(owner=None, unit=task.city.units.get(code="VIE"))
    with clock.frozen(clock.now() + dt.timedelta(days=3)):
        jobs.remind.func()
    assert [message.to for message in Message.objects.all()] == ["sanna@jarvenpaa.example"]


def test_a_done_task_reminds_no_one(task: Task, person: Callable[[str], User]) -> None:
    actions.finish(task, by=person("coordinator"))
    with clock.frozen(clock.now() + dt.timedelta(days=30)):
        assert jobs.remind.func() == 0


def test_done_and_open_again(task: Task, signed_in: Callable[[str], Client]) -> None:
    client = signed_in("coordinator")
    post(client, "done", task)
    task.refresh_from_db()
    assert (task.state, task.done_at is not None) == ("done", True)
    post(client, "done", task)
    task.refresh_from_db()
    assert (task.state, task.done_at) == ("open", None)


def test_two_who_finish_at_once_do_it_once(task: Task, person: Callable[[str], User]) -> None:
    actions.finish(Task.objects.get(pk=task.pk), by=person("coordinator"))
    with pytest.raises(NotAllowedNow):
        actions.finish(task, by=person("adviser"))


def test_dropping_takes_a_reason_that_stays_in_the_log(
    task: Task, person: Callable[[str], User], signed_in: Callable[[str], Client]
) -> None:
    with pytest.raises(ReasonNeeded):
        actions.drop(task, by=person("coordinator"), reason="")
    assert post(signed_in("coordinator"), "drop", task, reason="").status_code == 422
    post(signed_in("coordinator"), "drop", task, reason="Tilaisuus peruttiin")
    assert log.timeline(task)[0].reason == "Tilaisuus peruttiin"


def test_the_list_shows_ones_own_open_tasks_late_first(
    task: Task, jarvenpaa: Municipality, person: Callable[[str], User], signed_in: Callable[[str], Client]
) -> None:
    late = clock.today() - dt.timedelta(days=2)
    for owner, title in (("coordinator", "Myöhäinen oma"), ("adviser", "Toisen tehtävä")):
        actions.create_task(
            city=jarvenpaa, title=title, owner=person(owner), unit=None, due=late, verb="act", by=None
        )
    url = reverse("agenda:list", kwargs={"city": jarvenpaa.slug})
    text = signed_in("coordinator").get(url).content.decode()
    assert text.index("Myöhäinen oma") < text.index("Vahvista puhuja")
    assert "Toisen tehtävä" not in text
    assert "Toisen tehtävä" in signed_in("coordinator").get(url, {"whose": "all"}).content.decode()


def test_the_list_asks_as_many_queries_for_twenty_rows_as_for_one(
    jarvenpaa: Municipality, person: Callable[[str], User], signed_in: Callable[[str], Client], queries: Any
) -> None:
    client, url = signed_in("coordinator"), reverse("agenda:list", kwargs={"city": jarvenpaa.slug})
    counts = []
    for amount in (1, 19):
        for number in range(amount):
            actions.create_task(
                city=jarvenpaa,
                title=f"Tehtävä {amount} {number}",
                owner=person("coordinator"),
                unit=jarvenpaa.units.first(),
                due=clock.today(),
                verb="act",
                by=None,
            )
        client.get(url)
        with queries() as asked:
            client.get(url)
        counts.append(len(asked))
    assert counts[0] == counts[1]


def test_a_second_writer_sees_both_versions(task: Task, signed_in: Callable[[str], Client]) -> None:
    form = {
        "title": "Minun otsikkoni",
        "verb": "act",
        "due": "2026-12-01",
        "remind": "3",
        "steps": "",
        "version": "1",
    }
    assert post(signed_in("coordinator"), "edit", task, **form).status_code == 302
    answer = post(signed_in("adviser"), "edit", task, **{**form, "title": "Toinen otsikko"})
    assert answer.status_code == 409
    text = answer.content.decode()
    assert "Minun otsikkoni" in text
    assert "Toinen otsikko" in text


def test_a_stranger_does_not_tick_a_step(task: Task, person: Callable[[str], User]) -> None:
    item = task.items.all()[0]
    with pytest.raises(PermissionDenied):
        actions.tick(item, done=True, by=person("other_city"))


def test_the_calendar_holds_ones_open_tasks_and_renews(
    task: Task, person: Callable[[str], User], client: Client
) -> None:
    feed = actions.renew_feed(person("coordinator"))
    url = reverse("task_feed", kwargs={"token": feed.token})
    answer = client.get(url)
    assert answer["Content-Type"].startswith("text/calendar")
    assert "Vahvista puhuja" in answer.content.decode()
    actions.renew_feed(person("coordinator"))
    assert client.get(url).status_code == 404


def test_what_is_in_the_database_does_not_open_the_calendar(
    person: Callable[[str], User], client: Client
) -> None:
    feed = actions.renew_feed(person("coordinator"))
    assert client.get(reverse("task_feed", kwargs={"token": feed.nonce})).status_code == 404


def test_the_calendar_of_a_closed_account_is_shut(person: Callable[[str], User], client: Client) -> None:
    feed = actions.renew_feed(person("coordinator"))
    person("coordinator").__class__.objects.filter(email="aino@jarvenpaa.example").update(is_active=False)
    assert CalendarFeed.objects.all().by_token(feed.token) is None  # type: ignore[attr-defined]  # our queryset


@pytest.mark.parametrize(
    ("role", "see", "edit"),
    [
        ("coordinator", 200, 200),
        ("approver", 200, 200),
        ("other_city", 404, 404),
        ("company", 404, 404),
        ("nobody", 302, 302),
    ],
)
def test_who_sees_and_who_edits(
    role: str, see: int, edit: int, task: Task, signed_in: Callable[[str], Client]
) -> None:
    client = signed_in(role)
    assert client.get(task.get_absolute_url()).status_code == see
    assert client.get(reverse("agenda:edit", kwargs={"city": "jarvenpaa", "pk": task.pk})).status_code == edit


def test_a_refused_change_stands_in_its_field_and_the_page_says_what_is_saved(
    task: Task, person: Callable[[str], User], client: Client
) -> None:
    client.force_login(person("coordinator"))
    answer = post(client, "edit", task, title="Vahvista toinen puhuja", due="huomenna", verb="act")
    assert answer.status_code == HTTPStatus.UNPROCESSABLE_ENTITY
    assert answer.context["form"]["title"].value() == "Vahvista toinen puhuja"
    assert str(answer.context["object"]) == "Vahvista puhuja"
