"""How often one address may send feedback. The address itself is not kept."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.core.cache import cache
from django.utils.crypto import salted_hmac

if TYPE_CHECKING:
    from django.http import HttpRequest

AT_MOST = 10
WITHIN = 3600


def too_many(request: HttpRequest) -> bool:
    """Count this message; true when the address has sent its share for the hour."""
    key = salted_hmac("pulse", request.META.get("REMOTE_ADDR", "")).hexdigest()[:24]
    cache.add(f"pulse:{key}", 0, WITHIN)
    try:
        return bool(cache.incr(f"pulse:{key}") > AT_MOST)
    except ValueError:
        return False
