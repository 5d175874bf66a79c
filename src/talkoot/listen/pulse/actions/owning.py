"""Whose it is to answer, by when, and who hears when it is late."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.conf import settings
from django.db import transaction
from django.utils.translation import gettext, gettext_lazy, override

from talkoot.city.accounts.models import User
from talkoot.city.accounts.roles import Role
from talkoot.city.agenda import actions as agenda
from talkoot.city.agenda.models import Task
from talkoot.city.organisations.models import Membership
from talkoot.kit import clock
from talkoot.kit.audit import log
from talkoot.kit.mail import outbox
from talkoot.kit.states import transition
from talkoot.listen.pulse.models import Heard

if TYPE_CHECKING:
    from collections.abc import Iterable

    from talkoot.choose.methods.models import Method
    from talkoot.city.organisations.models import Municipality, Unit
    from talkoot.kit.access.request import AnyUser

OWNERS = (Role.COORDINATOR, Role.COMMUNICATOR, Role.CITY_ADMIN)
OWNERS_BY_KIND: dict[str, Role] = {
    Heard.Kind.CONTACT: Role.ADVISER,
    Heard.Kind.COMMENT: Role.SURVEY_MANAGER,
}
LEADS = (Role.APPROVER, Role.CITY_ADMIN, Role.COORDINATOR)


def owner_of(city: Municipality, kind: str = Heard.Kind.FEEDBACK) -> User | None:
    """Who answers for a kind: its role's holder, or else the coordinator or who comes nearest."""
    first = OWNERS_BY_KIND.get(kind)
    return _holder(city, (first, *OWNERS) if first else OWNERS)


def _holder(city: Municipality, roles: Iterable[Role]) -> User | None:
    people = Membership.objects.filter(organisation_id=city.organisation_id, user__is_active=True)
    held = list(people.filter(role__in=list(roles)).select_related("user").order_by("pk"))
    return next((each.user for role in roles for each in held if each.role == role), None)


def ask_owner(heard: Heard) -> None:
    """A task for the owner; a message to no city is nobody's until a city takes it."""
    if heard.city is None:
        return
    with override(settings.LANGUAGE_CODE):
        title = gettext("Answer: %(message)s") % {"message": heard}
        agenda.create_task(
            city=heard.city,
            title=title,
            owner=heard.owner,
            unit=heard.unit,
            due=heard.due_on,
            verb="listen",
            by=None,
            subject=heard,
            example=heard.example,
        )


def open_tasks(heard: Heard) -> list[Task]:
    return list(Task.objects.about(heard).open())  # type: ignore[attr-defined]  # our queryset


def finish_tasks(heard: Heard, by: AnyUser) -> None:
    """What was asked of the owner is done, whoever did it: reminders end here."""
    for task in open_tasks(heard):
        if by.has_perm("agenda.finish", task):
            agenda.finish(task, by=by)
        else:
            with log.recording(task, by=by, verb="done"):
                task.state, task.done_at = Task.State.DONE, clock.now()
                task.version += 1
                task.save()


@transaction.atomic
def take(*, heard: Heard, by: AnyUser) -> Heard:
    """Begin to work on it. What nobody owns becomes one's own. Raises as `transition`."""
    anew = heard.state == Heard.State.CLOSED
    owner = heard.owner or by
    transition(heard, Heard.State.IN_HAND, by=by, owner=owner, closed_because="")
    if anew:
        ask_owner(heard)
    else:
        _tell_tasks(heard, by)
    return heard


@transaction.atomic
def assign(*, heard: Heard, owner: User | None, unit: Unit | None, city: Municipality, by: AnyUser) -> Heard:
    """Give it to a person and a unit of `city`; what was said to no city becomes that city's. The new owner is told."""
    before, adopted = heard.owner_id, heard.city is None
    with log.recording(heard, by=by, verb="assigned"):
        heard.city, heard.owner, heard.unit = heard.city or city, owner, unit
        heard.version += 1
        heard.full_clean()
        heard.save()
    if adopted:
        ask_owner(heard)
    else:
        _tell_tasks(heard, by)
    if owner is not None and owner.pk not in {before, by.pk}:
        _mail_owner(heard, owner)
    return heard


def _tell_tasks(heard: Heard, by: AnyUser) -> None:
    for task in open_tasks(heard):
        if (task.owner_id, task.unit_id) == (heard.owner_id, heard.unit_id):
            continue
        with log.recording(task, by=by, verb="edited"):
            task.owner, task.unit = heard.owner, heard.unit
            task.version += 1
            task.save()


def _mail_owner(heard: Heard, owner: User) -> None:
    outbox.send(
        to=owner.email,
        subject=gettext_lazy("Yours to answer by %(day)s"),
        template="pulse/mail/assigned.txt",
        context={"heard": heard, "day": f"{heard.due_on:%-d.%-m.%Y}", "path": heard.get_absolute_url()},
        language=owner.language,
    )


@transaction.atomic
def tag(*, heard: Heard, methods: Iterable[Method], by: AnyUser) -> Heard:
    """Say which methods it is about."""
    before = sorted(heard.methods.values_list("code", flat=True))
    heard.methods.set(methods)
    after = sorted(heard.methods.values_list("code", flat=True))
    if before != after:
        log.record(heard, by=by, verb="edited", changes={"methods": [before, after]})
    return heard


@transaction.atomic
def escalate(heard: Heard) -> bool:
    """Tell the lead once that an answer is late; false when it has been told or is not late any more.

    The lead is the city's approver, or else its administrator, other than the owner who is late.
    """
    now = clock.now()
    late = Heard.objects.late().filter(pk=heard.pk, escalated_at=None)  # type: ignore[attr-defined]  # our queryset
    if not late.update(escalated_at=now):
        return False
    heard.escalated_at = now
    log.record(heard, by=None, verb="escalated")
    lead = lead_of(heard)
    if lead is not None:
        outbox.send(
            to=lead.email,
            subject=gettext_lazy("Late: a message that waits for an answer"),
            template="pulse/mail/late.txt",
            context={"heard": heard, "path": heard.get_absolute_url()},
            language=lead.language,
        )
    return True


def lead_of(heard: Heard) -> User | None:
    """Who sees to it that the owner can answer."""
    if heard.city is None:
        return None
    people = User.objects.filter(is_active=True, memberships__organisation=heard.city.organisation_id)
    others = people.exclude(pk=heard.owner_id) if heard.owner_id else people
    for role in LEADS:
        if found := others.filter(memberships__role=role).order_by("pk").first():
            return found
    return None
