"""The three cities of the demo and a person in each role, made once a module; what a test changes is undone."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from django.conf import settings
from django.test import Client
from django.utils import translation

from talkoot.city.accounts.models import User
from talkoot.city.organisations import demo, demo_people
from talkoot.city.organisations.models import Municipality
from tests.sweep.world import kept

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from pytest_django import DjangoDbBlocker, Settings

CAST = {
    "coordinator": "aino@jarvenpaa.example",
    "approver": "mikael@jarvenpaa.example",
    "adviser": "oskari@jarvenpaa.example",
    "administrator": "elina@jarvenpaa.example",
    "other_city": "petri@kerava.example",
    "company": "pekka@petajainen.example",
}


@pytest.fixture(autouse=True)
def _in_finnish() -> Iterator[None]:
    """Addresses and sentences are Finnish unless a test asks for others."""
    with translation.override("fi"):
        yield


@pytest.fixture
def bare_cities(db: None, settings: Settings) -> None:
    """The three cities without companies or people."""
    settings.TALKOOT_DEMO = True
    for row in demo.entries(settings.TALKOOT_DEMO_FOLDER / "cities.yaml", "cities"):
        demo._city(row)


@pytest.fixture(scope="module")
def loaded_cities(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[None]:
    with kept(django_db_blocker), pytest.MonkeyPatch.context() as patch:
        patch.setattr(settings, "TALKOOT_DEMO", True)
        demo.load(settings.TALKOOT_DEMO_FOLDER)
        demo_people.load(settings.TALKOOT_DEMO_FOLDER)
        yield


@pytest.fixture
def cities(loaded_cities: None, db: None) -> None:
    """Cities, units, invented companies and people. A module that asks for these has them in all its tests."""


@pytest.fixture
def jarvenpaa(cities: None) -> Municipality:
    return Municipality.objects.get(code="186")


@pytest.fixture
def person(cities: None) -> Callable[[str], User]:
    """`person("coordinator")`: someone of Järvenpää, a neighbour city or a company."""
    return lambda role: User.objects.get(email=CAST[role])


@pytest.fixture
def signed_in(person: Callable[[str], User]) -> Callable[[str], Client]:
    """`signed_in("adviser").get(…)`; `signed_in("nobody")` is a visitor."""

    def enter(role: str) -> Client:
        client = Client()
        if role != "nobody":
            client.force_login(person(role))
        return client

    return enter
