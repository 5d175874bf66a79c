"""How often one address may send something, and which tap is its latest. The address itself is not kept."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.core.cache import cache

from talkoot.kit.access import limits

if TYPE_CHECKING:
    from django.http import HttpRequest

AT_MOST = 10
TAPS_AT_MOST = 60
SAME_READER_WITHIN = 600


def too_many(request: HttpRequest, what: str = "pulse", at_most: int = AT_MOST) -> bool:
    """Count this one; true when the address has sent its share for the hour."""
    return limits.too_many(request, what, at_most)


def earlier_tap(request: HttpRequest, about: str) -> int | None:
    """The key of the answer that this browser gave to the same question within ten minutes."""
    found: int | None = cache.get(_reader(request, about))
    return found


def remember_tap(request: HttpRequest, about: str, key: int) -> None:
    cache.set(_reader(request, about), key, SAME_READER_WITHIN)


def _reader(request: HttpRequest, about: str) -> str:
    """An address and a browser as a keyed hash that lives in the cache for ten minutes and nowhere else."""
    told = f"{limits.address_of(request)} {request.headers.get('User-Agent', '')} {about}"
    return f"tap:{limits.mark('pulse-tap', told)}"
