from __future__ import annotations

from talkoot.city.accounts.models import User
from talkoot.kit.jobs import job
from talkoot.listen.surveys import actions
from talkoot.listen.surveys.models import Round


@job()
def calculate(round_id: int, by_id: int | None) -> None:
    """Work out the results of a round again; nothing to do when the round is gone."""
    survey = Round.objects.filter(pk=round_id).first()
    by = User.objects.filter(pk=by_id).first() if by_id is not None else None
    if survey is not None:
        actions.calculate(survey=survey, by=by)
