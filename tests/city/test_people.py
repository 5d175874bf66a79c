"""Who works in a city, one row a person, and what a person may see and change of their own."""

from __future__ import annotations

import csv
import io
import uuid
from typing import TYPE_CHECKING, Any

import pytest
from django.core import mail
from django.urls import reverse

from talkoot.city.accounts.roles import ABOUT, Role
from talkoot.city.organisations import actions
from talkoot.city.organisations.models import Membership, Organisation, Representation
from talkoot.kit.audit import log

if TYPE_CHECKING:
    from collections.abc import Callable

    from django.test import Client

    from talkoot.city.accounts.models import User
    from talkoot.city.organisations.models import Municipality

PEOPLE = "/jarvenpaa/tyotila/henkilot/"


def key() -> dict[str, str]:
    return {"idempotency_key": str(uuid.uuid4())}


def test_a_person_with_three_roles_is_one_row_with_all_three(
    signed_in: Callable[[str], Client], person: Callable[[str], User]
) -> None:
    answer = signed_in("administrator").get(PEOPLE)
    rows = [row.obj for row in answer.context["table"].rows]
    assert rows.count(person("coordinator")) == 1
    page = answer.content.decode()
    held = [Role(m.role) for m in person("coordinator").memberships.all()]
    assert len(held) == 3
    for role in held:
        assert str(ABOUT[role].sentence) in page


def test_people_are_found_by_name_and_role_and_exported(signed_in: Callable[[str], Client]) -> None:
    elina = signed_in("administrator")
    found = elina.get(PEOPLE, {"q": "oskari"}).context["table"].rows
    assert [str(row.obj) for row in found] == ["Oskari"]
    text = elina.get(PEOPLE, {"role": "adviser", "format": "csv"}).content.decode("utf-8-sig")
    rows = list(csv.reader(io.StringIO(text)))
    assert [row[0] for row in rows[1:]] == ["Oskari"]


def test_who_does_not_give_roles_is_offered_no_way_to(signed_in: Callable[[str], Client]) -> None:
    assert "/rooli/" not in signed_in("approver").get(PEOPLE).content.decode()


def test_a_role_that_the_person_has_already_is_refused_beside_it(
    signed_in: Callable[[str], Client], person: Callable[[str], User], jarvenpaa: Municipality
) -> None:
    held = person("coordinator").memberships.get(role=Role.COORDINATOR)
    address = reverse("organisations:change_role", kwargs={"city": "jarvenpaa", "pk": held.pk})
    answer = signed_in("administrator").post(address, {"role": Role.METHOD_EDITOR, **key()})
    assert answer.status_code == 422
    assert "on jo tämä rooli" in answer.content.decode()


def test_the_last_administrator_is_not_made_a_reader(
    signed_in: Callable[[str], Client], person: Callable[[str], User], jarvenpaa: Municipality
) -> None:
    held = person("administrator").memberships.get(role=Role.CITY_ADMIN)
    address = reverse("organisations:change_role", kwargs={"city": "jarvenpaa", "pk": held.pk})
    answer = signed_in("administrator").post(address, {"role": Role.DPO, **key()})
    assert answer.status_code == 422
    held.refresh_from_db()
    assert held.role == Role.CITY_ADMIN


@pytest.fixture
def asked(jarvenpaa: Municipality, person: Callable[[str], User]) -> Representation:
    return actions.ask_to_represent(
        organisation=Organisation.objects.get(business_id="9000115-3"),
        city=jarvenpaa,
        role="company_admin",
        position="Leipuri",
        message="",
        by=person("company"),
    )


def withdraw(client: Client, request: Representation) -> Any:
    return client.post(reverse("organisations:withdraw_own", kwargs={"pk": request.pk}), key())


def test_ones_own_request_is_withdrawn_and_the_log_keeps_it(
    asked: Representation, signed_in: Callable[[str], Client], person: Callable[[str], User]
) -> None:
    client = signed_in("company")
    assert str(asked.organisation) in client.get("/tili/omat-tiedot/").content.decode()
    withdraw(client, asked)
    asked.refresh_from_db()
    assert asked.state == "withdrawn"
    assert log.timeline(asked)[0].actor == person("company")
    assert not Membership.objects.filter(user=asked.user, organisation=asked.organisation).exists()


def test_an_answered_request_is_not_withdrawn_and_the_page_says_why(
    asked: Representation, signed_in: Callable[[str], Client], person: Callable[[str], User]
) -> None:
    actions.decide(asked, "approved", by=person("adviser"), reason="Soitettiin.")
    client = signed_in("company")
    answer = withdraw(client, asked)
    asked.refresh_from_db()
    assert asked.state == "approved"
    assert "Mitään ei muutettu" in client.get(answer.url).content.decode()


def test_nobody_withdraws_the_request_of_another(
    asked: Representation, signed_in: Callable[[str], Client]
) -> None:
    assert withdraw(signed_in("adviser"), asked).status_code == 404


def test_ones_own_page_leads_to_work_tasks_and_data(
    signed_in: Callable[[str], Client], jarvenpaa: Municipality
) -> None:
    page = signed_in("coordinator").get("/tili/omat-tiedot/").content.decode()
    for address in ("/jarvenpaa/tyotila/", "/tili/omat-tiedot/lataa/", "/tietosuoja/", "/tili/email/"):
        assert f'href="{address}"' in page, address


def test_a_changed_password_is_told_to_its_owner_in_their_language(
    signed_in: Callable[[str], Client], person: Callable[[str], User]
) -> None:
    user = person("coordinator")
    user.language = "sv"
    user.set_password("gammal sten vid stranden")
    user.save()
    client = signed_in("coordinator")
    new = "ny sten vid stranden"
    client.post(
        "/en/tili/password/change/",
        {"oldpassword": "gammal sten vid stranden", "password1": new, "password2": new},
    )
    message = mail.outbox[-1]
    assert message.subject == "Ditt lösenord har bytts"
    assert "huvudanvändare" in message.body


@pytest.mark.parametrize(
    ("language", "words"),
    [("", "Olet kirjautunut ulos"), ("/sv", "Du har loggat ut"), ("/en", "You have signed out")],
)
def test_signing_out_is_said_in_the_readers_language(
    signed_in: Callable[[str], Client], language: str, words: str
) -> None:
    client = signed_in("coordinator")
    answer = client.post(f"{language}/tili/logout/", follow=True)
    assert words in answer.content.decode()
