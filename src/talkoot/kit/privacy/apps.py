from __future__ import annotations

from django.apps import AppConfig


class PrivacyConfig(AppConfig):
    name = "talkoot.kit.privacy"
    label = "privacy"

    def ready(self) -> None:
        from talkoot.kit.privacy import checks  # noqa: F401 -- importing registers them
