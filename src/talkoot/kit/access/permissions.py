"""Predicates are written in each app's `permissions.py`; here is only what all of them need."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import rules

from talkoot.kit.plate import resolve

if TYPE_CHECKING:
    from talkoot.kit.access.request import AnyUser

anyone = rules.always_allow


@rules.predicate
def signed_in(user: AnyUser) -> bool:
    """A person with a living account."""
    return bool(user.is_authenticated and user.is_active)


def lazy_predicate(path: str) -> rules.Predicate:
    """The predicate that a plate names, imported when it is first asked."""

    def ask(user: AnyUser, obj: Any = None) -> bool:
        return bool(resolve(path).test(user, obj))

    predicate: rules.Predicate = rules.predicate(ask, name=path)
    return predicate
