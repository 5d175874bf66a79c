"""Making, deciding, publishing and revising a city's operating model."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Max
from django.utils.translation import gettext as _
from django.utils.translation import override

from talkoot.choose.methods.models import Cadence, Method
from talkoot.choose.operating_model.jobs import make_documents
from talkoot.choose.operating_model.models import ModelMethod, OperatingModel
from talkoot.choose.operating_model.rhythm import Rhythm, months_of
from talkoot.choose.selection.results import Result
from talkoot.choose.selection.sentences import Sentences
from talkoot.city.agenda.actions import create_task
from talkoot.city.organisations.models import Unit
from talkoot.kit import clock, typography
from talkoot.kit.audit import log
from talkoot.kit.states import transition

if TYPE_CHECKING:
    from talkoot.choose.selection.models import Run
    from talkoot.city.organisations.models import Municipality
    from talkoot.kit.access.request import AnyUser

State = OperatingModel.State
LANGUAGES = ("fi", "sv", "en")
KEPT = (
    *("months", "starts_on", "target", "goal", "example"),
    *(f"{name}_{code}" for name in ("indicator", "indicator_unit") for code in LANGUAGES),
)


class DraftExists(Exception):
    """The city is already preparing a version; there is one at a time."""

    def __init__(self, draft: OperatingModel) -> None:
        super().__init__(str(draft))
        self.draft = draft


@transaction.atomic
def begin(*, city: Municipality, by: AnyUser, run: Run | None = None) -> OperatingModel:
    """A new draft, empty or with the recommended methods of a run. Raises DraftExists."""
    model = _new_draft(city, by, run)
    if run is not None:
        _take_methods(model, run)
    log.record(model, by=by, verb="created", changes={"run": [None, run.pk if run else None]})
    return model


def _new_draft(city: Municipality, by: AnyUser, run: Run | None) -> OperatingModel:
    existing = (
        OperatingModel.objects.select_for_update().filter(city=city, state__in=OperatingModel.OPEN).first()
    )
    if existing:
        raise DraftExists(existing)
    latest = OperatingModel.objects.filter(city=city).aggregate(n=Max("number"))["n"] or 0
    today = clock.today()
    return OperatingModel.objects.create(
        city=city,
        number=latest + 1,
        run=run,
        prepared_by=by,
        starts_on=today,
        review_on=today + dt.timedelta(days=364),
        example=settings.TALKOOT_DEMO,
    )


def _take_methods(model: OperatingModel, run: Run) -> None:
    """The recommended methods, each as the city does it today, or as the library and the run know it."""
    units = {unit.code: unit for unit in Unit.objects.filter(city=model.city)}
    methods = Method.objects.in_bulk(run.chosen, field_name="code")
    needs: dict[str, dict[str, float]] = {method["id"]: method["resources"] for method in run.case["methods"]}
    today = _done_today(model.city)
    for code in run.chosen:
        method, known = methods[code], today.get(code)  # the units are those whose time the run has counted
        days = sum(amount for name, amount in needs[code].items() if name.startswith("days:"))
        lead = [units[unit] for unit in method.lead_units if unit in units]
        item = ModelMethod(
            model=model,
            method=method,
            owner_unit=lead[0] if lead else None,
            person_days=round(days),
            euros=round(needs[code]["euros"]) if "euros" in needs[code] else None,
            starts_on=model.starts_on,
            months=_months(method, model),
            example=settings.TALKOOT_DEMO,
            **_grounds(run, code),
        )
        if known:
            for name in KEPT:
                setattr(item, name, getattr(known, name))
            lead.sort(key=lambda unit: unit.pk != known.owner_unit_id)
            item.owner_unit = lead[0] if lead else known.owner_unit
        item.save()
        item.partner_units.set(lead[1:])


def _done_today(city: Municipality) -> dict[str, ModelMethod]:
    """By code what the model in force says of its methods."""
    items = ModelMethod.objects.filter(model__city=city, model__state__in=OperatingModel.NOW)
    return {item.method.code: item for item in items.with_parts()}  # type: ignore[attr-defined]  # our queryset


def _months(method: Method, model: OperatingModel) -> list[int]:
    """A first guess from the method's rhythm, for the city to correct: all year, each quarter, or the start."""
    word = {Cadence.CONTINUOUS: Rhythm.ALL_YEAR, Cadence.RECURRING: Rhythm.QUARTERLY}
    first = model.starts_on.month if model.starts_on else 1
    return months_of(word.get(Cadence(method.cadence), Rhythm.ONCE), first)


def _grounds(run: Run, code: str) -> dict[str, str]:
    """What the run says first about the method, as its reason in each language."""
    why = {}
    for language in LANGUAGES:
        with override(language):
            why[f"why_{language}"] = " ".join(Sentences(Result(run)).of(code)[:2])
    return why


@transaction.atomic
def decide(
    model: OperatingModel, *, by: AnyUser, decision: dict[str, Any], reason: str = ""
) -> OperatingModel:
    """Approve what another person has prepared; `decision` holds deciding_body, decided_on, section.

    Raises what `transition` raises, and ValidationError for one's own work.
    """
    return transition(model, State.APPROVED, by=by, reason=reason, approved_by=by, **decision)


@transaction.atomic
def publish(model: OperatingModel, *, by: AnyUser, reason: str = "") -> OperatingModel:
    """Bring an approved version into force in place of the earlier one, make its tasks and its documents.

    Raises what `transition` raises, and ValidationError before the day from which it is in force.
    """
    if model.starts_on and model.starts_on > clock.today():
        text = _("The model is in force from {day}. Publish it then, or send it back and change the day.")
        raise ValidationError(text.format(day=typography.date(model.starts_on)), code="too_early")
    earlier = OperatingModel.objects.in_force().filter(city=model.city).exclude(pk=model.pk)  # type: ignore[attr-defined]  # our queryset
    for old in earlier:
        transition(old, State.SUPERSEDED, by=by, reason=_("Version {n}").format(n=model.number))
    transition(model, State.IN_FORCE, by=by, reason=reason, published_at=model.published_at or clock.now())
    make_tasks(model, by=by)
    transaction.on_commit(lambda: make_documents.enqueue(model.pk))
    return model


def make_tasks(model: OperatingModel, *, by: AnyUser) -> None:
    """One task for each method: to begin it on its day, for its responsible unit."""
    for item in model.items.with_parts():  # type: ignore[attr-defined]  # our queryset
        with override("fi"):
            title = _("Start: {method}").format(method=item.method.name_fi)
        due = item.starts_on or model.starts_on or clock.today()
        create_task(
            city=model.city,
            title=title,
            owner=None,
            unit=item.owner_unit,
            due=due,
            verb="act",
            by=by,
            subject=model,
        )


@transaction.atomic
def revise(model: OperatingModel, *, by: AnyUser, reason: str) -> OperatingModel:
    """Open the version in force for revision: it stays in force, and a copy of it becomes the new draft."""
    draft = _new_draft(model.city, by, None)
    transition(model, State.UNDER_REVISION, by=by, reason=reason)
    for language in LANGUAGES:
        setattr(draft, f"intro_{language}", getattr(model, f"intro_{language}"))
    draft.save()
    for item in model.items.all():
        partners = list(item.partner_units.all())
        item.pk, item.model, item.version = None, draft, 1
        item._state.adding = True
        item.save()
        item.partner_units.set(partners)
    log.record(draft, by=by, verb="created", reason=reason)
    return draft
