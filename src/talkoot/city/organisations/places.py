"""Where a person works: the workspace of each city, and the portal of their company."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.urls import NoReverseMatch, reverse
from django.utils.translation import gettext as _

from talkoot.city.accounts.roles import CITY_ROLES, COMPANY_ROLES
from talkoot.city.organisations.permissions import held_roles

if TYPE_CHECKING:
    from talkoot.city.accounts.models import User
    from talkoot.kit.access.request import Request


def panel(request: Request, user: User) -> dict[str, Any]:  # noqa: ARG001 -- the shape of every panel
    """{"places": [{label, url, sentence}]} for the page after signing in."""
    held = user.memberships.select_related("organisation__municipality")
    staff = {m.organisation.municipality for m in held if m.role in CITY_ROLES and _is_city(m)}
    companies = sorted({str(m.organisation) for m in held if m.role in COMPANY_ROLES})
    found = [_workspace(city) for city in sorted(staff, key=lambda city: city.code)]
    if companies:
        found.append(_place(_("My company"), ", ".join(companies), "portal:home"))
    if not found:
        found.append(_place(_("Represent a company"), _("Ask to represent a company."), "organisations:ask"))
    return {"places": [place for place in found if place]}


def _is_city(membership: Any) -> bool:
    return hasattr(membership.organisation, "municipality")


def _workspace(city: Any) -> dict[str, str] | None:
    label = _("Workspace: %(city)s") % {"city": city}
    return _place(
        label, _("What to do this week, and all the city’s work."), "workspace:overview", city=city.slug
    )


def _place(label: str, sentence: str, name: str, **kwargs: str) -> dict[str, str] | None:
    """A place, or nothing while its room is not built."""
    try:
        return {"label": label, "sentence": sentence, "url": reverse(name, kwargs=kwargs or None)}
    except NoReverseMatch:
        return None


def own_requests(request: Request, user: User) -> dict[str, Any] | None:  # noqa: ARG001 -- the shape of every panel
    """{"own": requests} for a person's own page; nothing for staff who never asked."""
    own = list(user.representations.select_related("organisation"))
    staff = any(set(map(str, CITY_ROLES)) & held for held in held_roles(user).values())
    return None if staff and not own else {"own": own}
