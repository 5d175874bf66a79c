from __future__ import annotations

from talkoot.kit.exchange.models import PendingImport
from talkoot.kit.jobs import job


@job()
def forget_pending() -> int:
    """Delete files whose import nobody confirmed in time; returns how many."""
    return PendingImport.objects.expired().delete()[0]
