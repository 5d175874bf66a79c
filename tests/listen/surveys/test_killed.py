"""The server is killed while an answer is being sent: it is there, or it is offered again whole; never twice."""

from __future__ import annotations

import http.client
import os
import re
import sqlite3
import subprocess
import sys
from typing import TYPE_CHECKING
from urllib.parse import urlencode

import pytest
from django.conf import settings
from django.db import connection

from tests.listen.surveys.asking import WHOLE, begun, every_kind, open_round
from tests.listen.surveys.mortal import ANSWER
from tests.listen.surveys.rounds import manager

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from talkoot.listen.surveys.models import Draft
    from tests.cast import Cast

POINTS = ('INSERT INTO "surveys_response"', 'UPDATE "surveys_draft"', "COMMIT", ANSWER)
HIDDEN = re.compile(r'name="(csrfmiddlewaretoken|idempotency_key)" value="([^"]+)"')


class Browser:
    """A browser's connection to the server; what it was killed during ends as a connection that broke."""

    def __init__(self, port: int) -> None:
        self.port, self.cookie = port, ""

    def ask(self, path: str, data: dict[str, str] | None = None) -> tuple[int, str, str]:
        """(status, where it leads, the page)."""
        there = http.client.HTTPConnection("127.0.0.1", self.port, timeout=20)
        headers = {"Cookie": self.cookie, "Content-Type": "application/x-www-form-urlencoded"}
        there.request("POST" if data else "GET", path, urlencode(data) if data else None, headers)
        answer = there.getresponse()
        page = answer.read().decode()
        for line in answer.headers.get_all("Set-Cookie") or []:
            self.cookie = line.partition(";")[0]
        return answer.status, answer.headers.get("Location", ""), page


@pytest.fixture
def drafts(cast: Cast) -> list[Draft]:
    """One whole answer on its way for each point."""
    survey = open_round(every_kind(cast.jarvenpaa, manager(cast.jarvenpaa)), cast.jarvenpaa)
    return [begun(survey, cast.jarvenpaa, WHOLE | {"text": f"Vastaus {n}"}) for n in range(len(POINTS))]


@pytest.fixture
def database(drafts: list[Draft], tmp_path: Path) -> Path:
    """What the test has written, as a file of its own."""
    assert drafts
    place = tmp_path / "talkoot.sqlite3"
    place.write_bytes(connection.connection.serialize())
    return place


@pytest.fixture
def port(database: Path, drafts: list[Draft]) -> Iterator[int]:
    fates = [f"{draft.token}:{point}" for draft, point in zip(drafts, POINTS, strict=True)]
    command = [sys.executable, "-m", "tests.listen.surveys.mortal", str(database), *fates]
    environment = os.environ | {"DJANGO_SETTINGS_MODULE": "tests.settings"}
    with subprocess.Popen(
        command,
        cwd=settings.BASE_DIR,
        env=environment,
        stdout=subprocess.PIPE,
        text=True,
        start_new_session=True,
    ) as server:
        assert server.stdout is not None
        try:
            yield int(server.stdout.readline())
        finally:
            os.killpg(server.pid, 9)


@pytest.mark.one_database
@pytest.mark.sqlite
def test_an_answer_survives_a_killed_server_and_is_never_there_twice(
    drafts: list[Draft], database: Path, port: int
) -> None:
    for draft, point in zip(drafts, POINTS, strict=True):
        browser, address = Browser(port), f"/jarvenpaa/vastaa/{draft.token}/tarkista/"
        _status, _to, page = browser.ask(address)
        form = dict(HIDDEN.findall(page))
        with pytest.raises((http.client.RemoteDisconnected, ConnectionResetError)):
            browser.ask(address, form)
        status, to, page = browser.ask(address)
        if point == ANSWER:
            assert (status, to.endswith("/kiitos/")) == (302, True)
        else:
            assert draft.answers["text"] in page
        status, to, _page = browser.ask(address, form)
        assert (status, to.endswith("/kiitos/")) == (302, True), point
    with sqlite3.connect(database) as rows:
        answers = [text for (text,) in rows.execute("SELECT answers FROM surveys_response")]
        assert rows.execute("SELECT count(*) FROM surveys_draft WHERE sent").fetchone() == (len(POINTS),)
        assert rows.execute("PRAGMA integrity_check").fetchone() == ("ok",)
    assert len(answers) == len(POINTS)
    assert all(sum(draft.answers["text"] in text for text in answers) == 1 for draft in drafts)
