"""What we heard, what we did: told to all, in the officer's own words."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext_lazy as _

from talkoot.kit import clock
from talkoot.kit.audit import log
from talkoot.kit.states import transition
from talkoot.listen.pulse.models import Heard, Outcome

if TYPE_CHECKING:
    from talkoot.kit.access.request import AnyUser

UNTOLD = _("Write both parts in Finnish and in Swedish before you publish.")


@transaction.atomic
def draft(*, outcome: Outcome, heard: Heard | None, by: AnyUser) -> Outcome:
    """Keep a draft, about `heard` and the methods of it."""
    outcome.full_clean()
    outcome.save()
    log.record(outcome, by=by, verb="created")
    if heard is not None:
        join(heard=heard, outcome=outcome, by=by)
    return outcome


@transaction.atomic
def join(*, heard: Heard, outcome: Outcome | None, by: AnyUser) -> Heard:
    """One more message that the same answer to all is about; or about none."""
    with log.recording(heard, by=by, verb="edited"):
        heard.outcome = outcome
        heard.version += 1
        heard.save(update_fields=("outcome", "version"))
    return heard


@transaction.atomic
def publish(*, outcome: Outcome, by: AnyUser) -> Outcome:
    """Open it to all. Raises ValidationError without Finnish and Swedish, and what `transition` raises."""
    if not all((outcome.said_fi, outcome.said_sv, outcome.done_fi, outcome.done_sv)):
        raise ValidationError(UNTOLD)
    stamp = outcome.published_at or clock.now()
    return transition(outcome, Outcome.State.PUBLISHED, by=by, published_at=stamp)


@transaction.atomic
def withdraw(*, outcome: Outcome, by: AnyUser, reason: str) -> Outcome:
    """Take it from the public page."""
    return transition(outcome, Outcome.State.WITHDRAWN, by=by, reason=reason)
