"""What the menus show to this reader on this page, from the NavItems that the rooms offer."""

from __future__ import annotations

from contextlib import suppress
from dataclasses import dataclass
from functools import cached_property, lru_cache
from typing import TYPE_CHECKING, Any, Literal, get_args

from django.conf import settings
from django.urls import NoReverseMatch, get_resolver, get_script_prefix, reverse
from django.utils.translation import get_language, get_language_info, override, pgettext_lazy
from django.utils.translation import gettext_lazy as _

from talkoot.kit.plate import Audience, NavItem, Verb, offers

if TYPE_CHECKING:
    from collections.abc import Iterable

    from django.http import HttpRequest
    from django.urls import URLResolver
    from django.utils.functional import _StrPromise

HOMES = ("public:home", "workspace:overview", "portal:home")

VERBS: dict[Verb, tuple[_StrPromise, _StrPromise]] = {
    "listen": (pgettext_lazy("verb", "Listen"), _("What companies need")),
    "choose": (pgettext_lazy("verb", "Choose"), _("What we do and why")),
    "act": (pgettext_lazy("verb", "Act"), _("What is under way")),
    "show": (pgettext_lazy("verb", "Show"), _("What has been achieved")),
}


@dataclass(frozen=True, slots=True)
class Link:
    """``current`` is an aria-current value: ``page`` on the page itself, ``true`` on a page below it."""

    label: str | _StrPromise
    url: str
    current: Literal["page", "true", ""] = ""


@dataclass(frozen=True, slots=True)
class Room:
    """One verb of the rail with its pages."""

    key: Verb
    links: tuple[Link, ...]

    @property
    def number(self) -> int:
        return get_args(Verb).index(self.key) + 1

    @property
    def label(self) -> _StrPromise:
        return VERBS[self.key][0]

    @property
    def lead(self) -> _StrPromise:
        return VERBS[self.key][1]

    @property
    def icon(self) -> str:
        return f"v{self.number}"

    @property
    def url(self) -> str:
        return self.links[0].url if self.links else ""

    @property
    def is_open(self) -> bool:
        return any(link.current for link in self.links)


@dataclass(frozen=True, slots=True)
class Language:
    code: str
    name: str
    url: str
    current: bool


class Navigation:
    """Lazy: a page pays only for the menu it shows."""

    def __init__(self, request: HttpRequest) -> None:
        self._request = request
        self._city: Any = getattr(request, "city", None)

    @cached_property
    def public(self) -> tuple[Link, ...]:
        """A city's public pages and the shared ones; without a city the shared ones."""
        return self._links(self._offered("public", "shared"))

    @cached_property
    def portal(self) -> tuple[Link, ...]:
        return self._links(self._offered("portal"))

    @cached_property
    def workspace(self) -> tuple[Room, ...]:
        """The four verbs, each with the pages this reader may open."""
        return tuple(Room(verb, self._of_verb(verb)) for verb in get_args(Verb))

    @property
    def workspace_home(self) -> tuple[Link, ...]:
        """Workspace pages above the verbs: the overview."""
        return self._of_verb(None)

    def _of_verb(self, verb: Verb | None) -> tuple[Link, ...]:
        return tuple(link for item, link in self._working if item.verb == verb)

    @cached_property
    def _working(self) -> list[tuple[NavItem, Link]]:
        items = self._offered("workspace")
        return list(zip(items, self._links(items), strict=True))

    def _offered(self, *audiences: Audience) -> list[NavItem]:
        if self._city is None and "workspace" in audiences:
            return []
        shown = [item for item in offers(NavItem) if item.audience in audiences]
        return [item for item in shown if (self._city or item.audience != "public") and self._may(item)]

    def _may(self, item: NavItem) -> bool:
        if item.permission is None:
            return True
        user = getattr(self._request, "user", None)  # an error page may be made before anyone is looked at
        return user is not None and user.has_perm(item.permission, self._city)

    def _links(self, items: Iterable[NavItem]) -> tuple[Link, ...]:
        urls = [(item, self._url(item)) for item in items]
        here = _nearest(self._request.path, urls)
        return tuple(Link(item.label, url, self._current(url) if url == here else "") for item, url in urls)

    def _current(self, url: str) -> Literal["page", "true"]:
        return "page" if url == self._request.path else "true"

    def _url(self, item: NavItem) -> str:
        return address(item.url_name, self._city.slug if item.audience in {"public", "workspace"} else "")


def _nearest(path: str, urls: list[tuple[NavItem, str]]) -> str:
    """The address in the menu that is this page or the closest one above it; a home is only itself."""
    above = [
        url for item, url in urls if path == url or (item.url_name not in HOMES and path.startswith(url))
    ]
    return max(above, key=len, default="")


def address(name: str, city: str = "", **more: str | int) -> str:
    """The address of a page that takes a city at most, or `more` of which there is little, such as the codes of
    methods; in the active language. Raises NoReverseMatch."""
    return _address(*_here(), name, city, **more)


def address_if_any(name: str, city: str, *, optional: bool = False) -> str:
    """The page in the city, or else the shared one; empty where there is no such room, see `page_link`."""
    return _address_if_any(*_here(), name, city, optional=optional)


def _here() -> tuple[URLResolver, str, str]:
    """What an address depends on beside its page: every page names the same few, each worked out once a process."""
    return get_resolver(), get_script_prefix(), get_language() or ""


@lru_cache(maxsize=4096)
def _address(
    _resolver: URLResolver, _prefix: str, _language: str, name: str, city: str, **more: str | int
) -> str:
    return reverse(name, kwargs=(more | {"city": city} if city else more) or None)


@lru_cache(maxsize=4096)
def _address_if_any(
    resolver: URLResolver, prefix: str, language: str, name: str, city: str, *, optional: bool
) -> str:
    room = name.rpartition(":")[0]
    if room and room not in resolver.namespace_dict:
        return ""
    with suppress(NoReverseMatch):
        return _address(resolver, prefix, language, name, city)
    if city and not optional:
        return _address(resolver, prefix, language, name, "")
    with suppress(NoReverseMatch):
        return _address(resolver, prefix, language, name, "")
    return ""


def front_door(code: str) -> str:
    """The address of the shared front page in a language."""
    return "/" if code == settings.LANGUAGE_CODE else f"/{code}/"


def languages(request: HttpRequest) -> list[Language]:
    """This page in every language, each under its own name."""
    active = get_language()
    return [
        Language(
            code,
            get_language_info(code)["name_local"].capitalize(),
            _same_page(request, code),
            code == active,
        )
        for code, _name in settings.LANGUAGES
    ]


def _same_page(request: HttpRequest, code: str) -> str:
    match = request.resolver_match
    if match is None:
        return front_door(code)
    query = request.META.get("QUERY_STRING", "")
    with override(code):
        try:
            url = reverse(match.view_name, args=match.args or None, kwargs=match.kwargs or None)
        except NoReverseMatch:
            return request.get_full_path()
    return f"{url}?{query}" if query and request.method == "GET" else url
