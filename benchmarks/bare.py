"""The cheapest page Django can make on this machine: one view, one template of twenty rows, no middleware."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.http import HttpResponse
from django.template import Context, Engine
from django.test import Client, override_settings
from django.urls import path

from benchmarks.measure import Figure, cpu_ms

if TYPE_CHECKING:
    from django.http import HttpRequest

PAGE = Engine().from_string("<table>{% for row in rows %}<tr><td>{{ row }}</td></tr>{% endfor %}</table>")


def page(_request: HttpRequest) -> HttpResponse:
    """Twenty rows."""
    return HttpResponse(PAGE.render(Context({"rows": range(20)})))


urlpatterns = [path("", page)]


def figure() -> Figure:
    """Its cost, to compare with."""
    with override_settings(ROOT_URLCONF="benchmarks.bare", MIDDLEWARE=[]):
        client = Client(SERVER_NAME="localhost")
        return Figure("Bare Django page, for comparison", cpu_ms(lambda: client.get("/")), "ms")
