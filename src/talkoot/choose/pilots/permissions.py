"""Published pilots are everybody's; those who meet companies run them, the coordinator publishes."""

from __future__ import annotations

from talkoot.city.accounts.roles import Role
from talkoot.city.organisations.permissions import has_company, in_city, works_in_city

sees = works_in_city
takes_part = has_company
runs = in_city(Role.COORDINATOR, Role.ADVISER, Role.METHOD_EDITOR)
publishes = in_city(Role.COORDINATOR)
