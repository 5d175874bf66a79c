from __future__ import annotations

from django.apps import AppConfig


class MethodsConfig(AppConfig):
    name = "talkoot.choose.methods"
    label = "methods"
