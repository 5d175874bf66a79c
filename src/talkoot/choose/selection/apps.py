from __future__ import annotations

from django.apps import AppConfig


class SelectionConfig(AppConfig):
    name = "talkoot.choose.selection"
    label = "selection"
