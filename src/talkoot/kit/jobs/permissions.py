from __future__ import annotations

from typing import TYPE_CHECKING

import rules

from talkoot.kit.access.permissions import signed_in

if TYPE_CHECKING:
    from talkoot.kit.access.request import AnyUser


@rules.predicate
def _keeps_running(user: AnyUser) -> bool:
    return bool(getattr(user, "is_superuser", False))


keeps_running = signed_in & _keeps_running
