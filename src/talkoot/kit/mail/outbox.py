"""Writing to people: `send` is part of the change that causes it, delivery follows by a job."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.core.mail import EmailMessage
from django.db import transaction
from django.template import Context
from django.template.loader import get_template
from django.urls import reverse
from django.utils.translation import override

from talkoot.kit import clock
from talkoot.kit.mail import kinds, suppression
from talkoot.kit.mail.models import Message

if TYPE_CHECKING:
    from django.utils.functional import _StrPromise


@transaction.atomic
def send(
    *,
    to: str,
    subject: str | _StrPromise,
    template: str,
    context: dict[str, Any] | None = None,
    language: str,
    kind: str = "notice",
) -> Message:
    """Put one message into the outbox; it leaves only if the running transaction is committed.

    `template` is a text file rendered with `context`, `origin` and `language` in the receiver's language; a lazy
    `subject` is put into words there too, with the context's values in its %(name)s. A suppressed receiver gets
    nothing, and the outbox says so. Raises kinds.UnknownKind.
    """
    kinds.named(kind)
    values = {"origin": settings.TALKOOT_ORIGIN, "language": language, **(context or {})}
    with override(language):
        title = str(subject)
        title = title % values if "%(" in title else title
        body = _text(template, values)
    state = Message.State.SUPPRESSED if suppression.is_suppressed(to, kind) else Message.State.QUEUED
    message = Message.objects.create(
        to=to.strip(),
        kind=kind,
        subject=" ".join(title.split())[:200],
        body=_tidy(body),
        language=language,
        state=state,
    )
    if state == Message.State.QUEUED:
        from talkoot.kit.mail.jobs import deliver  # noqa: PLC0415 -- the job imports this module

        deliver.enqueue(message.pk)
    return message


def hand_over(message: Message) -> Message.State:
    """Give a waiting message to the mail server, once; returns its state. Raises what the backend raises.

    A worker that dies after the server has taken the message sends it again with the same Message-ID.
    """
    if message.state != Message.State.QUEUED:
        return Message.State(message.state)
    if suppression.is_suppressed(message.to, message.kind):
        message.state = Message.State.SUPPRESSED
    else:
        _mail(message).send()
        message.state, message.sent_at, message.error = Message.State.SENT, clock.now(), ""
    message.tries += 1
    message.save(update_fields=("state", "sent_at", "error", "tries"))
    return message.state


def unsubscribe_url(message: Message) -> str:
    """The full address of the page, and of the one click, that ends the subscription."""
    with override(message.language):
        path = reverse("mail:unsubscribe", kwargs={"token": suppression.token(message.to, message.kind)})
    return f"{settings.TALKOOT_ORIGIN}{path}"


def _mail(message: Message) -> EmailMessage:
    domain = settings.DEFAULT_FROM_EMAIL.rpartition("@")[2].rstrip(">")
    headers = {
        "Message-ID": f"<outbox-{message.pk}-{message.created_at:%Y%m%d%H%M%S}@{domain}>",
        "Content-Language": message.language,
        "Auto-Submitted": "auto-generated",
    }
    body = message.body
    if kinds.named(message.kind).subscription:
        url = unsubscribe_url(message)
        headers |= {"List-Unsubscribe": f"<{url}>", "List-Unsubscribe-Post": "List-Unsubscribe=One-Click"}
        with override(message.language):
            body += "\n" + _text("mail/unsubscribe.txt", {"url": url})
    return EmailMessage(message.subject, body, to=[message.to], headers=headers)


def _text(template: str, values: dict[str, Any]) -> str:
    """Rendered as plain text: & stays &."""
    engine: Any = get_template(template)
    return str(engine.template.render(Context(values, autoescape=False)))


def _tidy(body: str) -> str:
    """No space at line ends, at most one empty line in a row, one line end at the end."""
    lines = [line.rstrip() for line in body.strip().splitlines()]
    kept = [line for number, line in enumerate(lines) if line or lines[number - 1]]
    return "\n".join(kept) + "\n"
