"""Where mail goes when nobody has named a server: a line on the console and a file in TALKOOT_DATA/mail."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

from django.conf import settings
from django.core.mail.backends.base import BaseEmailBackend

from talkoot.kit import clock

if TYPE_CHECKING:
    from collections.abc import Sequence

    from django.core.mail import EmailMessage


class ConsoleAndFolder(BaseEmailBackend):
    """One .eml a message, named by time and receiver, which any mail program opens."""

    def send_messages(self, email_messages: Sequence[EmailMessage]) -> int:
        folder = settings.TALKOOT_DATA / "mail"
        folder.mkdir(parents=True, exist_ok=True)
        for number, message in enumerate(email_messages):
            stamp = clock.now().strftime("%Y%m%d-%H%M%S-%f")
            receiver = "".join(sign if sign.isalnum() or sign in "@.-" else "_" for sign in message.to[0])
            place = folder / f"{stamp}-{number}-{receiver}.eml"
            place.write_bytes(message.message().as_bytes())
            sys.stdout.write(f"Mail to {', '.join(message.to)}: {message.subject} ({place})\n")
        return len(email_messages)
