"""CPU of the pages in routes.yaml, and the weight of a first load."""

from __future__ import annotations

import re
from functools import partial
from http import HTTPStatus
from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.parse import urljoin, urlsplit

import yaml
from django.conf import settings
from django.core.cache import cache
from django.test import Client

from benchmarks.measure import Figure, cpu_ms
from benchmarks.rows import numbers

if TYPE_CHECKING:
    from collections.abc import Iterator

ROUTES = Path(__file__).with_name("routes.yaml")
UNCACHED_MS = {"public": 15, "workspace": 30}
CACHED_MS = 3
FIRST_LOAD_KB = 150
LOADED = re.compile(
    r"<(?:link|script|img|source)\b[^>]*?\s(?:href|src)=[\"'](/static/[^\"'#]+)", re.IGNORECASE
)
LOADED_BY_STYLE = re.compile(r"(?:url\(|@import\s+)[\"']?([^\"')]+)")


def routes() -> list[dict[str, Any]]:
    """The pages to measure."""
    listed: list[dict[str, Any]] = yaml.safe_load(ROUTES.read_text(encoding="utf-8"))
    return [route | {"path": route["path"].format(**numbers())} for route in listed]


def cpu() -> Iterator[Figure]:
    """Process CPU of each page; public ones also with a warm cache."""
    for route in routes():
        client = _visitor(route.get("as"))
        limit = UNCACHED_MS[route["kind"]]
        answer = client.get(route["path"])
        if answer.status_code != HTTPStatus.OK:
            yield Figure(route["name"], None, "ms", limit, f"answered {answer.status_code}")
            continue
        ask = partial(client.get, route["path"])
        yield Figure(route["name"], cpu_ms(ask, cache.clear), "ms", limit)
        if route["kind"] == "public":
            yield Figure(f"{route['name']}, cached", cpu_ms(ask), "ms", CACHED_MS)


def weight() -> Iterator[Figure]:
    """Bytes of a first visit: the page and all it loads, compressed as it would be sent."""
    for route in routes():
        if route["kind"] != "public":
            continue
        answer = Client(SERVER_NAME="localhost").get(route["path"], headers={"accept-encoding": "gzip, br"})
        name = f"First load: {route['name']}"
        if answer.status_code != HTTPStatus.OK:
            yield Figure(name, None, "kB", FIRST_LOAD_KB, f"answered {answer.status_code}")
            continue
        plain = Client(SERVER_NAME="localhost").get(route["path"]).content.decode()
        files = _loaded(plain)
        total = len(answer.content) + sum(map(_sent, files))
        yield Figure(name, total / 1000, "kB", FIRST_LOAD_KB, f"{len(files)} files beside the page")


def _visitor(address: str | None) -> Client:
    from talkoot.city.accounts.models import User

    client = Client(SERVER_NAME="localhost")
    person = User.objects.filter(email=address).first() if address else None
    if person:
        client.force_login(person, backend=settings.AUTHENTICATION_BACKENDS[-1])
    return client


def _loaded(page: str) -> set[str]:
    """Addresses under /static/ that a browser fetches, those named in stylesheets included."""
    waiting = set(LOADED.findall(page))
    found: set[str] = set()
    while waiting:
        address = waiting.pop()
        found.add(address)
        if address.endswith(".css"):
            named = LOADED_BY_STYLE.findall(_file(address).read_text(encoding="utf-8"))
            local = {urlsplit(urljoin(address, name)).path for name in named if not name.startswith("data:")}
            waiting |= local - found
    return found


def _file(address: str) -> Path:
    return Path(settings.STATIC_ROOT) / address.removeprefix(settings.STATIC_URL)


def _sent(address: str) -> int:
    file = _file(address)
    forms = (file, file.with_name(f"{file.name}.br"), file.with_name(f"{file.name}.gz"))
    return min(form.stat().st_size for form in forms if form.exists())
