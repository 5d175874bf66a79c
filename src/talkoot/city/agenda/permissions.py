"""Readers see every task; those who work on the model change them; anyone finishes their own."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import rules

from talkoot.city.accounts.roles import CITY_ROLES, Role
from talkoot.city.organisations.permissions import in_city, works_in_city

if TYPE_CHECKING:
    from talkoot.kit.access.request import AnyUser

edits_tasks = in_city(*(CITY_ROLES - {Role.READER, Role.DPO}))


@rules.predicate
def owns_task(user: AnyUser, task: Any) -> bool:
    """The task is this person's own."""
    return user.pk is not None and getattr(task, "owner_id", None) == user.pk


finishes_task = edits_tasks | (works_in_city & owns_task)
