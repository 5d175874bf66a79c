"""What is said arrives, from the public pages, from a company's own page or by an officer who heard it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.contrib.auth.models import AnonymousUser
from django.db import transaction

from talkoot.choose.methods.models import Method
from talkoot.kit import clock
from talkoot.kit.audit import log
from talkoot.kit.states import transition
from talkoot.listen.pulse.actions.owning import ask_owner, owner_of
from talkoot.listen.pulse.models import Heard
from talkoot.listen.pulse.models.heard import NO_FOLLOW_UP
from talkoot.listen.pulse.promises import contact_day, due_day

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Iterable

    from talkoot.city.accounts.models import User
    from talkoot.city.organisations.models import Municipality, Organisation
    from talkoot.kit.access.request import AnyUser


@transaction.atomic
def receive(
    *,
    city: Municipality | None,
    message: str,
    by: AnyUser,
    kind: str = Heard.Kind.FEEDBACK,
    methods: Iterable[Method] = (),
    organisation: Organisation | None = None,
    **said: Any,
) -> Heard:
    """Keep what was said; its owner in the city gets a task with the same due day.

    `said` are other fields of the sender's own: page, email, phone, sender, language. A contact request is promised
    within two working days, all else within 14 days. With an `organisation`, `by` is its person and hears of the answer.
    """
    heard = Heard(city=city, kind=kind, message=message, organisation=organisation, **said)
    heard.due_on = contact_day() if kind == Heard.Kind.CONTACT else due_day()
    heard.sent_by = by if organisation is not None else None
    heard.owner = owner_of(city, kind) if city is not None else None
    return _keep(heard, methods, by)


def take_contact(
    *, city: Municipality, message: str, methods: Iterable[str], source: str, **said: Any
) -> Heard:
    """A request to be contacted that another room heard, as `kit.plate.ContactTaken` says."""
    tagged = Method.objects.published().filter(code__in=methods)  # type: ignore[attr-defined]  # our queryset
    return receive(
        city=city,
        message=message,
        by=AnonymousUser(),
        kind=Heard.Kind.CONTACT,
        methods=tagged,
        source=source,
        **said,
    )


@transaction.atomic
def note(
    *,
    city: Municipality,
    message: str,
    by: User,
    heard_on: dt.date,
    due_on: dt.date | None = None,
    methods: Iterable[Method] = (),
    **said: Any,
) -> Heard:
    """Keep what an officer heard in a meeting or on the phone; its writer answers for it.

    Without `due_on` it needs no follow-up and is closed at once. `said`: organisation, sender, open_to_company.
    """
    heard = Heard(city=city, kind=Heard.Kind.NOTE, message=message, heard_on=heard_on, sent_by=by, **said)
    heard.due_on, heard.owner, heard.language = due_on or clock.today(), by, by.language
    if due_on is not None:
        return _keep(heard, methods, by)
    _keep(heard, methods, by, asks=False)
    return transition(heard, Heard.State.CLOSED, by=by, closed_because=NO_FOLLOW_UP)


def _keep(heard: Heard, methods: Iterable[Method], by: AnyUser, *, asks: bool = True) -> Heard:
    heard.full_clean()
    heard.save()
    heard.methods.set(methods)
    log.record(heard, by=by, verb="received")
    if asks:
        ask_owner(heard)
    return heard
