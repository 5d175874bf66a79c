from __future__ import annotations

from django.apps import AppConfig


class OperatingModelConfig(AppConfig):
    name = "talkoot.choose.operating_model"
    label = "operating_model"
