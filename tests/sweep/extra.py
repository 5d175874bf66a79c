"""Rows that the demo does not have: every model in every state, once, in the city that the sweeps look at."""

from __future__ import annotations

import datetime as dt
import itertools
import uuid
from typing import TYPE_CHECKING, Any, TypeVar

from django.db import models
from django_tasks_db.models import DBTaskResult

from talkoot.choose.methods.models import CityEffort, CityScore, Method
from talkoot.choose.operating_model import document
from talkoot.choose.operating_model.models import OperatingModel
from talkoot.choose.pilots.models import Participant, Pilot
from talkoot.choose.selection import actions as selection
from talkoot.choose.selection.criteria import CODES, EQUAL_LIMITS
from talkoot.choose.selection.jobs import calculate_run
from talkoot.choose.selection.plan import Plan
from talkoot.city.accounts.roles import Role
from talkoot.city.agenda.models import CalendarFeed, ChecklistItem, Task
from talkoot.city.organisations import actions as joining
from talkoot.city.organisations.models import Invitation, Membership, Organisation, Representation
from talkoot.kit import clock
from talkoot.kit.crud.models import Submission
from talkoot.kit.exchange.models import PendingImport
from talkoot.kit.jobs.models import Heartbeat, Progress, Slot
from talkoot.kit.mail import suppression
from talkoot.kit.mail.models import Message
from talkoot.kit.search.models import SearchEntry
from talkoot.listen.pulse.models import Check, Heard, Outcome, Tap
from talkoot.listen.surveys import contacts
from talkoot.listen.surveys.answering import actions as answering
from talkoot.listen.surveys.models import Invitation as SurveyInvitation
from talkoot.listen.surveys.models import Questionnaire, Round
from tests.listen.surveys.asking import every_kind, open_round
from tests.sweep.rows import like

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from talkoot.choose.selection.models import Run
    from tests.sweep.world import World

M = TypeVar("M", bound=models.Model)
SECRET = "Vielä julkaisematon"  # in what no visitor may read
TOKEN = "an-invitation-that-a-test-may-open"
FEW_SAMPLES = 40


def _in_states(rows: models.QuerySet[M], values: dict[str, dict[str, Any]]) -> list[M]:
    """A copy of the first row in each state that none has."""
    present = set(rows.values_list("state", flat=True))
    first = rows[0]
    return [like(first, state=state, **given) for state, given in values.items() if state not in present]


def methods(world: World) -> list[Method]:
    published = Method.objects.filter(state="published").order_by("code")
    made = []
    for number, state in enumerate(("draft", "in_review", "retired"), start=91):
        made.append(like(published[0], code=f"M{number}", state=state, name_fi=f"{SECRET} keino {number}"))
    return made


def judgements(world: World) -> None:
    method = Method.objects.get(code="M02")
    common = {"city": world.city, "method": method, "reason": "Kokemus vuodelta 2025."}
    CityEffort.objects.create(person_days_low=10, person_days_high=20, **common)
    CityScore.objects.create(criterion="A", low=20, high=60, **common)


def pilots(world: World) -> list[Pilot]:
    rows = Pilot.objects.filter(city=world.city, state="published")
    if not rows:
        like(Pilot.objects.filter(state="published")[0], city=world.city)
    own = Pilot.objects.filter(city=world.city).order_by(
        models.Case(models.When(state="published", then=0), default=1)
    )
    nothing = {"events": None, "companies": None, "closed_on": None, "published_on": None}
    made = _in_states(
        own,
        {
            "planned": nothing | {"started_on": None, "name_fi": f"{SECRET} kokeilu"},
            "running": nothing | {"name_fi": f"{SECRET} käynnissä oleva kokeilu"},
            "closed": {"published_on": None, "name_fi": f"{SECRET} päättynyt kokeilu"},
            "stopped": {"published_on": None, "name_fi": f"{SECRET} keskeytetty kokeilu"},
        },
    )
    for pilot in Pilot.objects.filter(city=world.city):
        Participant.objects.get_or_create(pilot=pilot, organisation=world.company)
    return made


def runs(world: World) -> list[Run]:
    """A run among the methods of one unit, so that it is calculated at once."""
    unit = world.city.units.exclude(person_days=None).order_by("code")[0]
    plan = Plan(weights=dict.fromkeys(CODES, EQUAL_LIMITS), days={unit.code: 40}, scenario="all")
    run = selection.start(city=world.city, name="Valinta", plan=plan, by=world.people["officer"])
    run.case = run.case | {"samples": FEW_SAMPLES}
    run.save()
    calculate_run.enqueue(run.pk)
    run.refresh_from_db()
    again: dict[str, Any] = {"result": None, "reasons": {}}
    return [like(run, state=state, **again) for state in ("running", "failed", "cancelled")]


def operating_models(world: World) -> list[OperatingModel]:
    now = OperatingModel.objects.get(city=world.city, state="in_force")
    for model in OperatingModel.objects.filter(state="in_force").select_related("city"):
        document.make(model)
    undecided = {"approved_by": None, "decided_on": None, "section": "", "published_at": None}
    secret = {"intro_fi": f"{SECRET} johdanto"}
    made = [
        like(now, number=2, state="draft", **undecided, **secret),
        like(now, number=3, state="proposed", **undecided, **secret),
        like(now, number=4, state="approved", published_at=None, **secret),
        like(now, number=5, state="superseded"),
    ]
    for model in made:
        for item in now.items.all()[:3]:
            like(item, model=model)
    OperatingModel.objects.filter(city=world.other, state="in_force").update(state="under_revision")
    return made


def rounds(world: World) -> list[Round]:
    joint = Round.objects.filter(state="published")[0]
    made = []
    for state in ("draft", "open", "closed"):
        closed_on = joint.closed_on if state == "closed" else None
        survey = like(joint, state=state, closed_on=closed_on, name_fi=f"{SECRET} kysely {state}")
        survey.cities.set(joint.cities.all())
        for results in joint.results.all():
            like(results, round=survey)
        made.append(survey)
    return made


def asking(world: World) -> Questionnaire:
    """A questionnaire that can be changed, and its next edition open to answers that have come half way."""
    officer = world.people["officer"]
    survey = open_round(every_kind(world.city, officer, "k-"), world.city, code="avoinna")
    companies = [*_companies(world)[:2], world.company]  # type: ignore[index]  # a queryset
    mailed_on = clock.today() - dt.timedelta(days=9)
    ways: list[dict[str, Any]] = [
        {"email": "a@talkoot.example"},
        {"email": "b@talkoot.example", "mailed_on": mailed_on},
        {},
    ]
    invited = [
        SurveyInvitation.objects.create(round=survey, city=world.city, organisation=company, **way)
        for company, way in zip(companies, ways, strict=True)
    ]
    half = answering.begin(survey=survey, city=world.city, invitation=invited[-1])
    answering.keep(draft=half, values={"k-single": "one", "k-matrix": {"power": "two"}}, place=5)
    sent = answering.begin(survey=survey, city=world.city)
    sent.sent = True
    sent.save()
    wishes = {"organisation": "Esimerkki Oy", "email": "yritys@talkoot.example"}
    contacts.ask(survey=survey, city=world.city, values=wishes, language="fi")
    return every_kind(world.city, officer, "k-")


def tasks(world: World) -> None:
    first = Task.objects.filter(city=world.city).order_by("pk")[0]
    like(first, state="done", done_at=clock.now())
    like(first, state="dropped")
    like(first, due=clock.today() - dt.timedelta(days=3), owner=world.people["officer"])
    for number in range(2):
        ChecklistItem.objects.create(task=first, text=f"Vaihe {number}", order=number)
    CalendarFeed.objects.create(user=world.people["officer"])


def heard(world: World) -> None:
    common = {
        "city": world.city,
        "message": f"{SECRET} viesti: hakusivu ei aukea puhelimella.",
        "page": "/jarvenpaa/",
        "organisation": world.company,
    }
    Heard.objects.create(**common, email="asukas@talkoot.example")
    Heard.objects.create(**common, due_on=clock.today() - dt.timedelta(days=2))
    answered = {"answered_at": clock.now(), "answered_by": world.people["officer"], "in_time": True}
    Heard.objects.create(**common, state="answered", answer="Korjattu.", **answered)
    Heard.objects.create(**common, state="handed_over", handed_to="Tekninen palvelu")
    Heard.objects.create(**common, state="closed", closed_because="Sama asia kahdesti.")
    Heard.objects.create(**common, state="in_hand", owner=world.people["officer"], kind="note")
    for row in Heard.objects.filter(city=world.city):
        row.methods.set(Method.objects.filter(code__in=("M02", "M05")))


def told(world: World) -> None:
    texts = {f"{name}_{code}": "Hakusivu aukeaa." for name in ("said", "done") for code in ("fi", "sv", "en")}
    for state in ("draft", "published", "withdrawn"):
        hidden = {} if state == "published" else {"said_fi": f"{SECRET} kuultu asia"}
        stamp = clock.now() if state == "published" else None
        row = Outcome.objects.create(
            city=world.city, done_on=clock.today(), state=state, published_at=stamp, **(texts | hidden)
        )
        row.methods.set(Method.objects.filter(code="M05"))


def asked(world: World) -> None:
    """A question in each state; the open one on the operating model has answers."""
    question = {f"question_{code}": f"{SECRET} kysymys?" for code in ("fi", "sv", "en")}
    for state in ("draft", "closed"):
        Check.objects.create(city=world.city, place="model", state=state, **question)
    Check.objects.filter(city=world.city, place="model", state="open").delete()
    words = {f"question_{code}": "Oliko tästä hyötyä?" for code in ("fi", "sv", "en")}
    here = Check.objects.create(city=world.city, place="model", state="open", **words)
    for answer in ("yes", "yes", "partly", "no", "yes", "no"):
        Tap.objects.create(check_asked=here, answer=answer)


def joining_people(world: World) -> None:
    common = {
        "organisation": world.city.organisation,
        "role": Role.ADVISER,
        "invited_by": world.people["officer"],
    }
    Invitation.objects.create(**common, email="uusi@talkoot.example", token_hash=joining.digest(TOKEN))
    Invitation.objects.create(
        **common,
        email="myohassa@talkoot.example",
        token_hash=joining.digest("late"),
        expires_at=clock.now() - dt.timedelta(days=1),
    )
    person = world.people["newcomer"]
    request = {
        "user": person,
        "city": world.city,
        "position": "Toimitusjohtaja",
        "message": "Edustan yritystä.",
    }
    companies = _companies(world)
    for state, company in zip(Representation.State.values, itertools.cycle(companies), strict=False):
        Representation.objects.create(**request, organisation=company, state=state, **_code(state))


def _code(state: str) -> dict[str, Any]:
    return (
        {"code_hash": "x", "code_expires_at": clock.now() + dt.timedelta(days=9)}
        if state == "code_sent"
        else {}
    )


def _companies(world: World) -> Iterable[Organisation]:
    here: models.QuerySet[Organisation] = Organisation.objects.in_city(world.city)  # type: ignore[attr-defined]  # our queryset
    return here.filter(kind="company").exclude(pk=world.company.pk)


def machine(world: World) -> None:
    """What the service keeps for itself."""
    now = clock.now()
    Slot.objects.create(name="jobs.prune", slot=now)
    Heartbeat.objects.create(worker="worker-1")
    Progress.objects.create(job="x", done=1, total=2)
    Submission.objects.create(key=uuid.uuid4(), result_url="/")
    PendingImport.objects.create(address="/", name="x.csv", content=b"x", created_by=world.people["officer"])
    SearchEntry.objects.create(
        model="methods.Method", object_id="1", language="fi", name="x", url="/", title="x"
    )
    suppression.suppress("ei@talkoot.example")
    message = {
        "to": "joku@talkoot.example",
        "kind": "agenda.reminder",
        "subject": "Muistutus",
        "body": "Huomenna.",
    }
    for state in Message.State.values:
        Message.objects.create(
            **message, language="fi", state=state, sent_at=now if state == "sent" else None
        )
    done = {"started_at": now, "finished_at": now, "args_kwargs": {"args": [], "kwargs": {}}}
    job = {"task_path": "talkoot.kit.jobs.jobs.prune", "queue_name": "default", "backend_name": "default"}
    for state in ("SUCCESSFUL", "FAILED"):
        DBTaskResult.objects.create(
            **job, **done, status=state, traceback="ValueError", run_after=now, priority=0
        )


def colleagues(world: World) -> None:
    """Someone beside the officer in the company and in the city, whose role can be changed."""
    officer = world.people["officer"]
    Membership.objects.get_or_create(user=officer, organisation=world.city.organisation, role=Role.CITY_ADMIN)


EXTRA: dict[str, Callable[[World], Any]] = {
    "methods": methods,
    "judgements": judgements,
    "pilots": pilots,
    "runs": runs,
    "operating_models": operating_models,
    "rounds": rounds,
    "asking": asking,
    "tasks": tasks,
    "heard": heard,
    "told": told,
    "asked": asked,
    "joining": joining_people,
    "machine": machine,
    "colleagues": colleagues,
}
