"""Web and worker processes."""

from __future__ import annotations

import argparse
import os
import signal
import subprocess
import sys
from pathlib import Path

from django.conf import settings
from django.db import DatabaseError

NOT_THE_DEMO = (
    "This database holds the demo of three cities, and TALKOOT_DEMO is 0. Its people have public passwords, so nothing "
    "is served.\nTo take the demo out of it: talkoot demo --remove\nOr begin with a database of its own: choose another "
    "TALKOOT_DATA or TALKOOT_DATABASE_URL.\n"
)


def holds_demo() -> bool:
    """The people of the demo are in the database; a database without tables holds nothing."""
    from talkoot.city.accounts.models import User

    try:
        return User.objects.filter(email__endswith=".example").exists()
    except DatabaseError:
        return False


def port() -> int:
    return int(os.environ.get("PORT", "8000"))


def web_command(host: str = "127.0.0.1", workers: int = 2) -> list[str]:
    """Granian with few workers; each holds the whole application."""
    granian = Path(sys.executable).with_name("granian")
    return [
        str(granian),
        *("--interface", "wsgi", "--host", host, "--port", str(port())),
        *("--workers", str(workers), "--blocking-threads", "2", "--log-level", "warning"),
        "talkoot.config.wsgi:application",
    ]


def web(argv: list[str]) -> int:
    """`talkoot web [--host HOST] [--workers N]`; the port comes from PORT."""
    parser = argparse.ArgumentParser(prog="talkoot web")
    parser.add_argument("--host", default="127.0.0.1")
    parser.add_argument("--workers", type=int, default=2)
    given = parser.parse_args(argv)
    if holds_demo() and not settings.TALKOOT_DEMO:
        sys.stderr.write(NOT_THE_DEMO)
        return 2
    command = web_command(given.host, given.workers)
    os.execv(command[0], command)  # noqa: S606 -- the server takes this process over
    return 0


def worker(argv: list[str]) -> int:
    """`talkoot worker [--queue NAME]`: jobs and recurring work until it is told to stop.

    Without a name a process for each queue, so that mail and documents do not wait for a long calculation.
    """
    from talkoot.kit.jobs import LONG, QUICK
    from talkoot.kit.jobs.worker import run

    parser = argparse.ArgumentParser(prog="talkoot worker")
    parser.add_argument("--queue", choices=(QUICK, LONG), help="one queue only, in this process")
    given = parser.parse_args(argv)
    return run(queues=(given.queue,)) if given.queue else together(worker_commands())


def worker_commands() -> list[list[str]]:
    """A process for what takes seconds, another for what takes minutes."""
    from talkoot.kit.jobs import LONG, QUICK

    talkoot = [sys.executable, "-m", "talkoot.config.commands"]
    return [[*talkoot, "worker", "--queue", name] for name in (QUICK, LONG)]


def prepare() -> None:
    """Bring the database and the static files to the state of this release."""
    from django.core.management import call_command

    settings.TALKOOT_DATA.mkdir(parents=True, exist_ok=True)
    (settings.TALKOOT_BUILD / "static").mkdir(parents=True, exist_ok=True)
    call_command("migrate", verbosity=0, interactive=False)
    if not _static_is_fresh():
        call_command("collectstatic", verbosity=0, interactive=False)


def _static_is_fresh() -> bool:
    """Nothing that the finders know is newer than the manifest of what was collected."""
    from django.contrib.staticfiles.finders import get_finders

    manifest = settings.STATIC_ROOT / "staticfiles.json"
    if not manifest.exists():
        return False
    made = manifest.stat().st_mtime
    found = (storage.path(path) for finder in get_finders() for path, storage in finder.list([]))
    return all(Path(place).stat().st_mtime < made for place in found)


def together(commands: list[list[str]]) -> int:
    """Run processes side by side; when one ends or the person stops, end them all."""
    running = [subprocess.Popen(command, env=os.environ.copy()) for command in commands]  # noqa: S603 -- our own commands
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(0))
    try:
        code = os.waitstatus_to_exitcode(os.wait()[1])
    except (KeyboardInterrupt, SystemExit):
        code = 0
    for process in running:
        if process.poll() is None:
            process.terminate()
    for process in running:
        try:
            process.wait(timeout=10)
        except subprocess.TimeoutExpired:
            process.kill()
        except ChildProcessError:
            pass
    return code
