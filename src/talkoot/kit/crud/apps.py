from __future__ import annotations

from django.apps import AppConfig


class CrudConfig(AppConfig):
    name = "talkoot.kit.crud"
    label = "crud"
