"""Finnish bare, `/sv` and `/en` before the rest; each app names its own addresses, in full."""

from __future__ import annotations

from importlib.util import find_spec

from django.apps import apps
from django.conf.urls.i18n import i18n_patterns
from django.urls import URLResolver, include, path, register_converter

from talkoot.kit.access.address import CityConverter

register_converter(CityConverter, "city")

_rooms = [app.name for app in apps.get_app_configs() if app.name.startswith("talkoot.")]


def _included(module: str) -> list[URLResolver]:
    return [path("", include(f"{name}.{module}")) for name in _rooms if find_spec(f"{name}.{module}")]


urlpatterns = [
    *_included("bare_urls"),
    *i18n_patterns(
        *_included("urls"),
        path("tili/", include("allauth.urls")),
        prefix_default_language=False,
    ),
]

handler400 = "talkoot.kit.ui.errors.bad_request"
handler403 = "talkoot.kit.ui.errors.forbidden"
handler404 = "talkoot.kit.ui.errors.not_found"
handler500 = "talkoot.kit.ui.errors.server_error"
