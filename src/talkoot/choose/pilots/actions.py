"""What happens to a pilot besides the editing of its fields."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.db import transaction

from talkoot.choose.pilots.models import Participant, Pilot
from talkoot.kit import clock
from talkoot.kit.audit import log
from talkoot.kit.states import NotAllowedNow, ReasonNeeded, transition

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from talkoot.city.organisations.models import Municipality, Organisation
    from talkoot.kit.access.request import AnyUser

State = Pilot.State


def take_step(pilot: Pilot, to: str, *, by: AnyUser, reason: str = "") -> Pilot:
    """Take `pilot` to state `to` with the day stamped on it.

    Raises:
        NotAllowedNow, PermissionDenied, ReasonNeeded: as `kit.states.transition`.
        ValidationError: a part that the step needs has not been filled in.
    """
    with transaction.atomic():
        now = Pilot.objects.select_for_update().get(pk=pilot.pk).state
        if (now, to) in Pilot.REASON_NEEDED_BACK and not reason.strip():
            raise ReasonNeeded
        return transition(pilot, to, by=by, reason=reason, **_stamps(pilot, now, to))


@transaction.atomic
def end(*, pilot: Pilot, by: AnyUser) -> Pilot:
    """Save the count, hours and lessons that `pilot` carries, and end it.

    Raises:
        as `take_step`; without a count nothing is saved.
    """
    now = Pilot.objects.select_for_update().get(pk=pilot.pk)
    if now.state != State.RUNNING:
        raise NotAllowedNow(now, State.CLOSED)
    with log.recording(pilot, by=by, verb="edited"):
        pilot.version += 1
        pilot.save()
    return take_step(pilot, State.CLOSED, by=by)


def _stamps(pilot: Pilot, now: str, to: str) -> dict[str, Any]:
    today = clock.today()
    days: dict[tuple[str, str], dict[str, Any]] = {
        (State.PLANNED, State.RUNNING): {"started_on": today, "agreed_on": pilot.agreed_on or today},
        (State.RUNNING, State.CLOSED): {"closed_on": today},
        (State.RUNNING, State.STOPPED): {"closed_on": today},
        (State.CLOSED, State.PUBLISHED): {"published_on": today},
        (State.CLOSED, State.RUNNING): {"closed_on": None},
        (State.PUBLISHED, State.CLOSED): {"published_on": None},
    }
    return days.get((now, to), {})


@transaction.atomic
def add_participant(*, pilot: Pilot, organisation: Organisation, by: AnyUser) -> Participant:
    """Note that `organisation` takes part; once is enough."""
    participant, created = Participant.objects.get_or_create(pilot=pilot, organisation=organisation)
    if created:
        changes = {"participants": [None, str(organisation)]}
        log.record(pilot, by=by, verb="added", reason=str(organisation), changes=changes)
    return participant


@transaction.atomic
def remove_participant(*, participant: Participant, by: AnyUser) -> Pilot:
    """Note that the organisation does not take part after all."""
    pilot = participant.pilot
    name = str(participant.organisation)
    log.record(pilot, by=by, verb="removed", reason=name, changes={"participants": [name, None]})
    participant.delete()
    return pilot


@transaction.atomic
def import_pilots(*, city: Municipality, rows: Iterable[Mapping[str, Any]], by: AnyUser) -> list[Pilot]:
    """Add pilots from a file, all or none. A row with a count is over as of today, the others are planned.

    `code` of a row is its method.
    """
    added = []
    for values in rows:
        fields = {name: value for name, value in values.items() if name != "code"}
        pilot = Pilot(city=city, method=values["code"], example=settings.TALKOOT_DEMO, **fields)
        if pilot.companies is not None:
            pilot.state = State.CLOSED
            pilot.started_on, pilot.closed_on = pilot.starts_on, clock.today()
        elif pilot.value_high is not None:
            pilot.agreed_on = clock.today()
        pilot.full_clean()
        pilot.save()
        log.record(pilot, by=by, verb="imported", changes=log.difference({}, log.snapshot(pilot)))
        added.append(pilot)
    return added
