"""Recurring work: each slot of each `Recurring` offer goes into the queue once; what was missed, once in all."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

from django.db import IntegrityError, transaction
from django.utils import timezone

from talkoot.kit.jobs.models import Slot
from talkoot.kit.plate import Recurring, offers, resolve

if TYPE_CHECKING:
    from collections.abc import Sequence

_EPOCH = dt.datetime(2024, 1, 1)  # noqa: DTZ001 -- a Monday, midnight on the city's own clock
KEPT = dt.timedelta(days=30)


def slot_at(moment: dt.datetime, every: int) -> dt.datetime:
    """Start of the slot of `every` minutes that holds `moment`; days begin at the city's midnight, weeks on Monday."""
    local = timezone.make_naive(moment)
    length = dt.timedelta(minutes=every)
    return timezone.make_aware(local - (local - _EPOCH) % length)


def run_due(moment: dt.datetime, recurring: Sequence[Recurring] | None = None) -> list[str]:
    """Put into the queue what is due and not yet there; returns the names.

    Slot and job are written in one transaction: a worker that dies between leaves neither, and of two workers one.
    """
    return [
        offer.name
        for offer in (offers(Recurring) if recurring is None else recurring)
        if _claimed(offer, moment)
    ]


def _claimed(offer: Recurring, moment: dt.datetime) -> bool:
    slot = slot_at(moment, offer.every)
    if Slot.objects.filter(name=offer.name, slot__gte=slot).exists():
        return False
    try:
        with transaction.atomic():
            Slot.objects.create(name=offer.name, slot=slot)
            resolve(offer.job).enqueue()
    except IntegrityError:
        return False
    return True


def forget_old(moment: dt.datetime) -> int:
    """Delete slots older than KEPT, but for the last of each name; returns how many."""
    newest = Slot.objects.order_by("name", "-slot")
    kept: dict[str, int] = {}
    for slot in newest:
        kept.setdefault(slot.name, slot.pk)
    return Slot.objects.filter(slot__lt=moment - KEPT).exclude(pk__in=kept.values()).delete()[0]
