from __future__ import annotations

from talkoot.city.accounts.roles import Role
from talkoot.city.organisations.permissions import in_city, works_in_city

can_see = works_in_city
can_run = in_city(Role.COORDINATOR)
