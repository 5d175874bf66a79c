"""How to find something to open a page with, where the page's own rows do not say it.

A room with a route that takes more than `city` and its object's key adds a line here.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django_tasks_db.models import DBTaskResult

from talkoot.choose.operating_model.models import ModelMethod, OperatingModel
from talkoot.choose.pilots.models import Participant, Pilot
from talkoot.choose.selection.models import Run
from talkoot.city.agenda.models import CalendarFeed, ChecklistItem
from talkoot.city.changes.models import RoleChange
from talkoot.city.organisations.models import Representation
from talkoot.city.roadmap.models import Indicator, Roadmap
from talkoot.kit.files.models import StoredFile
from talkoot.kit.mail import suppression
from talkoot.listen.pulse.models import Check, Heard, Outcome
from talkoot.listen.surveys.models import Draft, Question, Questionnaire
from tests.sweep.extra import TOKEN

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from tests.sweep.world import World

OPENED_BY = dict.fromkeys(
    ("organisations:ask", "organisations:confirm", "organisations:withdraw_own"), "newcomer"
)  # for those without a role
METHOD = {"code": "M02"}  # the city has judged its effort and its benefit for A
DESCRIBED = [METHOD, {"code": "M05"}, {"code": "M50"}]


def _of_city(model: Any, world: World, **given: Any) -> Any:
    return model.objects.filter(city=world.city, **given).order_by("pk")


def _first(model: Any, world: World, **given: Any) -> Iterable[dict[str, Any]]:
    return [{"pk": row.pk} for row in _of_city(model, world, **given)[:1]]


def _participants(world: World) -> Iterable[dict[str, Any]]:
    rows = Participant.objects.filter(pilot__city=world.city).exclude(pilot__state=Pilot.State.PUBLISHED)
    return [{"pilot": row.pilot_id, "pk": row.pk} for row in rows[:1]]


def _numbers(world: World, *states: str) -> Iterable[dict[str, Any]]:
    return [
        {"number": n}
        for n in _of_city(OperatingModel, world, state__in=states).values_list("number", flat=True)
    ]


def _items(world: World) -> Iterable[dict[str, Any]]:
    return [
        {"pk": row.pk} for row in ModelMethod.objects.filter(model__city=world.city, model__state="draft")[:1]
    ]


def _half(world: World) -> Draft:
    found: Draft = Draft.objects.get(city=world.city, sent=False, invitation__isnull=False)
    return found


def _answer_pages(world: World) -> Iterable[dict[str, Any]]:
    draft = _half(world)
    asked = Question.objects.filter(questionnaire=draft.round.questionnaire_id).order_by("number")
    return [{"token": draft.token, "number": question.number} for question in asked]


def _own_form(world: World) -> Questionnaire:
    """One that can be changed."""
    found: Questionnaire = Questionnaire.objects.filter(city=world.city, rounds=None).order_by("pk")[0]
    return found


def _own_questions(world: World) -> Iterable[dict[str, Any]]:
    rows = Question.objects.filter(questionnaire=_own_form(world)).order_by("number")
    return [{"pk": row.pk} for row in rows]


def _forms(world: World) -> Iterable[dict[str, Any]]:
    """One that can be changed and one that has been asked."""
    return [{"pk": _own_form(world).pk}, {"pk": _half(world).round.questionnaire_id}]


FIND: dict[str, Callable[[World], Iterable[dict[str, Any]]]] = {
    "theme": lambda _: [{}],
    "files:serve": lambda _: [
        {"pk": f.pk, "name": f.name} for f in StoredFile.objects.filter(publicity="public")[:1]
    ],
    "task_feed": lambda world: [{"token": CalendarFeed.objects.get(user=world.people["officer"]).token}],
    "jobs:retry": lambda _: [{"pk": DBTaskResult.objects.failed()[0].pk}],
    "mail:unsubscribe": lambda _: [{"token": suppression.token("joku@talkoot.example", "agenda.reminder")}],
    "organisations:accept": lambda _: [{"token": TOKEN}, {"token": "late"}, {"token": "unknown"}],
    "organisations:confirm": lambda world: [{"pk": _of_city(Representation, world, state="code_sent")[0].pk}],
    "organisations:withdraw_own": lambda world: [
        {"pk": _of_city(Representation, world, state="code_sent")[0].pk}
    ],
    "agenda:tick": lambda world: [
        {"pk": row.pk} for row in ChecklistItem.objects.filter(task__city=world.city)[:1]
    ],
    "changes:effect_create": lambda world: _first(RoleChange, world),
    "roadmap:theme_create": lambda world: _first(Roadmap, world),
    "roadmap:goal_create": lambda world: _first(Roadmap, world),
    "roadmap:indicator_create": lambda world: _first(Roadmap, world),
    "roadmap:value_create": lambda world: [{"pk": Indicator.objects.filter(roadmap__city=world.city)[0].pk}],
    "organisations:invite_to_company": lambda world: [{"pk": world.company.pk}],
    "operating_model:items": lambda world: _first(OperatingModel, world, state="draft"),
    "operating_model:item_add": lambda world: _first(OperatingModel, world, state="draft"),
    "methods:detail": lambda _: DESCRIBED,
    "methods:workspace_detail": lambda _: DESCRIBED,
    "methods:effort": lambda _: [METHOD, {"code": "M05"}],
    "methods:effort_withdraw": lambda _: [METHOD],
    "methods:score": lambda _: [METHOD | {"criterion": code} for code in "AB"],
    "methods:score_withdraw": lambda _: [METHOD | {"criterion": "A"}],
    "pilots:participant_remove": _participants,
    "selection:file": lambda world: [
        {"pk": run.pk, "part": part}
        for run in _of_city(Run, world, state="done")[:1]
        for part in ("case", "result", "facts", "reasons")
    ],
    "selection:grounds": lambda world: _first(Run, world, state="done"),
    "selection:compare": lambda world: _first(Run, world, state="done"),
    "selection:memo": lambda world: _first(Run, world, state="done"),
    "pulse:tap": lambda world: _first(Check, world, state="open"),
    "pulse:comment": lambda world: _first(Check, world, state="open"),
    "pulse:tell": lambda world: _first(Heard, world, state="received"),
    "pulse:check_edit": lambda world: _first(Check, world, state="draft"),
    "pulse:check_step": lambda world: [
        {"pk": _of_city(Check, world, state=state)[0].pk, "to": to}
        for state, to in (("draft", "open"), ("open", "closed"))
    ],
    "pulse:outcome_step": lambda world: [
        {"pk": _of_city(Outcome, world, state=state)[0].pk, "to": to}
        for state, to in (("draft", "published"), ("published", "withdrawn"))
    ],
    "surveys:answer": lambda world: [{"token": token} for token in ("avoinna", _half(world).token)],
    "surveys:answer_page": _answer_pages,
    "surveys:check": lambda world: [{"token": _half(world).token}],
    "surveys:answer_link": lambda world: [{"token": _half(world).token}],
    "surveys:thanks": lambda world: [{"token": Draft.objects.get(city=world.city, sent=True).token}],
    "surveys:invitations": lambda world: [{"pk": _half(world).round_id}],
    "surveys:addresses": lambda world: [{"pk": _half(world).round_id}],
    "surveys:invite": lambda world: [{"pk": _half(world).round_id}],
    "surveys:send": lambda world: [{"pk": _half(world).round_id}],
    "surveys:remind": lambda world: [{"pk": _half(world).round_id}],
    "surveys:letters": lambda world: [{"pk": _half(world).round_id}],
    "surveys:record": lambda world: [{"pk": _half(world).round_id}],
    "surveys:round_edit": lambda world: [{"pk": _half(world).round_id}],
    "surveys:questionnaire": _forms,
    "surveys:questionnaire_copy": _forms,
    "surveys:preview": _forms,
    "surveys:questionnaire_edit": lambda world: [{"pk": _own_form(world).pk}],
    "surveys:questionnaire_delete": lambda world: [{"pk": _own_form(world).pk}],
    "surveys:bank": lambda world: [{"pk": _own_form(world).pk}],
    "surveys:question_kinds": lambda world: [{"pk": _own_form(world).pk}],
    "surveys:question_add": lambda world: [
        {"pk": _own_form(world).pk, "kind": kind} for kind in Question.Kind.values
    ],
    "surveys:question_edit": _own_questions,
    "surveys:question_move": lambda world: [{"pk": list(_own_questions(world))[1]["pk"], "way": "ylos"}],
    "surveys:question_remove": lambda world: list(_own_questions(world))[:1],
    "operating_model:item_edit": _items,
    "operating_model:item_remove": _items,
    "operating_model:version": lambda world: _numbers(world, "in_force", "superseded"),
    "operating_model:pdf": lambda world: _numbers(world, "in_force"),
    "operating_model:json": lambda world: _numbers(world, "in_force", "superseded"),
    "operating_model:adopt": lambda world: [
        {"run": run.pk} for run in _of_city(Run, world, state="done")[:1]
    ],
}
