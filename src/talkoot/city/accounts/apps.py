from __future__ import annotations

from django.apps import AppConfig


class AccountsConfig(AppConfig):
    name = "talkoot.city.accounts"
    label = "accounts"
