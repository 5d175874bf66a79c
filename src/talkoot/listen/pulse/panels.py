"""What this room adds to the pages of others: a quick question, and in the workspace what came of it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.urls import reverse

from talkoot.kit.ui.navigation import address
from talkoot.listen.pulse import counting
from talkoot.listen.pulse.models import Check, Heard

if TYPE_CHECKING:
    from talkoot.choose.methods.models import Method
    from talkoot.choose.operating_model.models import OperatingModel
    from talkoot.kit.access.request import Request


def method_panel(request: Request, method: Method) -> dict[str, Any] | None:
    """On the public page the question; in a city's workspace how it has been answered and what was said."""
    check = Check.objects.asked_on(Check.Place.METHOD, None)  # type: ignore[attr-defined]  # our queryset
    if request.city is not None:
        return _for_staff(request, method, check)
    return {
        "check": check,
        "method": method,
        "suggest_url": f"{address('pulse:suggest')}?keino={method.code}",
    }


def _for_staff(request: Request, method: Method, check: Check | None) -> dict[str, Any]:
    heard = Heard.objects.filter(city=request.city, methods=method).count()
    listed = reverse("pulse:list", kwargs={"city": request.city.slug})
    return {
        "for_staff": True,
        "check": check,
        "tally": counting.of_page(check, method) if check else None,
        "not_a_survey": counting.NOT_A_SURVEY,
        "heard": heard,
        "heard_url": f"{listed}?method={method.pk}",
    }


def model_panel(request: Request, model: OperatingModel) -> dict[str, Any] | None:  # noqa: ARG001 -- the shape of every panel
    """The city's own question on its public operating model."""
    check = Check.objects.asked_on(Check.Place.MODEL, request.city)  # type: ignore[attr-defined]  # our queryset
    suggest = address("pulse:suggest", request.city.slug)
    return {"check": check, "method": None, "suggest_url": suggest}


def told_url(request: Request) -> str | None:
    """What we heard, what we did: the page of the city at hand."""
    return address("pulse:told", request.city.slug) if request.city is not None else None


def suggest_url(request: Request) -> str | None:
    """Where a suggestion is made, to the city at hand or to one that is chosen there."""
    return address("pulse:suggest", request.city.slug if request.city is not None else "")
