"""Who may read feedback and who may answer it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import rules

from talkoot.city.accounts.roles import CITY_ROLES, Role
from talkoot.city.organisations.permissions import anywhere, in_city

if TYPE_CHECKING:
    from talkoot.kit.access.request import AnyUser

READERS = tuple(CITY_ROLES)
ANSWERERS = (Role.COORDINATOR, Role.COMMUNICATOR, Role.SURVEY_MANAGER, Role.CITY_ADMIN)


@rules.predicate
def _to_no_city(user: AnyUser, obj: Any = None) -> bool:  # noqa: ARG001 -- a rule's shape
    """Sent from a page that belongs to no city, so any city may answer it."""
    return obj is not None and getattr(obj, "city", None) is None


reads = in_city(*READERS) | (_to_no_city & anywhere(*READERS))
answers = in_city(*ANSWERERS) | (_to_no_city & anywhere(*ANSWERERS))
