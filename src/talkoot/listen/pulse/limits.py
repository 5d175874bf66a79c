"""How often one address may send something, and which tap is its latest. The address itself is not kept."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.core.cache import cache
from django.utils.crypto import salted_hmac

if TYPE_CHECKING:
    from django.http import HttpRequest

AT_MOST = 10
TAPS_AT_MOST = 60
WITHIN = 3600
SAME_READER_WITHIN = 600


def too_many(request: HttpRequest, what: str = "pulse", at_most: int = AT_MOST) -> bool:
    """Count this one; true when the address has sent its share for the hour."""
    key = f"{what}:{_mark('pulse', request.META.get('REMOTE_ADDR', ''))}"
    cache.add(key, 0, WITHIN)
    try:
        return bool(cache.incr(key) > at_most)
    except ValueError:
        return False


def earlier_tap(request: HttpRequest, about: str) -> int | None:
    """The key of the answer that this browser gave to the same question within ten minutes."""
    found: int | None = cache.get(_reader(request, about))
    return found


def remember_tap(request: HttpRequest, about: str, key: int) -> None:
    cache.set(_reader(request, about), key, SAME_READER_WITHIN)


def _reader(request: HttpRequest, about: str) -> str:
    """An address and a browser as a keyed hash that lives in the cache for ten minutes and nowhere else."""
    told = f"{request.META.get('REMOTE_ADDR', '')} {request.headers.get('User-Agent', '')} {about}"
    return f"tap:{_mark('pulse-tap', told)}"


def _mark(salt: str, text: str) -> str:
    return salted_hmac(salt, text).hexdigest()[:24]
