"""Who may run surveys and read their results. A joint round belongs to each of its cities."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import rules

from talkoot.city.accounts.roles import CITY_ROLES, Role
from talkoot.city.organisations.permissions import anywhere, roles_in
from talkoot.kit.access.permissions import signed_in

if TYPE_CHECKING:
    from talkoot.kit.access.request import AnyUser


def _roles_of(user: AnyUser, obj: Any) -> set[str]:
    """Roles in the city of `obj`, or in any city of a joint round."""
    if obj is not None and getattr(obj, "city", None) is None and hasattr(obj, "municipalities"):
        return set().union(*(roles_in(user, city) for city in obj.municipalities()))
    return roles_in(user, obj)


def _in_any_city(*roles: Role) -> rules.Predicate:
    wanted = {str(role) for role in roles}

    def ask(user: AnyUser, obj: Any = None) -> bool:
        return bool(_roles_of(user, obj) & wanted)

    found: rules.Predicate = signed_in & rules.predicate(
        ask, name=f"in_any_city({', '.join(sorted(wanted))})"
    )
    return found


MANAGERS = (Role.SURVEY_MANAGER,)
manages = _in_any_city(*MANAGERS)
reads = _in_any_city(*CITY_ROLES)
runs_surveys = anywhere(*CITY_ROLES)
