"""Who someone is in a city or an organisation; the other rooms build their predicates on these."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import rules

from talkoot.city.accounts.roles import CITY_ROLES, COMPANY_ROLES, KEEPS_THE_LOG, Role
from talkoot.kit.access.permissions import signed_in

if TYPE_CHECKING:
    from collections.abc import Iterable

    from talkoot.kit.access.request import AnyUser

Held = dict[int, set[str]]


def held_roles(user: AnyUser) -> Held:
    """{organisation id: roles}, read once for the user object at hand."""
    if not user.is_authenticated or not user.is_active:
        return {}
    if not hasattr(user, "_held_roles"):
        held: Held = {}
        for organisation, role in user.memberships.order_by().values_list("organisation_id", "role"):
            held.setdefault(organisation, set()).add(role)
        user._held_roles = held  # noqa: SLF001 -- kept on the user of this request
    kept: Held = user._held_roles  # noqa: SLF001 -- read back from there
    return kept


def roles_in(user: AnyUser, obj: Any) -> set[str]:
    """Roles that `user` has in the city of `obj` (a city, or anything with `city`)."""
    city = getattr(obj, "city", None)
    return held_roles(user).get(city.organisation_id, set()) if city is not None else set()


def in_city(*roles: Role) -> rules.Predicate:
    """Has one of `roles` in the city of the object."""
    wanted = {str(role) for role in roles}

    def ask(user: AnyUser, obj: Any = None) -> bool:
        return bool(roles_in(user, obj) & wanted)

    predicate: rules.Predicate = signed_in & rules.predicate(
        ask, name=f"in_city({', '.join(sorted(wanted))})"
    )
    return predicate


def anywhere(*roles: Role) -> rules.Predicate:
    """Has one of `roles` in some organisation; for what all cities share."""
    wanted = {str(role) for role in roles}

    def ask(user: AnyUser) -> bool:
        return any(held & wanted for held in held_roles(user).values())

    predicate: rules.Predicate = signed_in & rules.predicate(
        ask, name=f"anywhere({', '.join(sorted(wanted))})"
    )
    return predicate


def cities_of(user: AnyUser, roles: Iterable[Role] = CITY_ROLES) -> list[int]:
    """Organisation ids in which `user` has one of `roles`, for querysets."""
    wanted = {str(role) for role in roles}
    return [organisation for organisation, held in held_roles(user).items() if held & wanted]


works_in_city = in_city(*CITY_ROLES)
coordinates = in_city(Role.COORDINATOR)
approves = in_city(Role.APPROVER)
administers = in_city(Role.CITY_ADMIN)
keeps_the_log = in_city(*KEEPS_THE_LOG)
keeps_register = in_city(Role.COORDINATOR, Role.ADVISER, Role.CITY_ADMIN)
edits_units = in_city(Role.COORDINATOR, Role.CITY_ADMIN)
decides_representations = in_city(Role.COORDINATOR, Role.ADVISER, Role.CITY_ADMIN)


@rules.predicate
def represents(user: AnyUser, obj: Any) -> bool:
    """Belongs to the organisation of `obj` (an organisation, or anything with `organisation`)."""
    pk: Any = getattr(getattr(obj, "organisation", obj), "pk", None)
    wanted = {str(role) for role in COMPANY_ROLES}
    return bool(held_roles(user).get(pk, set()) & wanted)


has_company = anywhere(*COMPANY_ROLES)


@rules.predicate
def own_request(user: AnyUser, obj: Any) -> bool:
    """The request to represent a company is the person's own."""
    return bool(user.is_authenticated and user.is_active and getattr(obj, "user_id", None) == user.pk)
