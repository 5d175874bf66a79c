"""One-question checks: asked on a page, answered with a tap, counted and nothing else."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext_lazy as _

from talkoot.kit import clock
from talkoot.kit.states import transition
from talkoot.listen.pulse.models import Check, Tap

if TYPE_CHECKING:
    from talkoot.choose.methods.models import Method
    from talkoot.kit.access.request import AnyUser

OTHER_OPEN = _("Another question is asked there now. End it first.")


@transaction.atomic
def open_check(*, check: Check, by: AnyUser) -> Check:
    """Ask it from now on. Raises ValidationError while another is asked in the same place."""
    others = Check.objects.filter(place=check.place, city=check.city_id, state=Check.State.OPEN)
    if others.exclude(pk=check.pk).exists():
        raise ValidationError(OTHER_OPEN)
    return transition(check, Check.State.OPEN, by=by, opened_at=clock.now())


@transaction.atomic
def close_check(*, check: Check, by: AnyUser) -> Check:
    """Ask it no more; its answers stay."""
    return transition(check, Check.State.CLOSED, by=by)


@transaction.atomic
def tap(*, check: Check, method: Method | None, answer: str, instead_of: int | None = None) -> Tap:
    """Count an answer; `instead_of` is the one that the same reader gave a moment ago, which it replaces.

    It leaves no event in the log: there is nobody to name, and nothing public changes.
    """
    kept = Tap.objects.filter(pk=instead_of, check_asked=check, method=method).first() if instead_of else None
    row = kept or Tap(check_asked=check, method=method)
    row.answer = answer
    row.full_clean()
    row.save()
    return row
