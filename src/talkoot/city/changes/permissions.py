"""Staff read the changes; the coordinator keeps them."""

from __future__ import annotations

from talkoot.city.accounts.roles import Role
from talkoot.city.organisations.permissions import in_city

edits_changes = in_city(Role.COORDINATOR)
