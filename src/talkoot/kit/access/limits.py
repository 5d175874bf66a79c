"""How often one address may do something within an hour. The address itself is not kept."""

from __future__ import annotations

import ipaddress
from typing import TYPE_CHECKING

from django.conf import settings
from django.core.cache import cache
from django.utils.crypto import salted_hmac

if TYPE_CHECKING:
    from django.http import HttpRequest

WITHIN = 3600
_SAME_HOUSEHOLD = 64
"""A subscriber has all addresses of such a network of IPv6."""


def address_of(request: HttpRequest) -> str:
    """The visitor's address as our own proxies saw it; what a visitor writes into the header does not count.

    Each proxy adds whom it was asked by to the end of X-Forwarded-For, so with TALKOOT_PROXIES of them in front the
    visitor stands that many places from the end.
    """
    direct, proxies = request.META.get("REMOTE_ADDR", ""), settings.TALKOOT_PROXIES
    if not proxies:
        return _network(direct)
    named = [part.strip() for part in request.headers.get("X-Forwarded-For", "").split(",")]
    return _network(named[-proxies] if len(named) >= proxies and named[-proxies] else direct)


def _network(address: str) -> str:
    try:
        found = ipaddress.ip_address(address)
    except ValueError:
        return address
    if found.version == 4:  # noqa: PLR2004 -- the two versions of IP
        return str(found)
    return str(ipaddress.ip_network((found, _SAME_HOUSEHOLD), strict=False))


def mark(salt: str, text: str) -> str:
    """A keyed hash that stands for `text` in the cache."""
    return salted_hmac(salt, text).hexdigest()[:24]


def too_many(request: HttpRequest, what: str, at_most: int) -> bool:
    """Count this one; true when the address has had its share of `what` for the hour."""
    key = f"{what}:{mark('limits', address_of(request))}"
    cache.add(key, 0, WITHIN)
    try:
        return bool(cache.incr(key) > at_most)
    except ValueError:
        return False
