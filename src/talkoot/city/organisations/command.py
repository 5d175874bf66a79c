"""What `talkoot import` takes in of companies: their register, and how many there are."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.db import transaction

from talkoot.city.organisations.imports import companies, plain, population, prh
from talkoot.city.organisations.models import Municipality
from talkoot.kit.exchange.command import Refused, whole

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from pathlib import Path


def take_companies(place: Path) -> dict[str, Any]:
    """`talkoot import companies FILE`: a table of ours, or the open data of the business register."""
    if place.suffix.lower() in {".json", ".zip"}:
        return _register(place)
    preview = whole(plain.sheet().preview(place.read_bytes()))
    found = map(plain.company, preview.ok)
    return companies.commit(found, by=None, source=f"{plain.SOURCE}: {place.name}").as_dict()


@transaction.atomic
def _register(place: Path) -> dict[str, Any]:
    """Read and save as a stream, for the bulk file is too large to hold; one bad object takes all of it back."""
    cities = {city.code: city for city in Municipality.objects.all()}
    refused: list[prh.Refused] = []
    with place.open("rb") as file:
        found = _passed(prh.read(file, cities), refused)
        outcome = companies.commit(found, by=None, source=prh.SOURCE)
    if refused:
        raise Refused("rows", refused[0].reason, [one.place for one in refused])
    return outcome.as_dict()


def _passed(
    read: Iterable[companies.Company | prh.Refused], refused: list[prh.Refused]
) -> Iterator[companies.Company]:
    for one in read:
        if isinstance(one, companies.Company):
            yield one
        else:
            refused.append(one)


def take_population(place: Path) -> dict[str, Any]:
    """`talkoot import population FILE`: the number of companies by municipality, industry and size."""
    preview = whole(population.sheet().preview(place.read_bytes()))
    return {"cells": population.commit(preview.ok, by=None)}
