"""Signing in tells no one who has an account, and a person sees all that is held about them."""

from __future__ import annotations

import json
import uuid
from typing import TYPE_CHECKING

import pytest
from django.core import mail

from talkoot.kit.audit.models import Event

if TYPE_CHECKING:
    from collections.abc import Callable

    from django.test import Client

    from talkoot.city.accounts.models import User

DEMO_PASSWORD = "talkoot-esimerkki"
pytestmark = pytest.mark.usefixtures("cities")


def sign_in(client: Client, email: str, password: str = DEMO_PASSWORD) -> str:
    answer = client.post("/tili/login/", {"login": email, "password": password}, follow=True)
    return answer.content.decode()


def test_a_demo_persona_signs_in_however_the_address_is_spelt(client: Client) -> None:
    sign_in(client, "Aino@Jarvenpaa.example")
    assert client.session["_auth_user_id"]


def test_wrong_password_and_unknown_address_read_the_same(client: Client) -> None:
    wrong = sign_in(client, "aino@jarvenpaa.example", "väärä salasana tässä")
    unknown = sign_in(client, "ei.ketaan@jarvenpaa.example", "väärä salasana tässä")
    sentence = "Sähköpostiosoite tai salasana ei täsmää."
    assert sentence in wrong
    assert sentence in unknown


def test_asking_for_a_new_password_tells_nothing(client: Client) -> None:
    known = client.post("/tili/password/reset/", {"email": "aino@jarvenpaa.example"})
    unknown = client.post("/tili/password/reset/", {"email": "ei.ketaan@jarvenpaa.example"})
    assert (known.status_code, known.headers["Location"]) == (
        unknown.status_code,
        unknown.headers["Location"],
    )
    assert [message.to for message in mail.outbox] in ([["aino@jarvenpaa.example"]], [])


def test_many_wrong_tries_are_slowed_down(client: Client) -> None:
    for _try in range(5):
        sign_in(client, "aino@jarvenpaa.example", "väärä salasana tässä")
    assert "Liian monta yritystä" in sign_in(client, "aino@jarvenpaa.example", "väärä salasana tässä")


def test_no_open_form_makes_an_account(client: Client) -> None:
    answer = client.post("/tili/signup/", {"email": "uusi@x.example", "password1": "metsä kuusi järvi ranta"})
    assert "Tilin saa kutsulla" in answer.content.decode()


def test_who_works_in_one_city_goes_straight_to_it(signed_in: Callable[[str], Client]) -> None:
    assert signed_in("coordinator").get("/tili/").headers["Location"] == "/jarvenpaa/tyotila/"
    assert signed_in("company").get("/tili/").headers["Location"] == "/oma/"


def test_ones_own_roles_are_told_in_sentences(signed_in: Callable[[str], Client]) -> None:
    text = signed_in("approver").get("/tili/omat-tiedot/").content.decode()
    assert "Hyväksyy toisen valmisteleman, ei koskaan omaansa." in text


def test_a_changed_name_is_saved_and_logged(
    signed_in: Callable[[str], Client], person: Callable[[str], User]
) -> None:
    form = {"name": "Aino K.", "language": "sv", "idempotency_key": str(uuid.uuid4())}
    answer = signed_in("coordinator").post("/tili/omat-tiedot/", form)
    assert answer.headers["Location"] == "/sv/tili/omat-tiedot/"
    assert person("coordinator").name == "Aino K."
    event = Event.objects.get(model="accounts.User", verb="edited")
    assert event.changes["name"] == ["Aino", "Aino K."]


def test_own_data_holds_ones_own_and_no_secret(signed_in: Callable[[str], Client]) -> None:
    answer = signed_in("coordinator").get("/tili/omat-tiedot/lataa/")
    found = json.loads(answer.content)
    assert found["accounts.User"][0]["email"] == "aino@jarvenpaa.example"
    assert len(found["organisations.Membership"]) == 3
    text = answer.content.decode()
    assert "password" not in text
    assert "mikael@" not in text


def test_two_step_sign_in_asks_for_the_password_first(client: Client) -> None:
    sign_in(client, "aino@jarvenpaa.example")
    page = client.get("/tili/2fa/", follow=True).content.decode()
    assert "Kaksivaiheinen kirjautuminen" in page


@pytest.mark.parametrize("language", ["", "/sv", "/en"])
@pytest.mark.parametrize(
    "path", ["/tili/login/", "/tili/password/reset/", "/tili/password/reset/done/", "/tili/signup/"]
)
def test_pages_of_signing_in_have_one_heading_in_each_language(
    client: Client, language: str, path: str
) -> None:
    text = client.get(language + path).content.decode()
    assert text.count("<h1") == 1
    assert "style=" not in text


def test_the_mail_of_a_new_password_and_a_short_one_are_in_our_own_words(client: Client) -> None:
    from django.contrib.auth.password_validation import MinimumLengthValidator
    from django.utils.translation import override

    client.post("/tili/password/reset/", {"email": "aino@jarvenpaa.example"})
    message = mail.outbox[0]
    assert message.subject == "Hanki uusi salasana"
    assert "/tili/password/reset/key/" in message.body
    assert "Valitse uusi salasana täällä:" in message.body
    assert "testserver!" not in message.body
    with override("fi"):
        assert "vähintään 12 merkkiä" in MinimumLengthValidator(12).get_error_message()
