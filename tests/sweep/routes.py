"""Every route of ours: who it is for, and how to find something to open it with."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING, Any, Literal

from django.db import connection
from django.test import RequestFactory
from django.urls import URLPattern, URLResolver, get_resolver, reverse
from django.utils.translation import override

from talkoot.city.organisations.audiences import PortalView, PublicView, WorkspaceView
from talkoot.kit.crud.views import ListPage, ObjectMixin, StepPage
from tests.sweep.addresses import FIND, OPENED_BY

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from talkoot.kit.access.views import GuardedView
    from tests.sweep.world import World

# the words of a page are the same on either database: three languages are read on one of them
LANGUAGES = ("fi", "sv", "en") if connection.vendor == "sqlite" else ("fi",)
Arguments = dict[str, Any]
Audience = Literal["public", "own", "portal", "workspace"]
TEACHING = """\
{name} needs {arguments}, and the sweeps know no {wanted} for it.
Say in tests/sweep/addresses.py how to find it: FIND["{name}"] = lambda world: [{{...}}, ...],
one set of arguments for each state in which the page looks different."""


@dataclass(frozen=True)
class Route:
    name: str
    arguments: frozenset[str]
    view: type[GuardedView]
    translated: bool

    @property
    def label(self) -> str:
        """As a person names it; the same name with and without a city are two routes."""
        return f"{self.name}@city" if "city" in self.arguments else self.name

    @property
    def audience(self) -> Audience:
        if issubclass(self.view, WorkspaceView):
            return "workspace"
        if issubclass(self.view, PortalView):
            return "portal"
        return "public" if self.view.public or issubclass(self.view, PublicView) else "own"

    @property
    def is_list(self) -> bool:
        return issubclass(self.view, ListPage)

    @property
    def opened_by(self) -> str:
        """The persona that may open it."""
        return (
            OPENED_BY.get(self.name)
            or {"workspace": "officer", "portal": "company", "public": "visitor", "own": "keeper"}[
                self.audience
            ]
        )

    def address(self, arguments: Arguments, language: str = "fi") -> str:
        with override(language):
            return reverse(self.name, kwargs=arguments or None)

    def __str__(self) -> str:
        return self.label


@cache
def routes() -> tuple[Route, ...]:
    """Every route whose view is ours, each once."""
    found = dict.fromkeys(_walk(get_resolver().url_patterns, (), translated=False))
    return tuple(sorted(found, key=lambda route: route.label))


def _walk(patterns: Iterable[Any], space: tuple[str, ...], *, translated: bool) -> Iterator[Route]:
    for pattern in patterns:
        if isinstance(pattern, URLResolver):
            inner = (*space, pattern.namespace) if pattern.namespace else space
            in_language = translated or type(pattern.pattern).__name__ == "LocalePrefixPattern"
            yield from _walk(pattern.url_patterns, inner, translated=in_language)
        elif getattr(pattern.callback, "__module__", "").startswith("talkoot."):
            yield _route(pattern, space, translated=translated)


def _route(pattern: URLPattern, space: tuple[str, ...], *, translated: bool) -> Route:
    name = ":".join((*space, pattern.name or "?"))
    view: Any = getattr(pattern.callback, "view_class", pattern.callback)
    return Route(name, frozenset(pattern.pattern.converters), view, translated)


def openings(route: Route, world: World) -> list[Arguments]:
    """Arguments that lead to the page in each state it has; raises LookupError with advice."""
    base = {"city": world.city.slug} if "city" in route.arguments else {}
    if route.name in FIND:
        return [base | given for given in FIND[route.name](world)]
    rest = route.arguments - {"city"}
    if not rest:
        return [base]
    if issubclass(route.view, StepPage) and rest == {route.view.lookup, "to"}:
        found = list(_steps(route, world))
    elif issubclass(route.view, ObjectMixin) and rest == {route.view.lookup}:
        found = [_look_up(route, row) for row in _one_of_each_state(_rows(route, world))]
    else:
        raise LookupError(_advice(route, "value"))
    if not found:
        raise LookupError(_advice(route, "row"))
    return [base | given for given in found]


def _advice(route: Route, wanted: str) -> str:
    arguments = ", ".join(sorted(route.arguments))
    return TEACHING.format(name=route.name, arguments=arguments, wanted=wanted)


def _look_up(route: Route, row: Any) -> Arguments:
    lookup = route.view.lookup  # type: ignore[attr-defined]  # an ObjectMixin, asked before
    return {lookup: getattr(row, lookup)}


def _rows(route: Route, world: World) -> Iterable[Any]:
    """What the view itself would look among."""
    request: Any = RequestFactory().get("/")
    request.user = world.person(route.opened_by)
    request.city = world.city if "city" in route.arguments else None
    view: Any = route.view()
    view.setup(request)
    rows: Iterable[Any] = view.get_queryset().order_by("pk")
    return rows


def _one_of_each_state(rows: Iterable[Any]) -> Iterator[Any]:
    seen: set[Any] = set()
    for row in rows:
        state = getattr(row, "state", None)
        if state not in seen:
            seen.add(state)
            yield row


def _steps(route: Route, world: World) -> Iterator[Arguments]:
    person = world.person(route.opened_by)
    seen = set()
    for row in _rows(route, world):
        for to in row.next_states(person):
            if (row.state, to) not in seen:
                seen.add((row.state, to))
                yield _look_up(route, row) | {"to": to}
