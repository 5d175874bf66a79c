"""The ends of what was heard: an answer, someone else's matter, or a reason why there is no answer."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import transaction
from django.utils.translation import gettext_lazy

from talkoot.kit import clock
from talkoot.kit.mail import outbox
from talkoot.kit.states import transition
from talkoot.listen.pulse.actions.owning import finish_tasks
from talkoot.listen.pulse.models import Heard

if TYPE_CHECKING:
    from talkoot.kit.access.request import AnyUser


@transaction.atomic
def answer(*, heard: Heard, text: str, by: AnyUser) -> Heard:
    """Answer, and mail the answer to the address if one was left.

    Raises:
        NotAllowedNow: someone has answered already.
        PermissionDenied: the person may not answer what this city hears.
    """
    stamps = {"answered_at": clock.now(), "answered_by": by, "in_time": clock.today() <= heard.due_on}
    transition(heard, Heard.State.ANSWERED, by=by, answer=text, **stamps)
    _mail_answer(heard)
    forget_contact(heard)
    finish_tasks(heard, by)
    return heard


def _mail_answer(heard: Heard) -> None:
    """To the address that was left, or to the company's person, who keeps the account."""
    from_company = heard.sent_by if heard.kind != Heard.Kind.NOTE else None
    to = heard.email or (from_company.email if from_company and from_company.is_active else "")
    if not to:
        return
    outbox.send(
        to=to,
        subject=gettext_lazy("Your message has been answered"),
        template="pulse/mail/answer.txt",
        context={"heard": heard, "left": bool(heard.email)},
        language=heard.language,
    )
    heard.mailed_at = clock.now()
    heard.save(update_fields=("mailed_at",))


def forget_contact(heard: Heard) -> None:
    """How to reach the sender was told for the answer alone."""
    heard.email = heard.phone = heard.sender = ""
    heard.save(update_fields=("email", "phone", "sender"))


@transaction.atomic
def hand_over(*, heard: Heard, to: str, by: AnyUser) -> Heard:
    """Note to whom outside the work the matter belongs; raises as `answer`."""
    transition(heard, Heard.State.HANDED_OVER, by=by, handed_to=to)
    finish_tasks(heard, by)
    return heard


@transaction.atomic
def close(*, heard: Heard, reason: str, by: AnyUser) -> Heard:
    """End it without an answer; the company that sent it reads the reason. Raises as `answer`."""
    transition(heard, Heard.State.CLOSED, by=by, closed_because=reason)
    forget_contact(heard)
    finish_tasks(heard, by)
    return heard
