"""The demo with a row in every state that pages differ in.

A room with a model that the demo does not show in all its states adds what is missing to `EXTRA`.
"""

from __future__ import annotations

import datetime as dt
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

import pytest
from django.apps import apps
from django.conf import settings
from django.contrib.auth.models import AnonymousUser
from django.db import connection, models, transaction
from django.test import Client

from talkoot.city.accounts.models import User
from talkoot.city.accounts.roles import CITY_ROLES, Role
from talkoot.city.organisations.models import Membership, Municipality, Organisation
from talkoot.config import demo
from talkoot.kit import clock
from tests.conftest import TODAY
from tests.sweep.extra import EXTRA

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from pytest_django import DjangoDbBlocker

PERSONAS = ("visitor", "newcomer", "reader", "officer", "neighbour", "company", "keeper")


@dataclass
class World:
    """Personas: visitor (nobody signed in), newcomer (no roles), reader (only reads in the city), officer (every role of
    the city), neighbour (every role of another city), company (represents one), keeper (of the service)."""

    city: Municipality
    other: Municipality
    people: dict[str, User]
    company: Organisation
    extra: dict[str, Any] = field(default_factory=dict)
    sessions: dict[str, str] = field(init=False)

    def __post_init__(self) -> None:
        """Everyone signs in once; the sessions live as long as the world."""
        self.sessions = {name: _session_of(user) for name, user in self.people.items()}

    def person(self, name: str) -> Any:
        return self.people.get(name) or AnonymousUser()

    def client(self, name: str, **options: Any) -> Client:
        """A browser in which this persona has signed in."""
        client = Client(**options)
        if name in self.sessions:
            client.cookies[settings.SESSION_COOKIE_NAME] = self.sessions[name]
        return client


def _session_of(user: User) -> str:
    client = Client()
    client.force_login(user, settings.AUTHENTICATION_BACKENDS[-1])
    return client.cookies[settings.SESSION_COOKIE_NAME].value


def own_models() -> list[type[models.Model]]:
    """Every model of ours."""
    return [model for model in apps.get_models() if model.__module__.startswith("talkoot.")]


def states(model: type[models.Model]) -> list[str]:
    """States of a model that has a field for them."""
    named = [f for f in model._meta.concrete_fields if f.name == "state" and f.choices]
    return [str(value) for f in named for value, _ in f.flatchoices]


def _person(name: str, organisation: Organisation | None, roles: Iterable[Role]) -> User:
    user = User.objects.create_user(
        f"{name}@talkoot.example", "a long enough password", name=f"{name.capitalize()} (esimerkki)"
    )
    for role in sorted(roles):
        assert organisation is not None
        Membership.objects.create(user=user, organisation=organisation, role=role)
    return user


def people(city: Municipality, other: Municipality, company: Organisation) -> dict[str, User]:
    found = {
        "newcomer": _person("newcomer", None, ()),
        "reader": _person("reader", city.organisation, {Role.READER}),
        "officer": _person("officer", city.organisation, CITY_ROLES),
        "neighbour": _person("neighbour", other.organisation, CITY_ROLES),
        "company": _person("company", company, {Role.COMPANY_ADMIN}),
        "keeper": _person("keeper", None, ()),
    }
    found["keeper"].is_superuser = True
    found["keeper"].save()
    return found


def build() -> World:
    """Load the demo and what it lacks."""
    demo.load()
    city, other = Municipality.objects.get(slug="jarvenpaa"), Municipality.objects.get(slug="vantaa")
    companies = Organisation.objects.filter(kind=Organisation.Kind.COMPANY)
    company = companies.in_city(city).order_by("pk")[0]  # type: ignore[attr-defined]  # our queryset
    world = World(city, other, people(city, other, company), company)
    for name, add in EXTRA.items():
        world.extra[name] = add(world)
    return world


@contextmanager
def kept(blocker: DjangoDbBlocker) -> Iterator[None]:
    """Rows made within live on in the open transaction, past the tests that would close the connection."""
    with (
        blocker.unblock(),
        clock.frozen(TODAY),
        pytest.MonkeyPatch.context() as patch,
        transaction.atomic(),
    ):
        patch.setattr(connection, "close", lambda: None)
        yield
        transaction.set_rollback(True)


@pytest.fixture(scope="package")
def world(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[World]:
    """The same world for all sweeps; what a test changes is undone after it."""
    with kept(django_db_blocker):
        yield build()


def day(number: int) -> dt.date:
    """A day before or after the day on which the tests live."""
    return TODAY.date() + dt.timedelta(days=number)
