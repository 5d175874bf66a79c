from __future__ import annotations

from typing import TYPE_CHECKING, Any

import rules

from talkoot.city.accounts.roles import Role
from talkoot.city.organisations.permissions import coordinates, in_city, works_in_city

if TYPE_CHECKING:
    from talkoot.kit.access.request import AnyUser

can_see = works_in_city
can_run = in_city(Role.COORDINATOR)


@rules.predicate
def _recorded(user: AnyUser, obj: Any) -> bool:
    return bool(user.is_authenticated and getattr(obj, "stated_by_id", None) == user.pk)


can_state = in_city(Role.COORDINATOR, Role.APPROVER, Role.SURVEY_MANAGER)
can_restate = coordinates | (can_state & _recorded)
