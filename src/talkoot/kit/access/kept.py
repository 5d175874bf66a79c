"""What was typed into a form when the session ran out is kept until the person has signed in again."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.contrib.auth.middleware import LoginRequiredMiddleware
from django.http import QueryDict

if TYPE_CHECKING:
    from collections.abc import Callable

    from django.http import HttpRequest, HttpResponseRedirect

KEY = "kept_form"
LIMIT = 100_000
_SECRET = {"csrfmiddlewaretoken", "idempotency_key", "password"}


class KeepingLoginRequiredMiddleware(LoginRequiredMiddleware):
    """As Django's; a form sent without a session is put aside, not lost."""

    def handle_no_permission(
        self, request: HttpRequest, view_func: Callable[..., Any]
    ) -> HttpResponseRedirect:
        if request.method == "POST":
            keep(request)
        return super().handle_no_permission(request, view_func)


def keep(request: HttpRequest) -> None:
    """Put the form's text aside for this address; files are not kept."""
    data = request.POST.copy()
    for name in _SECRET & set(data):
        del data[name]
    body = data.urlencode()
    if len(body) <= LIMIT:
        request.session[KEY] = {"path": request.path, "body": body}


def take(request: HttpRequest) -> QueryDict | None:
    """What was kept for this address, once."""
    held = request.session.get(KEY)
    if not held or held["path"] != request.path:
        return None
    del request.session[KEY]
    return QueryDict(held["body"])
