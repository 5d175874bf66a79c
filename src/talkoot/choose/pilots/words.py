"""What the steps of a pilot are called, and how a state looks."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal

from django.utils.translation import gettext_lazy as _

from talkoot.choose.pilots.models import Pilot

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


def steps(pilot: Pilot, user: AnyUser) -> list[tuple[str, _StrPromise]]:
    """(state, name of the step) for each step that `user` may take now."""
    return [(to, STEPS[pilot.state, to]) for to in pilot.next_states(user)]
