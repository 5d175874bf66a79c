"""The request as our views see it, for the type checker."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Protocol

from django.http import HttpRequest

if TYPE_CHECKING:
    from collections.abc import Iterable

    from django_htmx.middleware import HtmxDetails

    AnyUser = Any  # a User of city.accounts, or AnonymousUser


class City(Protocol):
    """What kit knows of a tenant: the part of the address that names it, and its look."""

    pk: Any
    slug: str
    name: str
    hue: int
    chroma: float


class Request(HttpRequest):
    """A request that has passed our middleware."""

    city: Any
    htmx: HtmxDetails


class Administrator(Protocol):
    """A person as the audit log sees one."""

    def administered_scopes(self) -> Iterable[str]:
        """Slugs of the cities whose log the person may read."""
