from __future__ import annotations

import datetime as dt

from django.db.models import Q

from talkoot.city.accounts.models import User
from talkoot.city.organisations.models import Municipality
from talkoot.kit import clock
from talkoot.kit.jobs import job
from talkoot.listen.surveys import actions, inviting, letters
from talkoot.listen.surveys.answering import actions as answering
from talkoot.listen.surveys.models import ContactRequest, Draft, Invitation, Round

KEPT = dt.timedelta(days=30)
CONTACTS_KEPT = dt.timedelta(days=2 * 365)


@job()
def calculate(round_id: int, by_id: int | None) -> None:
    """Work out the results of a round again; nothing to do when the round is gone."""
    survey = Round.objects.filter(pk=round_id).first()
    by = User.objects.filter(pk=by_id).first() if by_id is not None else None
    if survey is not None:
        actions.calculate(survey=survey, by=by)


@job()
def mail_invitations(round_id: int, city_id: int, by_id: int | None, again: bool) -> int:  # noqa: FBT001 -- jobs take JSON
    """Mail the personal links, or the reminders; run again, it reaches only those it has not. Returns how many."""
    survey, city = Round.objects.get(pk=round_id), Municipality.objects.get(pk=city_id)
    by = User.objects.filter(pk=by_id).first() if by_id is not None else None
    rows = inviting.waiting(survey, city, again=again).select_related("organisation", "city")
    return inviting.send(survey=survey, invitations=rows, by=by, again=again) if rows else 0


@job()
def make_letters(round_id: int, city_id: int) -> int:
    """The letters of those without an address for mail; returns how many."""
    return letters.make(Round.objects.get(pk=round_id), Municipality.objects.get(pk=city_id))


@job()
def forget_drafts() -> int:
    """Delete drafts and invitations when the round has been over for KEPT, and old contact requests; returns how many."""
    today = clock.today()
    over = Q(round__closed_on__lt=today - KEPT)
    letters.forget(Round.objects.filter(closed_on__lt=today - KEPT))
    gone = answering.forget(Draft.objects.filter(over)) + Invitation.objects.filter(over).delete()[0]
    return gone + ContactRequest.objects.filter(asked_on__lt=today - CONTACTS_KEPT).delete()[0]
