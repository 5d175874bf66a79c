"""The city in the address becomes `request.city`, or the page does not exist."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.http import Http404

from talkoot.city.organisations.models import Municipality
from talkoot.kit.prepared import Prepared

if TYPE_CHECKING:
    from collections.abc import Callable

    from django.db.models import QuerySet
    from django.http import HttpResponseBase

    from talkoot.kit.access.request import Request
    from talkoot.kit.prepared import Asked


@Prepared
def _city(slug: Asked) -> QuerySet[Municipality]:
    return Municipality.objects.filter(slug=slug).order_by()


class CityMiddleware:
    def __init__(self, get_response: Callable[[Request], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: Request) -> HttpResponseBase:
        request.city = None
        return self.get_response(request)

    def process_view(self, request: Request, view: Any, args: Any, kwargs: dict[str, Any]) -> None:
        slug = kwargs.get("city")
        if slug is not None:
            request.city = next(iter(_city(slug=slug)), None)
            if request.city is None:
                raise Http404
