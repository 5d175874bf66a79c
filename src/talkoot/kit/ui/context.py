"""What every template may ask for: city, nav, languages, notices, demo, scheme."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.contrib.messages import get_messages
from django.utils.functional import SimpleLazyObject

from talkoot.kit.ui.navigation import Navigation, languages

if TYPE_CHECKING:
    from collections.abc import Iterable

    from django.contrib.messages.storage.base import Message
    from django.http import HttpRequest


def ui(request: HttpRequest) -> dict[str, Any]:
    """``scheme`` stays empty unless a view says light or dark: pages are kept for all readers alike."""
    return {
        "city": getattr(request, "city", None),
        "nav": Navigation(request),
        "languages": SimpleLazyObject(lambda: languages(request)),
        "notices": SimpleLazyObject(lambda: _notices(request)),
        "demo": settings.TALKOOT_DEMO,
        "scheme": "",
    }


def _notices(request: HttpRequest) -> Iterable[Message]:
    """Messages; a reader without a session has none, and is not given one by the question."""
    carries = {settings.SESSION_COOKIE_NAME, "messages"} & request.COOKIES.keys()
    fresh = hasattr(request, "session") and request.session.accessed
    storage: Iterable[Message] = get_messages(request)
    return storage if carries or fresh or getattr(storage, "added_new", False) else []
