from __future__ import annotations

import datetime as dt

from django.db import transaction

from talkoot.kit import clock
from talkoot.kit.audit import log
from talkoot.kit.jobs import job
from talkoot.listen.pulse import actions
from talkoot.listen.pulse.models import Heard

KEPT = dt.timedelta(days=2 * 365)
CONTACT_KEPT = dt.timedelta(days=90)


@job()
def escalate() -> int:
    """Tell the lead once of each message whose answer is late; returns of how many."""
    late = Heard.objects.late().filter(escalated_at=None, city__isnull=False)  # type: ignore[attr-defined]  # our queryset
    return sum(actions.escalate(heard) for heard in late.select_related("city", "owner"))


@job()
def forget_old() -> int:
    """Delete what was heard two years ago and does not wait, and the contact details of what was handed over; returns
    how many messages went."""
    with transaction.atomic():
        _forget_contacts()
        old = Heard.objects.filter(received_at__lt=clock.now() - KEPT).exclude(state__in=Heard.WAITING)
        gone = list(old)
        log.record_many(gone, by=None, verb="deleted")
        old.delete()
    return len(gone)


def _forget_contacts() -> None:
    handed = Heard.objects.filter(state=Heard.State.HANDED_OVER, received_at__lt=clock.now() - CONTACT_KEPT)
    handed.update(email="", phone="", sender="")
