"""What the steps of a pilot are called, and how a state looks."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Literal

from django.utils.translation import gettext_lazy as _

from talkoot.choose.pilots.cells import period
from talkoot.choose.pilots.models import Pilot
from talkoot.choose.pilots.tables import result
from talkoot.kit import clock, typography

if TYPE_CHECKING:
    from django.utils.functional import _StrPromise

    from talkoot.kit.access.request import AnyUser

S = Pilot.State
STEPS: dict[tuple[str, str], _StrPromise] = {
    (S.PLANNED, S.RUNNING): _("Start the pilot"),
    (S.RUNNING, S.CLOSED): _("End the pilot"),
    (S.RUNNING, S.STOPPED): _("Stop early"),
    (S.CLOSED, S.PUBLISHED): _("Publish"),
    (S.CLOSED, S.RUNNING): _("Back to under way"),
    (S.PUBLISHED, S.CLOSED): _("Withdraw from publication"),
}
EXPLAINED: dict[tuple[str, str], _StrPromise] = {
    (S.PLANNED, S.RUNNING): _("From now on the measure, its scale and what you expect stay as they are."),
    (S.RUNNING, S.CLOSED): _(
        "From now on the count stays as it is, and the pilot counts as evidence for your city."
    ),
    (S.RUNNING, S.STOPPED): _("A stopped pilot does not count as evidence. Say why it was stopped."),
    (S.CLOSED, S.PUBLISHED): _(
        "Everyone sees the result and the lessons, and other cities can use them as evidence."
    ),
    (S.CLOSED, S.RUNNING): _("The count can be corrected again. Say why; the reason stays in the log."),
    (S.PUBLISHED, S.CLOSED): _(
        "The public page disappears, and other cities no longer use the result. Say why."
    ),
}
SIGNS: dict[str, Literal["ok", "wait", "late", "info", ""]] = {
    S.PLANNED: "",
    S.RUNNING: "wait",
    S.CLOSED: "info",
    S.PUBLISHED: "ok",
    S.STOPPED: "late",
}

AGREED: dict[str, _StrPromise] = {
    "before": _("Agreed %(date)s, before the start."),
    "same_day": _("Agreed %(date)s, on the day of the start."),
    "after": _("Agreed %(date)s, but the pilot had started %(start)s: the measure was not fixed in advance."),
}


def agreed_heading(pilot: Pilot) -> _StrPromise:
    """What the plan may be called: it was agreed in advance only if the days say so."""
    return _("Agreed before the start") if pilot.is_agreed_in_time else _("What was agreed")


def agreement(pilot: Pilot) -> str:
    """When the measure was agreed, against the start; empty for a plan that has no day yet."""
    if pilot.agreed:
        start = pilot.starts_on or pilot.started_on
        return AGREED[pilot.agreed] % {
            "date": typography.date(pilot.agreed_on),
            "start": typography.date(start),
        }
    if pilot.state == S.PLANNED:
        return ""
    return str(_("It is not known on which day the measure was agreed."))


def would_be_late(pilot: Pilot) -> bool:
    """A start today would come with a measure agreed after the day on which the pilot began."""
    day = pilot.agreed_on or clock.today()
    return pilot.state == S.PLANNED and pilot.starts_on is not None and pilot.starts_on < day


def facts(pilot: Pilot) -> dict[str, Any]:
    """What every page of a pilot says of it beside its own fields."""
    return {
        "period": period(pilot),
        "result": result(pilot),
        "sign": SIGNS[pilot.state],
        "agreed_heading": agreed_heading(pilot),
        "agreement": agreement(pilot),
    }


def steps(pilot: Pilot, user: AnyUser) -> list[tuple[str, _StrPromise]]:
    """(state, name of the step) for each step that `user` may take now."""
    return [(to, STEPS[pilot.state, to]) for to in pilot.next_states(user)]
