from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

from django.db import transaction
from django.db.models import Q

from talkoot.city.accounts.models import User
from talkoot.city.organisations.models import Municipality
from talkoot.kit import clock
from talkoot.kit.exchange.models import PendingImport
from talkoot.kit.jobs import LONG, job, progress
from talkoot.listen.surveys import actions, inviting, letters, taking
from talkoot.listen.surveys.answering import actions as answering
from talkoot.listen.surveys.models import Draft, Invitation, Round

if TYPE_CHECKING:
    from django_tasks.base import TaskContext

KEPT = dt.timedelta(days=30)


@job()
def calculate(round_id: int, by_id: int | None) -> None:
    """Work out the results of a round again; nothing to do when the round is gone."""
    survey = Round.objects.filter(pk=round_id).first()
    by = User.objects.filter(pk=by_id).first() if by_id is not None else None
    if survey is not None:
        actions.calculate(survey=survey, by=by)


@job(queue=LONG)
def take_answers(round_id: int, token: str, by_id: int, leave_out: bool) -> int:  # noqa: FBT001 -- jobs take JSON
    """Import the waiting file and work out the results; nothing to do when it has been taken. Returns how many."""
    pending = PendingImport.objects.filter(token=token).first()
    survey, by = Round.objects.get(pk=round_id), User.objects.get(pk=by_id)
    if pending is None:
        return 0
    with taking.waiting(survey, bytes(pending.content), leave_out=leave_out) as rows, transaction.atomic():
        if not PendingImport.objects.filter(token=token).delete()[0]:
            return 0
        count = actions.add(survey=survey, rows=rows, by=by)
        calculate.enqueue(round_id, by_id)
    return count


@job()
def mail_invitations(round_id: int, city_id: int, by_id: int | None, again: bool) -> int:  # noqa: FBT001 -- jobs take JSON
    """Mail the personal links, or the reminders; run again, it reaches only those it has not. Returns how many."""
    survey, city = Round.objects.get(pk=round_id), Municipality.objects.get(pk=city_id)
    by = User.objects.filter(pk=by_id).first() if by_id is not None else None
    rows = inviting.waiting(survey, city, again=again)
    return inviting.send(survey=survey, invitations=rows, by=by, again=again) if rows.exists() else 0


@job(queue=LONG, takes_context=True)
def invite_companies(
    context: TaskContext,
    round_id: int,
    city_id: int,
    sizes: list[str],
    sectors: list[str],
    by_id: int | None,
) -> int:
    """Invite the companies that the filter finds; run again, it goes on. Returns how many."""
    survey, city = Round.objects.get(pk=round_id), Municipality.objects.get(pk=city_id)
    by = User.objects.filter(pk=by_id).first() if by_id is not None else None
    found, job_id = inviting.companies(survey, city, sizes, sectors), str(context.task_result.id)
    total = found.count()
    return inviting.invite(
        survey=survey,
        city=city,
        companies=found,
        by=by,
        report=lambda done: progress.report(job_id, done, max(done, total)),
    )


@job(queue=LONG, takes_context=True)
def make_letters(context: TaskContext, round_id: int, city_id: int) -> int:
    """The letters of those without an address for mail; returns how many."""
    survey, city = Round.objects.get(pk=round_id), Municipality.objects.get(pk=city_id)
    total, job_id = letters.to_print(survey, city).count(), str(context.task_result.id)
    return letters.make(survey, city, lambda done: progress.report(job_id, done, max(done, total)))


@job()
def forget_drafts() -> int:
    """Delete drafts and invitations when the round has been over for KEPT; returns how many."""
    today = clock.today()
    over = Q(round__closed_on__lt=today - KEPT)
    Invitation.objects.filter(round__closed_on__lt=today).exclude(email="").update(email="")
    letters.forget(Round.objects.filter(closed_on__lt=today - KEPT))
    return answering.forget(Draft.objects.filter(over)) + Invitation.objects.filter(over).delete()[0]
