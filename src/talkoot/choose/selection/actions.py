"""Starting and cancelling a run."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.db import transaction
from django.utils.translation import override

from talkoot.choose.selection import cases
from talkoot.choose.selection.jobs import calculate_run
from talkoot.choose.selection.models import Run
from talkoot.choose.selection.plan import LANGUAGES
from talkoot.kit import clock
from talkoot.kit.audit import log
from talkoot.kit.plate import InForce, offers, resolve

if TYPE_CHECKING:
    from talkoot.choose.selection.plan import Plan
    from talkoot.city.organisations.models import Municipality
    from talkoot.kit.access.request import AnyUser


@transaction.atomic
def start(*, city: Municipality, name: str, plan: Plan, by: AnyUser, example: bool = False) -> Run:
    """Freeze what is known today as a run and queue its calculation. Raises CaseError."""
    built = cases.build(city, plan)
    run = Run.objects.create(
        city=city,
        name=Run.objects.free_name(city, name),
        created_by=by if by and by.is_authenticated else None,
        plan=plan.to_json() | _known(city),
        case=built.case.to_json(),
        facts=built.facts,
        example=example,
    )
    log.record(run, by=by, verb="created", changes={"name": ["", run.name]})
    transaction.on_commit(lambda: calculate_run.enqueue(run.pk))
    return run


def _known(city: Municipality) -> dict[str, Any]:
    """What the pages of the run say beside what was asked, kept as it is today."""
    changes = {scenario.key: scenario.change for scenario in cases.scenarios(city)}
    known = {"labels": _labels(city), "changes": changes, "units": cases.units(city)}
    return known | {"present": _present(city)}


def _labels(city: Municipality) -> dict[str, dict[str, str]]:
    """Names of the city's scenarios in each language, kept with the run."""
    labels: dict[str, dict[str, str]] = {}
    for language in LANGUAGES:
        with override(language):
            for scenario in cases.scenarios(city):
                labels.setdefault(scenario.key, {})[language] = str(scenario.label)
    return labels


def _present(city: Municipality) -> dict[str, int | None] | None:
    """What the city has decided to do, to compare with; None where it has decided nothing."""
    found = (resolve(offer.methods)(city) for offer in offers(InForce))
    return next((methods for methods in found if methods is not None), None)


@transaction.atomic
def cancel(run: Run, *, by: AnyUser) -> Run:
    """Stop a run that is still waiting; one that is done stays as it is."""
    changed = Run.objects.filter(pk=run.pk, state__in=(Run.State.QUEUED, Run.State.RUNNING)).update(
        state=Run.State.CANCELLED, finished_at=clock.now()
    )
    if changed:
        log.record(run, by=by, verb="cancelled")
    run.refresh_from_db()
    return run
