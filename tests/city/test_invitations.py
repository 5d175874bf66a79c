"""An invitation lets in the one it was sent to, once, within its time."""

from __future__ import annotations

import datetime as dt
import re
import uuid
from typing import TYPE_CHECKING

import pytest
from allauth.account.models import EmailAddress
from django.urls import reverse

from talkoot.city.accounts.models import User
from talkoot.city.accounts.roles import Role
from talkoot.city.organisations import actions
from talkoot.city.organisations.models import Invitation, Membership
from talkoot.kit import clock
from talkoot.kit.audit.models import Event
from talkoot.kit.mail.models import Message

if TYPE_CHECKING:
    from collections.abc import Callable

    from django.test import Client

    from talkoot.city.organisations.models import Municipality

PASSWORD = "metsä kuusi järvi ranta"


@pytest.fixture
def link(jarvenpaa: Municipality, person: Callable[[str], User]) -> str:
    """The address in the message of a fresh invitation."""
    actions.invite(
        email="Uusi@Jarvenpaa.example",
        organisation=jarvenpaa.organisation,
        role=Role.READER,
        by=person("administrator"),
    )
    found = re.search(r"https?://[^/]+(/\S+)", Message.objects.get().body)
    assert found
    return found[1]


def sent(**fields: str) -> dict[str, str]:
    return {"idempotency_key": str(uuid.uuid4()), **fields}


def test_a_new_person_gets_an_account_and_the_role(link: str, client: Client) -> None:
    answer = client.post(link, sent(name="Uusi", password=PASSWORD))
    assert answer.status_code == 302
    user = User.objects.get(email="uusi@jarvenpaa.example")
    assert user.check_password(PASSWORD)
    assert EmailAddress.objects.get(user=user).verified
    assert [m.role for m in user.memberships.all()] == [Role.READER]
    assert client.session["_auth_user_id"] == str(user.pk)


def test_the_page_says_what_the_role_allows(link: str, client: Client) -> None:
    assert "mutta ei muuta mitään" in client.get(link).content.decode()


def test_a_double_click_makes_one_account(link: str, client: Client) -> None:
    form = sent(name="Uusi", password=PASSWORD)
    client.post(link, form)
    assert client.post(link, form).status_code in {302, 410}
    assert User.objects.filter(email="uusi@jarvenpaa.example").count() == 1


def test_a_weak_password_is_refused_and_the_name_kept(link: str, client: Client) -> None:
    answer = client.post(link, sent(name="Uusi", password="lyhyt"))
    assert answer.status_code == 422
    assert 'value="Uusi"' in answer.content.decode()
    assert not User.objects.filter(email="uusi@jarvenpaa.example").exists()


def test_an_expired_invitation_says_when_and_what_to_do(link: str, client: Client) -> None:
    with clock.frozen(clock.now() + dt.timedelta(days=15)):
        answer = client.get(link)
    text = answer.content.decode()
    assert answer.status_code == 410
    assert "vanhentui 8.12.2026" in text
    assert "Pyydä lähettäjältä uusi" in text


def test_resending_makes_the_old_link_useless(
    link: str, client: Client, person: Callable[[str], User]
) -> None:
    actions.resend(Invitation.objects.get(), by=person("administrator"))
    assert client.get(link).status_code == 404
    assert Message.objects.count() == 2


def test_an_old_invitation_is_sent_again_not_doubled(
    link: str, jarvenpaa: Municipality, person: Callable[[str], User]
) -> None:
    actions.invite(
        email="uusi@jarvenpaa.example",
        organisation=jarvenpaa.organisation,
        role=Role.READER,
        by=person("administrator"),
    )
    assert Invitation.objects.count() == 1


def test_a_forwarded_link_does_not_open_to_another_person(
    link: str, signed_in: Callable[[str], Client]
) -> None:
    other = signed_in("adviser")
    assert "kuuluu toiselle" in other.get(link).content.decode()
    other.post(link, sent())
    assert Invitation.objects.get().accepted_at is None


def test_who_has_an_account_signs_in_first(
    jarvenpaa: Municipality, person: Callable[[str], User], client: Client
) -> None:
    actions.invite(
        email="petri@kerava.example",
        organisation=jarvenpaa.organisation,
        role=Role.READER,
        by=person("administrator"),
    )
    found = re.search(r"https?://[^/]+(/\S+)", Message.objects.get().body)
    assert found
    page = client.get(found[1]).content.decode()
    assert "Sinulla on jo tili" in page
    client.force_login(person("other_city"))
    client.post(found[1], sent())
    assert Membership.objects.filter(
        user__email="petri@kerava.example", organisation=jarvenpaa.organisation
    ).exists()


def test_the_token_is_not_in_the_database_nor_the_log(link: str) -> None:
    token = link.rstrip("/").rsplit("/", 1)[1]
    assert token not in Invitation.objects.get().token_hash
    assert all(token not in str(event.changes) for event in Event.objects.all())


def test_the_last_administrator_stays(jarvenpaa: Municipality, person: Callable[[str], User]) -> None:
    last = Membership.objects.get(organisation=jarvenpaa.organisation, role=Role.CITY_ADMIN)
    with pytest.raises(actions.LastAdministrator):
        actions.end_membership(last, by=person("administrator"))
    assert Membership.objects.filter(pk=last.pk).exists()


def test_inviting_needs_an_administrator(signed_in: Callable[[str], Client], jarvenpaa: Municipality) -> None:
    url = reverse("organisations:invite", kwargs={"city": jarvenpaa.slug})
    assert signed_in("administrator").get(url).status_code == 200
    assert signed_in("coordinator").get(url).status_code == 403
    assert signed_in("other_city").get(url).status_code == 404
    assert signed_in("nobody").get(url).status_code == 302
