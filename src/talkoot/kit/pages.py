"""Public pages are made once for all visitors, until something changes.

Every change of what people see is in the log, so the id of its newest event says whether a kept page still holds; the
day is part of the key, since pages speak of today. Nobody who is signed in, and no page with a form, is served this way.
"""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.core.cache import cache
from django.http import HttpResponse

from talkoot.kit import clock
from talkoot.kit.audit.models import Event
from talkoot.kit.prepared import Prepared

if TYPE_CHECKING:
    from collections.abc import Callable

    from django.db.models import QuerySet
    from django.http import HttpRequest

HOURS = 12
LONGEST_QUERY = 200


class KeptPages:
    """Middleware, outermost but for security and static files."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if not _may_be_kept(request):
            return self.get_response(request)
        key = _key(request)
        kept = cache.get(key)
        if kept is not None:
            content, headers = kept
            return HttpResponse(content, headers=headers)
        response = self.get_response(request)
        if _is_for_all(request, response):
            cache.set(key, (response.content, dict(response.items())), HOURS * 3600)
        return response


@Prepared
def _newest() -> QuerySet[Event, Any]:
    return Event.objects.order_by("-id").values_list("id")[:1]


def _may_be_kept(request: HttpRequest) -> bool:
    personal = {settings.SESSION_COOKIE_NAME, settings.CSRF_COOKIE_NAME, "messages"} & request.COOKIES.keys()
    plain = "HX-Request" not in request.headers and len(request.META.get("QUERY_STRING", "")) <= LONGEST_QUERY
    return request.method in {"GET", "HEAD"} and not personal and plain


def _key(request: HttpRequest) -> str:
    said = (
        f"{request.get_host()} {request.get_full_path()} {_newest()} {clock.today()} {settings.TALKOOT_DEMO}"
    )
    return f"page-{hashlib.sha256(said.encode()).hexdigest()}"


def _is_for_all(request: HttpRequest, response: Any) -> bool:
    view = getattr(request.resolver_match.func, "view_class", None) if request.resolver_match else None
    return bool(
        response.status_code == HttpResponse.status_code
        and getattr(view, "public", False)
        and not response.streaming
        and not response.cookies
        and "no-store" not in response.get("Cache-Control", "")
        and response.get("Content-Type", "").startswith("text/html")
    )
