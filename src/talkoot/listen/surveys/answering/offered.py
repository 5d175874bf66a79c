"""The survey that a city asks of everyone now, for its front page."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db.models import F
from django.urls import reverse

from talkoot.kit import clock
from talkoot.kit.prepared import Prepared
from talkoot.listen.surveys.models import Round

if TYPE_CHECKING:
    from django.db.models import QuerySet

    from talkoot.kit.access.request import Request
    from talkoot.kit.prepared import Asked


@Prepared
def _open(city: Asked, today: Asked) -> QuerySet[Round]:
    """Codes of the rounds that take answers by an open link today, the one that closes first at the front."""
    rounds = Round.objects.in_city(city).filter(state=Round.State.OPEN, frame=Round.Frame.OPEN_LINK)  # type: ignore[attr-defined]  # our queryset
    begun = rounds.exclude(opened_on__gt=today).exclude(closed_on__lt=today)
    rows: QuerySet[Round] = begun.order_by(F("closed_on").asc(nulls_last=True), "-pk").values_list("code")[:1]
    return rows


def open_url(request: Request) -> str | None:
    """The open link of the survey that anyone may answer today, or None."""
    if request.city is None:
        return None
    found = _open(city=request.city.pk, today=clock.today().isoformat())
    return next(
        (reverse("surveys:answer", kwargs={"city": request.city.slug, "token": code}) for (code,) in found),
        None,
    )
