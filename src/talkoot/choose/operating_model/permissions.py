from __future__ import annotations

from talkoot.city.accounts.roles import Role
from talkoot.city.organisations.permissions import in_city, works_in_city
from talkoot.kit.access.permissions import anyone

can_read = anyone
can_see = works_in_city
can_prepare = in_city(Role.COORDINATOR)
can_approve = in_city(Role.APPROVER)
