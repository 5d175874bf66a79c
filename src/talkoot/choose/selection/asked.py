"""What was asked of a run, in words."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from talkoot.choose.selection.criteria import CRITERIA
from talkoot.choose.selection.plan import EFFORTS, Plan
from talkoot.kit import typography

if TYPE_CHECKING:
    from talkoot.choose.selection.models import Run
    from talkoot.choose.selection.plan import Group

Line = tuple[str, str]


def asked(run: Run) -> list[Line]:
    """All of it: weights, groups, working time and money."""
    plan = Plan.from_json(run.plan)
    return [*weights(plan), *groups(plan), *budgets(run, plan)]


def weights(plan: Plan) -> list[Line]:
    """The limits of each criterion."""
    return [(each.named, typography.percent_span(*plan.weights[each.code])) for each in CRITERIA]


def groups(plan: Plan) -> list[Line]:
    """Whose weights were looked at."""
    names = [f"{named(group)} ({typography.number(group.people)})" for group in plan.people]
    return [(_("Groups of people"), ", ".join(names))] if names else []


def named(group: Group) -> str:
    """The group in the reader's language, or in Finnish."""
    return in_language(group.names, typography.language())


def unit_names(run: Run, language: str) -> dict[str, str]:
    """By code, as they were when the run was made."""
    return {code: in_language(unit["names"], language) for code, unit in run.plan["units"].items()}


def in_language(texts: dict[str, str], language: str) -> str:
    """The text in that language, or in Finnish."""
    return texts.get(language) or texts["fi"]


def budgets(run: Run, plan: Plan) -> list[Line]:
    """Working time by unit, money, and which end of the effort was counted."""
    units = unit_names(run, typography.language())
    days = [(units[code], typography.person_days(limit)) for code, limit in plan.days.items()]
    euros = typography.euros(plan.euros) if plan.euros is not None else _("not counted")
    return [
        *days,
        (_("Euros a year"), euros),
        (_("Effort counted"), str(dict(EFFORTS)[plan.effort])),
    ]
