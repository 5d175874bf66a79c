from __future__ import annotations

import rules
from django.apps import AppConfig


class AccessConfig(AppConfig):
    name = "talkoot.kit.access"
    label = "access"

    def ready(self) -> None:
        """Register every permission that a plate offers, and the checks that hold the gate."""
        from talkoot.kit.access import checks  # noqa: F401 -- importing registers them
        from talkoot.kit.plate import Permission, offers, resolve

        for permission in offers(Permission):
            rules.set_perm(permission.name, resolve(permission.predicate))
