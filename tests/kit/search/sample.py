"""Units of a city as something to be searched."""

from __future__ import annotations

from django.utils.translation import get_language

from talkoot.city.organisations.models import Unit  # noqa: TC001 -- callables of a plate name their model


def url(unit: Unit) -> str:
    return f"/{get_language()}/{unit.city.slug}/{unit.pk}/"


def text(unit: Unit) -> str:
    return f"Yksikön tehtävä: {unit.code}. Hankinnoissa kysytään ympäristöstä."
