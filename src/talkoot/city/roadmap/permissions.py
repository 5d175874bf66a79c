"""Anyone reads what is published; the coordinator keeps the roadmap."""

from __future__ import annotations

from talkoot.city.accounts.roles import Role
from talkoot.city.organisations.permissions import in_city
from talkoot.kit.access.permissions import anyone

sees_roadmap = anyone
edits_roadmap = in_city(Role.COORDINATOR, Role.CITY_ADMIN)
