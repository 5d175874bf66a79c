"""Nineteen more of everything that a page may list. A room with a list adds a line."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from talkoot.choose.methods.models import CityEffort, CityScore, Method
from talkoot.choose.operating_model.models import ModelMethod, OperatingModel
from talkoot.choose.pilots.models import Participant, Pilot
from talkoot.choose.selection.models import Preference, Run
from talkoot.city.accounts.models import User
from talkoot.city.accounts.roles import Role
from talkoot.city.agenda.models import ChecklistItem, Task
from talkoot.city.changes.models import Effect, RoleChange
from talkoot.city.organisations.models import (
    Establishment,
    Invitation,
    Membership,
    Organisation,
    Representation,
    Unit,
)
from talkoot.city.roadmap.models import Goal, Indicator, Theme, Value
from talkoot.kit.audit.models import Event
from talkoot.listen.pulse.models import Check, Heard, Outcome, Tap
from talkoot.listen.surveys.models import Invitation as SurveyInvitation
from talkoot.listen.surveys.models import Round
from tests.sweep.rows import like

if TYPE_CHECKING:
    from collections.abc import Callable

    from django.db.models import QuerySet

    from tests.sweep.world import World

MORE = 19


def _copies(rows: QuerySet[Any], **changes: Any) -> list[Any]:
    first = rows.order_by("pk")[0]
    return [like(first, **changes) for _ in range(MORE)]


def units(world: World) -> None:
    _copies(Unit.objects.filter(city=world.city))


def people(world: World) -> None:
    for number in range(MORE):
        person = User.objects.create_user(
            f"lisa{number}@talkoot.example", "a long enough password", name=f"Lisä {number}"
        )
        for organisation, role in (
            (world.city.organisation, Role.ADVISER),
            (world.company, Role.COMPANY_MEMBER),
        ):
            Membership.objects.create(user=person, organisation=organisation, role=role)
    _copies(Invitation.objects.filter(organisation=world.city.organisation))


def companies(world: World) -> None:
    place = Establishment.objects.filter(organisation=world.company)[0]
    for number in range(MORE):
        company = Organisation.objects.create(name=f"Lisä {number} Oy (esimerkki)")
        like(place, organisation=company)
        for pilot in Pilot.objects.filter(city=world.city):
            Participant.objects.create(pilot=pilot, organisation=company)
        Representation.objects.create(user=world.people["newcomer"], organisation=company, city=world.city)
        Membership.objects.create(user=world.people["company"], organisation=company, role=Role.COMPANY_ADMIN)


def methods(world: World) -> None:
    for number in range(MORE):
        method = like(Method.objects.filter(state="published")[0], code=f"M{700 + number}")
        for model in (CityEffort, CityScore):
            like(model.objects.filter(city=world.city)[0], method=method)
        for version in OperatingModel.objects.filter(city=world.city):
            item = like(ModelMethod.objects.filter(model__city=world.city)[0], model=version, method=method)
            item.partner_units.set(world.city.units.all()[:2])


def pilots(world: World) -> None:
    for state in Pilot.State.values:
        for pilot in _copies(Pilot.objects.filter(city=world.city, state=state)):
            Participant.objects.create(pilot=pilot, organisation=world.company)


def work(world: World) -> None:
    for state in Run.State.values:
        if rows := Run.objects.filter(city=world.city, state=state):
            _copies(rows)
    _copies(Preference.objects.filter(city=world.city))
    for number in range(MORE):
        like(OperatingModel.objects.filter(city=world.city, state="superseded")[0], number=50 + number)
    for state in ("open", "done"):
        for task in _copies(Task.objects.filter(city=world.city, state=state), owner=world.people["officer"]):
            ChecklistItem.objects.create(task=task, text="Vaihe")
    _copies(ChecklistItem.objects.filter(task__city=world.city))


def plans(world: World) -> None:
    for model in (RoleChange,):
        _copies(model.objects.filter(city=world.city))
    _copies(Effect.objects.filter(change__city=world.city))
    for rows in (Theme, Goal, Indicator):
        _copies(rows.objects.filter(roadmap__city=world.city))
    for indicator in Indicator.objects.filter(roadmap__city=world.city):
        if not indicator.values.exists() and (value := Value.objects.first()):
            like(value, indicator=indicator)


def voices(world: World) -> None:
    for kind in (Heard, Outcome):
        for state in kind.State.values:
            for row in _copies(kind.objects.filter(city=world.city, state=state)):
                row.methods.set(Method.objects.filter(code__in=("M02", "M05")))
    _copies(Check.objects.filter(city=world.city, state="closed"))
    _copies(Tap.objects.filter(check_asked__city=world.city))
    for state in ("published", "closed"):
        rows = Round.objects.filter(state=state)
        for survey in _copies(rows):
            survey.cities.set(rows[0].cities.all())
            for results in rows[0].results.all():
                like(results, round=survey)


def asking(world: World) -> None:
    survey = Round.objects.get(code="avoinna")
    for number, company in enumerate(Organisation.objects.filter(name__startswith="Lisä")):
        SurveyInvitation.objects.create(round=survey, city=world.city, organisation=company)
        like(survey.questionnaire, code=f"lisa-{number}")


def log(world: World) -> None:
    for event in Event.objects.all()[:MORE]:
        _copies(Event.objects.filter(pk=event.pk), actor=world.people["officer"])


MANY: list[Callable[[World], None]] = [
    units,
    people,
    companies,
    methods,
    pilots,
    work,
    plans,
    voices,
    asking,
    log,
]
