"""What a room may offer to the house.

Each app has one `plate.py` with `OFFERS`, a list of the frozen dataclasses below. Consumers ask
`offers(NavItem)`; nothing imports upwards. Callables are dotted paths, resolved on first use.
"""

from __future__ import annotations

import importlib
import importlib.util
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING, Any, Literal, TypeVar

from django.apps import apps
from django.utils.module_loading import import_string

if TYPE_CHECKING:
    from collections.abc import Sequence

    from django.utils.functional import _StrPromise

Verb = Literal["listen", "choose", "act", "show"]
Audience = Literal["public", "workspace", "portal", "shared"]
Publicity = Literal["public", "internal", "secret"]
T = TypeVar("T")


@dataclass(frozen=True, kw_only=True)
class NavItem:
    """A page that a navigation reaches; `permission` hides it from those who lack it."""

    label: str | _StrPromise
    url_name: str
    audience: Audience
    verb: Verb | None = None
    order: int = 0
    permission: str | None = None


@dataclass(frozen=True, kw_only=True)
class Permission:
    """`name` is `app.act`; `sentence` says to a person what it allows; `predicate` is a dotted path."""

    name: str
    sentence: str | _StrPromise
    predicate: str


@dataclass(frozen=True, kw_only=True)
class ClockEntry:
    """`entries(city, year)` yields `kit.calendar.Entry` for the annual clock and calendar feeds."""

    verb: Verb
    entries: str


@dataclass(frozen=True, kw_only=True)
class TaskSource:
    """`url(task)` says where a task's subject is seen; `model` is the subject's label."""

    model: str
    url: str


@dataclass(frozen=True, kw_only=True)
class Evidence:
    """`evidence(city, methods, as_of)` returns {method id: {criterion: posterior or None}}."""

    kind: Literal["library", "pilots", "demand"]
    label: str | _StrPromise
    evidence: str


@dataclass(frozen=True, kw_only=True)
class InForce:
    """What a city has decided to do: `methods(city)` returns {method code: person-days a year or None}, or None."""

    methods: str


@dataclass(frozen=True, kw_only=True)
class Panel:
    """A part of another room's page: `context(request, obj)` returns a dict, or None for nothing."""

    slot: str
    template: str
    context: str
    order: int = 0


@dataclass(frozen=True, kw_only=True)
class NextStep:
    """What a person may do next after `slot`; `url(request)` returns an address or None."""

    slot: str
    label: str | _StrPromise
    url: str
    order: int = 0


@dataclass(frozen=True, kw_only=True)
class ContactTaken:
    """Who takes in hand that a person wants to be contacted, wherever it was said.

    `take(city=, message=, sender=, email=, phone=, language=, methods=, source=, page=)`: `methods` are codes, `source`
    the room that heard it. `by()` returns the promised day of who asks today.
    """

    take: str
    by: str


@dataclass(frozen=True, kw_only=True)
class Dataset:
    """Open data: `rows(city)` yields dicts; `url_name` serves them."""

    key: str
    label: str | _StrPromise
    url_name: str
    licence: str = "CC BY 4.0"


@dataclass(frozen=True, kw_only=True)
class SearchDocument:
    """A model that the search finds; `url(obj)` is its page, `audience` who may see it.

    `text(obj)` gives the words of that page in the active language, nothing that its readers may not see; without
    it an object is found by its name alone.
    """

    model: str
    label: str | _StrPromise
    url: str
    audience: Audience
    text: str = ""


@dataclass(frozen=True, kw_only=True)
class DataRecord:
    """The privacy record of a model; without one the house does not start."""

    model: str
    personal: Sequence[str]
    purpose: str | _StrPromise
    legal_basis: str | _StrPromise
    retention: str | _StrPromise
    publicity: Publicity
    export: bool


@dataclass(frozen=True, kw_only=True)
class Import:
    """A noun of `talkoot import`: `take(path)` brings a file in, all or nothing, and returns a summary in figures.

    `file` is how the usage writes the file; in brackets it may be left out, and `take(None)` knows what to read.
    Raises kit.exchange.Unreadable or kit.exchange.command.Refused.
    """

    name: str
    take: str
    file: str = "FILE"


@dataclass(frozen=True, kw_only=True)
class Recurring:
    """A job of the machine that runs in each slot of `every` minutes; `job` is a dotted task."""

    name: str
    every: int
    job: str


@dataclass(frozen=True, kw_only=True)
class FileUse:
    """Who else sees stored files of a use: `visible_to(user)` returns a Q over files.StoredFile."""

    use: str
    visible_to: str


@dataclass(frozen=True, kw_only=True)
class MailKind:
    """A kind of message, named so that a person knows it; a subscription can be ended with one click."""

    kind: str
    label: str | _StrPromise
    subscription: bool = False


@dataclass(frozen=True, kw_only=True)
class Seed:
    """A part of the demo: `load(folder)` may be run again and loses nothing.

    When the demo is removed, all that hangs on its cities, people and companies goes by itself, and so do rows with
    the mark of an example that no city keeps; `after_removal()` clears away what that leaves over.
    """

    order: int
    load: str
    after_removal: str = ""


@cache
def _offers_of(module: str) -> tuple[Any, ...]:
    name = f"{module}.plate"
    if importlib.util.find_spec(name) is None:
        return ()
    return tuple(importlib.import_module(name).OFFERS)


def offers(kind: type[T]) -> list[T]:
    """All offers of one kind, in the order of INSTALLED_APPS, then by their own `order`."""
    return list(_offered(kind, tuple(apps.app_configs)))  # type: ignore[arg-type]  # a class is hashable


@cache
def _offered(kind: type[Any], _labels: tuple[str, ...]) -> tuple[Any, ...]:
    found = [o for app in apps.get_app_configs() for o in _offers_of(app.name) if isinstance(o, kind)]
    return tuple(sorted(found, key=lambda offer: getattr(offer, "order", 0)))


@cache
def resolve(path: str) -> Any:
    """The callable that a dotted path names."""
    return import_string(path)
