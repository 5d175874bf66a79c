from __future__ import annotations

from django.apps import AppConfig


class AgendaConfig(AppConfig):
    name = "talkoot.city.agenda"
    label = "agenda"
