"""Mail is part of the change that causes it, goes once, and stops when its receiver says so."""

from __future__ import annotations

import datetime as dt
import re
from email import message_from_bytes
from typing import TYPE_CHECKING, Any

import pytest
from django.core import mail
from django.db import transaction
from django.utils.translation import gettext_lazy

from talkoot.kit import clock, plate
from talkoot.kit.mail import kinds, outbox, suppression
from talkoot.kit.mail.backends import ConsoleAndFolder
from talkoot.kit.mail.jobs import deliver, forget_old
from talkoot.kit.mail.models import Message, Suppression

if TYPE_CHECKING:
    from pathlib import Path

    from django.test import Client

pytestmark = pytest.mark.django_db
LETTER = plate.MailKind(kind="letter", label=gettext_lazy("Newsletter"), subscription=True)


@pytest.fixture(autouse=True)
def _templates(settings: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "letter.txt").write_text("Hei {{ name }},\n\n\n\n{{ origin }}  \n")
    settings.TEMPLATES = [{**settings.TEMPLATES[0], "DIRS": [tmp_path]}]
    known = plate.offers(plate.MailKind)
    monkeypatch.setattr(kinds, "offers", lambda _kind: [*known, LETTER])


def send(**more: Any) -> Message:
    values = {
        "to": "aino@example.org",
        "subject": "Kutsu",
        "template": "letter.txt",
        "context": {"name": "Aino & co"},
    }
    return outbox.send(**{**values, "language": "fi", **more})


def test_a_message_is_written_and_sent() -> None:
    message = send()
    message.refresh_from_db()
    assert (message.state, message.sent_at) == (Message.State.SENT, clock.now())
    (sent,) = mail.outbox
    assert (sent.to, sent.subject) == (["aino@example.org"], "Kutsu")
    assert sent.body == "Hei Aino & co,\n\nhttp://127.0.0.1:8000\n"


def change_and_fail() -> None:
    with transaction.atomic():
        send()
        raise ZeroDivisionError


def test_a_change_that_is_taken_back_leaves_nothing_in_the_outbox() -> None:
    with pytest.raises(ZeroDivisionError):
        change_and_fail()
    assert not Message.objects.exists()


def test_subject_and_text_are_in_the_receivers_language() -> None:
    subject = gettext_lazy("Your invitation, %(name)s")
    assert send(subject=subject, language="en").subject == "Your invitation, Aino & co"


def test_a_subject_is_one_line() -> None:
    assert send(subject="a\r\nBcc: x@example.org").subject == "a Bcc: x@example.org"


def test_a_kind_that_no_plate_names_is_refused() -> None:
    with pytest.raises(kinds.UnknownKind):
        send(kind="lettre")


def test_a_message_that_was_sent_is_not_sent_again() -> None:
    message = send()
    deliver.enqueue(message.pk)
    assert len(mail.outbox) == 1


class Refusing:
    """A mail server that refuses everything."""

    def __init__(self, **_: Any) -> None: ...

    def send_messages(self, messages: Any) -> int:
        message = "mailbox full"
        raise OSError(message)


def test_what_the_server_refuses_is_tried_five_times_and_kept(settings: Any) -> None:
    settings.EMAIL_BACKEND = f"{__name__}.Refusing"
    message = send()
    states = []
    for _try in range(4):
        message.refresh_from_db()
        states.append(message.state)
        deliver.enqueue(message.pk)
    message.refresh_from_db()
    assert (states, message.state) == (["queued"] * 4, "failed")
    assert (message.tries, message.error) == (5, "OSError: mailbox full")


def test_who_does_not_want_a_kind_gets_none_and_other_kinds_still() -> None:
    suppression.suppress("Aino@Example.org ", "letter")
    assert send(kind="letter").state == Message.State.SUPPRESSED
    send(kind="notice")
    assert len(mail.outbox) == 1


def test_who_wants_no_mail_at_all_gets_none() -> None:
    suppression.suppress("aino@example.org")
    assert send().state == Message.State.SUPPRESSED
    suppression.allow("aino@example.org")
    send()
    assert len(mail.outbox) == 1


def test_the_list_holds_no_address() -> None:
    suppression.suppress("aino@example.org", "letter")
    suppression.suppress("aino@example.org", "letter")
    row = Suppression.objects.get()
    assert "aino" not in row.address_hash


def unsubscribe_path() -> str:
    (sent,) = mail.outbox
    found = re.fullmatch(r"<http://127\.0\.0\.1:8000(/.+)>", sent.message()["List-Unsubscribe"])
    assert found
    assert found[1] in sent.body
    return found[1]


def test_a_subscription_is_ended_with_one_click_of_the_mail_program(client: Client) -> None:
    send(kind="letter")
    assert mail.outbox[0].message()["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    client.handler.enforce_csrf_checks = True
    answer = client.post(unsubscribe_path(), {"List-Unsubscribe": "One-Click"})
    assert answer.status_code == 200
    assert suppression.is_suppressed("aino@example.org", "letter")


def test_opening_the_link_asks_and_ends_nothing(client: Client) -> None:
    send(kind="letter", language="en")
    page = client.get(unsubscribe_path()).content.decode()
    assert "aino@example.org" in page
    assert "Newsletter" in page
    assert not suppression.is_suppressed("aino@example.org", "letter")


def test_a_made_up_link_leads_nowhere(client: Client) -> None:
    assert client.post("/tili/tilaus/x:y/").status_code == 404


def test_a_message_about_ones_own_matters_has_no_unsubscribe() -> None:
    send()
    assert mail.outbox[0].message()["List-Unsubscribe"] is None


def test_without_a_mail_server_mail_is_a_file(
    settings: Any, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    settings.TALKOOT_DATA = tmp_path
    letter = mail.EmailMessage("Kutsu", "Hyvää huomenta", to=["aino/../@example.org"])
    assert ConsoleAndFolder().send_messages([letter]) == 1
    (place,) = (tmp_path / "mail").iterdir()
    assert message_from_bytes(place.read_bytes())["Subject"] == "Kutsu"
    assert "Mail to aino/../@example.org: Kutsu" in capsys.readouterr().out


def test_messages_are_forgotten_after_90_days() -> None:
    send()
    with clock.frozen(clock.now() + dt.timedelta(days=91)):
        assert forget_old.enqueue().return_value == 1
