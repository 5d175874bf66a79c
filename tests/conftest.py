"""What every test stands on: a held clock, an empty cache, no way out of this machine, and a browser."""

from __future__ import annotations

import datetime as dt
import gc
import os
import shutil
import socket
from typing import TYPE_CHECKING, Any
from zoneinfo import ZoneInfo

import pytest
from django.core.cache import cache
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import translation

from talkoot.kit import clock
from tests.cast import cast  # noqa: F401 -- a fixture for every test

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from playwright.sync_api import ConsoleMessage, Page

gc.set_threshold(100_000, 50, 100)  # looking for garbage as often as usual costs a tenth of the suite
HERE = {"127.0.0.1", "::1", "localhost"}
BROWSERS = ("chromium", "chromium-browser", "google-chrome")
BROWSER_FIXTURES = {"browser", "context", "new_context", "page"}
TODAY = dt.datetime(2026, 11, 24, 10, 0, tzinfo=ZoneInfo("Europe/Helsinki"))


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--database-only", action="store_true", help="only tests that touch the database")


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    for item in items:
        if BROWSER_FIXTURES & _fixtures(item):
            item.add_marker("journey")
    if config.getoption("--database-only"):
        kept = [item for item in items if _touches_database(item)]
        config.hook.pytest_deselected(items=[item for item in items if item not in kept])
        items[:] = kept


def pytest_runtest_setup(item: pytest.Item) -> None:
    vendor = connection.vendor
    if item.get_closest_marker("postgres") and vendor != "postgresql":
        pytest.skip("about PostgreSQL itself")
    if item.get_closest_marker("sqlite") and vendor != "sqlite":
        pytest.skip("about SQLite itself")


def _fixtures(item: pytest.Item) -> set[str]:
    return set(getattr(item, "fixturenames", ()))


def _touches_database(item: pytest.Item) -> bool:
    if item.get_closest_marker("one_database"):
        return False
    return item.get_closest_marker("django_db") is not None or "db" in _fixtures(item)


@pytest.fixture(autouse=True, scope="session")
def _only_this_machine() -> Iterator[None]:
    connect = socket.socket.connect

    def connect_here(self: socket.socket, address: Any) -> None:
        if self.family in {socket.AF_INET, socket.AF_INET6} and address[0] not in HERE:
            self.close()
            message = f"a test reached for {address[0]}; only this machine is allowed"
            raise RuntimeError(message)
        connect(self, address)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(socket.socket, "connect", connect_here)
        yield


@pytest.fixture(autouse=True)
def _empty_cache() -> None:
    cache.clear()


@pytest.fixture(autouse=True)
def _finnish() -> Iterator[None]:
    """Each test begins in Finnish; a page read in English by an earlier one does not count."""
    with translation.override("fi"):
        yield


@pytest.fixture(autouse=True)
def _held_clock() -> Iterator[None]:
    """Tuesday 24 November 2026, ten o'clock in Helsinki. A live server has its own, running clock."""
    with clock.frozen(TODAY):
        yield


@pytest.fixture
def queries(db: None) -> Callable[[], CaptureQueriesContext]:
    """`with queries() as asked: …`, then `len(asked)` and `asked.captured_queries`."""
    return lambda: CaptureQueriesContext(connection)


@pytest.fixture(scope="session")
def browser_type_launch_args() -> dict[str, Any]:
    """Debian's Chromium, silent towards the network. TALKOOT_CHROMIUM names another."""
    os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"  # Playwright keeps an event loop in this thread
    found = os.environ.get("TALKOOT_CHROMIUM") or next(filter(None, map(shutil.which, BROWSERS)), None)
    return {
        "executable_path": found,
        "args": [
            "--no-sandbox",
            "--disable-dev-shm-usage",
            "--disable-background-networking",
            "--disable-component-update",
            "--disable-default-apps",
            "--disable-sync",
            "--no-first-run",
        ],
    }


@pytest.fixture(scope="session")
def browser_context_args() -> dict[str, Any]:
    """A visitor in Finland on a laptop."""
    return {
        "locale": "fi-FI",
        "timezone_id": "Europe/Helsinki",
        "viewport": {"width": 1280, "height": 900},
    }


@pytest.fixture
def page(page: Page) -> Iterator[Page]:
    """A page that may not complain: a script error or a breach of the content policy fails the test."""
    complaints: list[str] = []

    def listen(message: ConsoleMessage) -> None:
        if message.type == "error" and not message.text.startswith("Failed to load resource"):
            complaints.append(message.text)

    page.on("console", listen)
    page.on("pageerror", lambda error: complaints.append(str(error)))
    yield page
    assert not complaints
