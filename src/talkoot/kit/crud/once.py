"""One form, one effect: the second click and the resent page lead where the first one led.

Two marks of a sent form are kept, both as keys of `Submission`. Its *key* (a random UUID) stands in the page, so a
double click or a page that comes back from the browser's memory carries it again. Its *likeness* (a UUID made of the
sender, the address and everything typed) recognises the same form in a page fetched anew: after the back button,
in a second tab, or when the answer was lost on the way.
"""

from __future__ import annotations

import datetime as dt
import hashlib
import uuid
from typing import TYPE_CHECKING, Any

from django.db import IntegrityError, transaction
from django.http import HttpResponseRedirect

from talkoot.kit import clock
from talkoot.kit.crud.models import Submission

if TYPE_CHECKING:
    from collections.abc import Callable

    from django.http import HttpRequest, HttpResponse

FIELD = "idempotency_key"
KEPT = dt.timedelta(days=30)
SAME_WITHIN = dt.timedelta(minutes=10)
"""So long is the same form by the same person taken for one that was sent twice, not for a second one."""
_LIKENESS = uuid.UUID("7f0d5e0a-6c2b-4f0e-9a53-3d1b1c8e2a10")
_NOT_TYPED = {FIELD, "csrfmiddlewaretoken"}


class KeyMissing(Exception):
    """The page that was sent is not ours, or too old to be trusted."""


def key_of(request: HttpRequest) -> uuid.UUID:
    """The key that the form carried; raises KeyMissing."""
    try:
        return uuid.UUID(request.POST.get(FIELD, ""))
    except ValueError as error:
        raise KeyMissing from error


def likeness_of(request: Any) -> uuid.UUID | None:
    """The mark of this sender, this address and what was typed; none for a visitor, who may be several people."""
    if not request.user.is_authenticated:
        return None
    parts = [str(request.user.pk), request.path]
    parts += [
        f"{name}={request.POST.getlist(name)}" for name in sorted(request.POST) if name not in _NOT_TYPED
    ]
    for name, file in sorted(request.FILES.items()):
        parts.append(f"{name}={file.name}:{_digest(file)}")
    return uuid.uuid5(_LIKENESS, "\n".join(parts))


def _digest(file: Any) -> str:
    found = hashlib.sha256()
    for chunk in file.chunks():
        found.update(chunk)
    file.seek(0)
    return found.hexdigest()


def earlier(request: HttpRequest) -> HttpResponse | None:
    """A redirect to the result of the same form, if it has been sent before."""
    sent = Submission.objects.filter(key=key_of(request)).first()
    return HttpResponseRedirect(sent.result_url) if sent else None


def repeated(likeness: uuid.UUID | None) -> HttpResponse | None:
    """A redirect to the result of a form with this likeness that was sent a moment ago."""
    if likeness is None:
        return None
    sent = Submission.objects.filter(key=likeness, at__gt=clock.now() - SAME_WITHIN).first()
    return HttpResponseRedirect(sent.result_url) if sent else None


def was_sent(likeness: uuid.UUID | None) -> bool:
    """A form with this likeness has been sent, however long ago."""
    return likeness is not None and Submission.objects.filter(key=likeness).exists()


def once(request: HttpRequest, act: Callable[[], str], likeness: uuid.UUID | None = None) -> HttpResponse:
    """Run `act` (it returns the address to go to) in one transaction with the key, or follow its earlier run."""
    keys = [key for key in (key_of(request), likeness) if key]
    try:
        with transaction.atomic():
            if likeness:
                Submission.objects.filter(key=likeness, at__lte=clock.now() - SAME_WITHIN).delete()
            sent = Submission.objects.bulk_create(Submission(key=key, result_url="") for key in keys)
            address = act()
            Submission.objects.filter(pk__in=[one.pk for one in sent]).update(result_url=address)
    except IntegrityError:
        done = Submission.objects.filter(key__in=keys).exclude(result_url="").first()
        if done is None:
            raise
        return HttpResponseRedirect(done.result_url)
    return HttpResponseRedirect(address)


def forget_likenesses(*addresses: str) -> None:
    """What led to these addresses has been taken away, so the same form may be meant once more."""
    found = Submission.objects.filter(result_url__in=addresses, at__gt=clock.now() - SAME_WITHIN)
    likenesses = [one.pk for one in found if one.key.version == uuid.uuid5(_LIKENESS, "").version]
    Submission.objects.filter(pk__in=likenesses).delete()


def forget_old(now: dt.datetime) -> int:
    """Delete the marks of forms that were sent long ago; returns how many."""
    return Submission.objects.filter(at__lt=now - KEPT).delete()[0]
