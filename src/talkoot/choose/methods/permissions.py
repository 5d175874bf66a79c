"""The library is everybody's; a city's own effort and scores belong to those who prepare its model."""

from __future__ import annotations

from talkoot.city.accounts.roles import Role
from talkoot.city.organisations.permissions import anywhere, in_city, works_in_city

sees = works_in_city
judges = in_city(Role.COORDINATOR, Role.METHOD_EDITOR)
edits = anywhere(Role.METHOD_EDITOR)
reviews = anywhere(Role.REVIEWER)
