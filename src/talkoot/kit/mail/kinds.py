"""The kinds of mail that the plates name."""

from __future__ import annotations

from talkoot.kit.plate import MailKind, offers


class UnknownKind(LookupError):
    """No plate offers a MailKind of this name."""


def named(kind: str) -> MailKind:
    """Raises UnknownKind."""
    found = next((offer for offer in offers(MailKind) if offer.kind == kind), None)
    if found is None:
        raise UnknownKind(kind)
    return found
