"""Who does not want which mail; addresses are kept only as hashes keyed with the service's secret."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.core import signing
from django.utils.crypto import salted_hmac

from talkoot.kit.mail.models import Suppression

if TYPE_CHECKING:
    from collections.abc import Iterable

_SALT = "talkoot.mail.unsubscribe"


def suppress(address: str, kind: str = "") -> None:
    """Send no more of a kind, or nothing at all; saying it twice changes nothing."""
    Suppression.objects.get_or_create(address_hash=_hash(address), kind=kind)


def allow(address: str, kind: str = "") -> None:
    """Take a suppression back, as its receiver asks."""
    Suppression.objects.filter(address_hash=_hash(address), kind=kind).delete()


def is_suppressed(address: str, kind: str) -> bool:
    return Suppression.objects.filter(address_hash=_hash(address), kind__in=(kind, "")).exists()


def those_suppressed(addresses: Iterable[str], kind: str) -> set[str]:
    """Which of many addresses want no mail of a kind, in one query; ask it of some hundred at a time."""
    hashes = {_hash(address): address for address in addresses}
    rows = Suppression.objects.filter(address_hash__in=hashes, kind__in=(kind, ""))
    return {hashes[found] for found in rows.values_list("address_hash", flat=True)}


def token(address: str, kind: str) -> str:
    """What an unsubscribe link carries; it holds for ever, as old mail lies in mailboxes."""
    return signing.dumps([address.strip().lower(), kind], salt=_SALT, compress=True)


def meant_by(token: str) -> tuple[str, str]:
    """Address and kind of a link; raises django.core.signing.BadSignature."""
    address, kind = signing.loads(token, salt=_SALT)
    return address, kind


def _hash(address: str) -> str:
    return salted_hmac(_SALT, address.strip().lower(), algorithm="sha256").hexdigest()
