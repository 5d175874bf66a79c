"""Predicates are written in each app's `permissions.py`; here is only what all of them need."""

from __future__ import annotations

from typing import TYPE_CHECKING

import rules

if TYPE_CHECKING:
    from talkoot.kit.access.request import AnyUser

anyone = rules.always_allow


@rules.predicate
def signed_in(user: AnyUser) -> bool:
    """A person with a living account."""
    return bool(user.is_authenticated and user.is_active)
