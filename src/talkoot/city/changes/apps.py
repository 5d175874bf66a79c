from __future__ import annotations

from django.apps import AppConfig


class ChangesConfig(AppConfig):
    name = "talkoot.city.changes"
    label = "changes"
