"""From a city's library, evidence and units to a decision case, with what was known of each method."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.utils.translation import gettext as _

from talkoot.analysis.decision.case import Case, Interval, Posterior
from talkoot.analysis.decision.case import Method as CaseMethod
from talkoot.analysis.decision.case import Scenario as CaseScenario
from talkoot.analysis.decision.parts import Person
from talkoot.analysis.decision.weights import bounds
from talkoot.choose.methods import effort, scores
from talkoot.choose.methods.models import Method
from talkoot.choose.selection.criteria import CODES, DEMAND
from talkoot.choose.selection.plan import LANGUAGES, Plan, Scenario
from talkoot.city.changes.models import RoleChange
from talkoot.city.changes.scenarios import effects
from talkoot.kit import clock, typography
from talkoot.kit.plate import Evidence, offers, resolve

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from talkoot.choose.methods.effort import Effort
    from talkoot.choose.methods.scores import Prior
    from talkoot.city.organisations.models import Municipality

SEED = 1
FEW = 20  # methods of which every strong portfolio is listed; of more there are too many
EUROS = "euros"


@dataclass(frozen=True)
class Built:
    """The case, and by method code what was known: names, effort, scores, and why it was left out."""

    case: Case
    facts: dict[str, dict[str, Any]]


def days(unit: str) -> str:
    """The resource name of a unit's person-days."""
    return f"days:{unit}"


def units(city: Municipality) -> dict[str, dict[str, Any]]:
    """The city's units as they are: names by language and the person-days that each has stated."""
    return {
        unit.code: {
            "names": {code: getattr(unit, f"name_{code}") or unit.name_fi for code in LANGUAGES},
            "person_days": unit.person_days,
        }
        for unit in city.units.all()
    }


def scenarios(city: Municipality) -> list[Scenario]:
    """Each change in the role of the municipality, seen from the other side of its day."""
    today = clock.today()
    found = []
    for change in RoleChange.objects.filter(city=city, effects__isnull=False).distinct():
        on = change.day
        if on is None:
            continue
        if on <= today:
            label = _("Before: {change} ({date})").format(change=change.name, date=typography.date(on))
            found.append(Scenario(f"before-{change.key}", label, on - dt.timedelta(days=1), change.pk))
        else:
            label = _("After: {change} ({date})").format(change=change.name, date=typography.date(on))
            found.append(Scenario(f"after-{change.key}", label, on, change.pk))
    return found


def build(city: Municipality, plan: Plan) -> Built:
    """The case of `plan` for `city` as things are known today.

    Raises:
        CaseError: the weights contradict each other, or the budgets admit no method.
    """
    methods = list(Method.objects.published().order_by("code"))  # type: ignore[attr-defined]  # our queryset
    efforts = effort.effort(methods, city)
    known = _scores(city, methods)
    facts: dict[str, dict[str, Any]] = {}
    chosen_from = []
    for method in methods:
        needs, left_out = _needs(method, efforts.get(method.pk), plan)
        facts[method.code] = _facts(method, efforts.get(method.pk), known[method.pk], left_out)
        if not left_out:
            scored = tuple(known[method.pk][criterion]["score"] for criterion in CODES)
            chosen_from.append(CaseMethod(method.code, scored, needs))
    case = Case(
        criteria=CODES,
        methods=tuple(chosen_from),
        budgets=_budgets(plan),
        weights=bounds({code: (low / 100, high / 100) for code, (low, high) in plan.weights.items()}),
        scenarios=tuple(_scenarios(city, plan, facts)),
        people=tuple(Person(group.key, group.weighing.statements) for group in plan.people),
        samples=settings.TALKOOT_SAMPLES,
        seed=SEED,
        enumerate=len(chosen_from) <= FEW,
    )
    case.check()
    for fact in facts.values():
        for score in fact["scores"].values():
            score["score"] = score["score"].to_json()
    return Built(case, facts)


def _budgets(plan: Plan) -> dict[str, float]:
    limits: dict[str, float] = {days(unit): float(limit) for unit, limit in plan.days.items()}
    return limits | ({EUROS: float(plan.euros)} if plan.euros is not None else {})


def _needs(method: Method, known: Effort | None, plan: Plan) -> tuple[dict[str, float], str]:
    """Needs by resource and an empty reason, or the reason why a budgeted run cannot count the method."""
    if known is None or known.person_days is None:
        return {}, "effort_unknown"
    if plan.euros is not None and known.euros is None:
        return {}, "euros_unknown"
    if not method.lead_units or any(unit not in plan.days for unit in method.lead_units):
        return {}, "no_unit"
    share = needed(known.person_days, plan.effort, len(method.lead_units))
    needs = {days(unit): share for unit in method.lead_units}
    if plan.euros is not None and known.euros is not None:
        needs[EUROS] = needed(known.euros, plan.effort)
    return needs, ""


def needed(span: Sequence[float], which: str, units: int = 1) -> float:
    """What is counted of an effort from low to high, of each of the units that lead."""
    low, high = float(span[0]), float(span[1])
    return {"low": low, "high": high, "middle": (low + high) / 2}[which] / units


def _scores(city: Municipality, methods: list[Method]) -> dict[int, dict[str, dict[str, Any]]]:
    """By method and criterion the score that enters the case, where it comes from, and its parts."""
    prior = scores.prior(methods, city)
    found: dict[int, dict[str, dict[str, Any]]] = {}
    for method in methods:
        found[method.pk] = {code: _believed(p) for code, p in prior[method.pk].items() if code in CODES}
        found[method.pk][DEMAND] = {"score": Interval(0, 100), "from": "unknown", "basis": ""}
    for offer in offers(Evidence):
        for method_id, by_criterion in resolve(offer.evidence)(city, methods, clock.today()).items():
            for code, finding in by_criterion.items():
                if finding is not None:
                    parts = {"score": Posterior(finding.mean, finding.sd), "from": offer.kind}
                    found[method_id][code] = parts | {"detail": finding.to_json()}
    return found


def _believed(prior: Prior) -> dict[str, Any]:
    """What is thought before any evidence: the library's word, or the city's own with its reason."""
    part = {"score": Interval(prior.low, prior.high), "from": "library", "basis": prior.basis}
    return part | ({"from": "city", "reason": prior.reason} if prior.basis == scores.CITY else {})


def _facts(method: Method, known: Effort | None, scored: dict[str, Any], left_out: str) -> dict[str, Any]:
    return {
        "names": {code: getattr(method, f"name_{code}") or method.name_fi for code in LANGUAGES},
        "units": list(method.lead_units),
        "days": list(known.person_days) if known and known.person_days else None,
        "euros": list(known.euros) if known and known.euros else None,
        "effort_own": bool(known and known.own),
        "scores": {code: dict(scored[code]) for code in CODES},
        "left_out": left_out,
    }


def _scenarios(city: Municipality, plan: Plan, facts: dict[str, Any]) -> Iterable[CaseScenario]:
    """The scenarios asked for that differ from the present, which is the base case."""
    counted = {code for code, fact in facts.items() if not fact["left_out"]}
    for scenario in scenarios(city):
        then = effects(city, scenario.on)
        budgets = {days(unit): float(n) for unit, n in then.capacity.items() if unit in plan.days}
        unavailable = tuple(sorted(set(then.unavailable) & counted))
        if plan.scenario in {scenario.key, "all"} and (budgets or unavailable):
            yield CaseScenario(id=scenario.key, budgets=budgets, unavailable=unavailable)
