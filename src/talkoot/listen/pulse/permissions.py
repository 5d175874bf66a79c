"""Who may read what a city hears, answer it, tell what was done, and ask quick questions."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import rules

from talkoot.city.accounts.roles import CITY_ROLES, Role
from talkoot.city.organisations.permissions import anywhere, in_city, works_in_city

if TYPE_CHECKING:
    from talkoot.kit.access.request import AnyUser

READERS = tuple(CITY_ROLES)
ANSWERERS = (
    Role.COORDINATOR,
    Role.COMMUNICATOR,
    Role.SURVEY_MANAGER,
    Role.ADVISER,
    Role.METHOD_EDITOR,
    Role.CITY_ADMIN,
)
ASKERS = (Role.COORDINATOR, Role.SURVEY_MANAGER)


@rules.predicate
def _to_no_city(user: AnyUser, obj: Any = None) -> bool:  # noqa: ARG001 -- a rule's shape
    """Sent from a page that belongs to no city, so any city may answer it."""
    return obj is not None and getattr(obj, "city", None) is None


@rules.predicate
def _owns(user: AnyUser, obj: Any = None) -> bool:
    """It was given to this person to answer."""
    return user.pk is not None and getattr(obj, "owner_id", None) == user.pk


reads = in_city(*READERS) | (_to_no_city & anywhere(*READERS))
answers = in_city(*ANSWERERS) | (_to_no_city & anywhere(*ANSWERERS)) | (works_in_city & _owns)
notes = in_city(*(CITY_ROLES - {Role.READER, Role.DPO}))
publishes = in_city(Role.COORDINATOR, Role.COMMUNICATOR, Role.CITY_ADMIN)
asks = in_city(*ASKERS) | (_to_no_city & anywhere(*ASKERS))
