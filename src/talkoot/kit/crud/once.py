"""One form, one effect: the second click and the resent page lead where the first one led."""

from __future__ import annotations

import uuid
from typing import TYPE_CHECKING

from django.db import IntegrityError, transaction
from django.http import HttpResponseRedirect

from talkoot.kit.crud.models import Submission

if TYPE_CHECKING:
    from collections.abc import Callable

    from django.http import HttpRequest, HttpResponse

FIELD = "idempotency_key"


class KeyMissing(Exception):
    """The page that was sent is not ours, or too old to be trusted."""


def key_of(request: HttpRequest) -> uuid.UUID:
    """The key that the form carried; raises KeyMissing."""
    try:
        return uuid.UUID(request.POST.get(FIELD, ""))
    except ValueError as error:
        raise KeyMissing from error


def earlier(request: HttpRequest) -> HttpResponse | None:
    """A redirect to the result of the same form, if it has been sent before."""
    sent = Submission.objects.filter(key=key_of(request)).first()
    return HttpResponseRedirect(sent.result_url) if sent else None


def once(request: HttpRequest, act: Callable[[], str]) -> HttpResponse:
    """Run `act` (it returns the address to go to) in one transaction with the key, or follow its earlier run."""
    key = key_of(request)
    try:
        with transaction.atomic():
            sent = Submission(key=key, result_url="")
            sent.save()
            sent.result_url = act()
            sent.save(update_fields=("result_url",))
    except IntegrityError:
        done = Submission.objects.filter(key=key).first()
        if done is None:
            raise
        return HttpResponseRedirect(done.result_url)
    return HttpResponseRedirect(sent.result_url)
