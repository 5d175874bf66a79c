"""The demo, loaded once and given anew to each journey, and people who walk through its pages."""

from __future__ import annotations

import sqlite3
from typing import TYPE_CHECKING

import pytest
from django.db import connection

from talkoot.config import demo
from tests.journeys.walk import Person

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from playwright.sync_api import Browser, BrowserContext, Page
    from pytest_django import Settings
    from pytest_django.live_server_helper import LiveServer

LATER = {"default": {"BACKEND": "django_tasks.backends.dummy.DummyBackend", "QUEUES": []}}
_kept: dict[str, sqlite3.Connection] = {}


@pytest.fixture(scope="session")
def browser_type_launch_args(browser_type_launch_args: dict[str, object]) -> dict[str, object]:
    """A browser that keeps the page one comes back to, as people's browsers do."""
    return browser_type_launch_args | {"ignore_default_args": ["--disable-back-forward-cache"]}


@pytest.fixture
def town(transactional_db: None, settings: Settings) -> None:
    """The three cities as on the first day; the work of the machine that loading asks for is left undone."""
    settings.TALKOOT_DEMO, settings.TALKOOT_SAMPLES = True, 500
    if "demo" in _kept:
        connection.ensure_connection()
        _kept["demo"].backup(connection.connection)
        return
    at_once = settings.TASKS
    settings.TASKS = LATER
    demo.load()
    settings.TASKS = at_once
    if connection.vendor == "sqlite":
        _kept["demo"] = sqlite3.connect(":memory:", check_same_thread=False)
        connection.connection.backup(_kept["demo"])


@pytest.fixture
def arrive(
    town: None,
    live_server: LiveServer,
    browser: Browser,
    browser_context_args: dict[str, object],
) -> Iterator[Callable[..., Person]]:
    """`arrive()` is someone with a browser of their own; options are those of a browser context."""
    opened: list[tuple[BrowserContext, list[str]]] = []

    def one(**options: object) -> Person:
        context = browser.new_context(**{**browser_context_args, **options})  # type: ignore[arg-type]  # as Playwright's own
        page: Page = context.new_page()
        complaints: list[str] = []
        page.on("pageerror", lambda error: complaints.append(str(error)))
        page.on(
            "console", lambda said: complaints.append(said.text) if _is_bad(said.type, said.text) else None
        )
        opened.append((context, complaints))
        return Person(page, live_server.url)

    yield one
    said = [complaint for _, complaints in opened for complaint in complaints]
    for context, _ in opened:
        context.close()
    assert not said, said


def _is_bad(kind: str, text: str) -> bool:
    return kind == "error" and not text.startswith("Failed to load resource")
