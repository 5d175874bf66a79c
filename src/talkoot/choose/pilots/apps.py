from __future__ import annotations

from django.apps import AppConfig


class PilotsConfig(AppConfig):
    name = "talkoot.choose.pilots"
    label = "pilots"
