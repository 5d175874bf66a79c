"""A server that is killed at named points: `python -m tests.listen.surveys.mortal DATABASE TOKEN:POINT…`.

For each of them a new process serves on the same port until it reaches the point in a form that was sent with the token,
and there kills itself with SIGKILL; after the last one a process serves on. A point is the beginning of an SQL statement,
about to be run, or ANSWER: all is done, and nothing has been sent back.
"""

from __future__ import annotations

import os
import signal
import sys
from typing import TYPE_CHECKING, Any
from wsgiref.simple_server import WSGIRequestHandler, WSGIServer

import django
from django.urls import reverse

from tests import settings as house

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

ANSWER = "answer"


class Mortal:
    """The house as WSGI knows it, until the point."""

    def __init__(self, app: Any, fate: str) -> None:
        self.app, self.sending = app, False
        self.token, _colon, self.point = fate.partition(":")

    def __call__(self, environ: dict[str, Any], start_response: Callable[..., Any]) -> Iterable[bytes]:
        self.sending = environ["REQUEST_METHOD"] == "POST" and self.token in environ["PATH_INFO"]
        answer: Iterable[bytes] = self.app(environ, start_response)
        self.reached(ANSWER)
        return answer

    def reached(self, where: str) -> None:
        if self.sending and self.point and where.startswith(self.point):
            os.kill(os.getpid(), signal.SIGKILL)

    def watch(self, connection: Any, **_signal: Any) -> None:
        connection.connection.set_trace_callback(self.reached)


class _Quiet(WSGIRequestHandler):
    def log_message(self, format: str, *args: Any) -> None:  # noqa: A002 -- the name that the library calls it by
        """Say nothing."""


def live(server: WSGIServer, fate: str) -> None:
    from django.core.wsgi import get_wsgi_application
    from django.db.backends.signals import connection_created

    mortal = Mortal(get_wsgi_application(), fate)
    connection_created.connect(mortal.watch)
    server.set_app(mortal)
    server.serve_forever()


def main(database: str, fates: list[str]) -> None:
    house.DATABASES["default"]["NAME"] = database
    django.setup()
    reverse("public:front")  # reads every address once, before the processes part
    server = WSGIServer(("127.0.0.1", 0), _Quiet)
    sys.stdout.write(f"{server.server_port}\n")
    sys.stdout.flush()
    for fate in fates:
        child = os.fork()
        if not child:
            live(server, fate)
        os.waitpid(child, 0)
    live(server, "")


if __name__ == "__main__":
    main(sys.argv[1], sys.argv[2:])
