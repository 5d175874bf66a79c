"""Where "Cancel" leads from a form that does not say so itself."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

from django.urls import NoReverseMatch, reverse
from django.utils.http import url_has_allowed_host_and_scheme

if TYPE_CHECKING:
    from talkoot.kit.access.request import Request


def of(request: Request, context: dict[str, Any]) -> str:
    """The page above by the crumbs, else the one that the reader came from, else the object, else the front door."""
    above = [url for _label, url in context.get("crumbs") or () if url]
    return (above[-1] if above else "") or _came_from(request) or _object(request, context) or _door(request)


def _came_from(request: Request) -> str:
    """The address of the page before this one, within the service; a form sent back to itself does not count."""
    address = request.headers.get("Referer", "")
    if not url_has_allowed_host_and_scheme(address, {request.get_host()}):
        return ""
    parts = urlsplit(address)
    return "" if parts.path == request.path else parts._replace(scheme="", netloc="").geturl()


def _object(request: Request, context: dict[str, Any]) -> str:
    obj = context.get("object")
    if obj is None or not getattr(obj, "pk", None) or not hasattr(obj, "get_absolute_url"):
        return ""
    url = str(obj.get_absolute_url())
    return "" if url == request.path else url


def _door(request: Request) -> str:
    city = request.city
    try:
        if city is not None and "/tyotila/" in request.path:
            return reverse("workspace:overview", kwargs={"city": city.slug})
        return (
            reverse("public:home", kwargs={"city": city.slug})
            if city is not None
            else reverse("accounts:home")
        )
    except NoReverseMatch:
        return "/"
