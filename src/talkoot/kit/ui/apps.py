from __future__ import annotations

from django.apps import AppConfig


class UiConfig(AppConfig):
    name = "talkoot.kit.ui"
    label = "ui"
