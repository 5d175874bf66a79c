from __future__ import annotations

import rules


@rules.predicate
def anyone(user: object, obj: object = None) -> bool:  # noqa: ARG001 -- the shape of a predicate
    """The look is no secret."""
    return True
