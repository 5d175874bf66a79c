from __future__ import annotations

import datetime as dt

from talkoot.kit import clock
from talkoot.kit.jobs import job
from talkoot.kit.mail import outbox
from talkoot.kit.mail.models import Message

TRIES = 5
KEPT = dt.timedelta(days=90)


@job(tries=TRIES, priority=10)
def deliver(message_id: int) -> str:
    """Send one message; what the server refuses is tried again later, then kept as not delivered."""
    message = Message.objects.filter(pk=message_id).first()
    if message is None:
        return "gone"
    try:
        return outbox.hand_over(message)
    except Exception as error:
        message.tries += 1
        message.error = f"{type(error).__name__}: {error}"
        message.state = Message.State.FAILED if message.tries >= TRIES else Message.State.QUEUED
        message.save(update_fields=("tries", "error", "state"))
        raise


@job()
def forget_old() -> int:
    """Delete messages after KEPT; returns how many."""
    return Message.objects.filter(created_at__lt=clock.now() - KEPT).delete()[0]
