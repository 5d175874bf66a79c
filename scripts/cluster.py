"""A private PostgreSQL cluster in a temporary folder, gone when the block ends."""

from __future__ import annotations

import os
import pwd
import shutil
import subprocess
import tempfile
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

# Only a test may forget what it wrote when the power goes.
QUICK = ("fsync=off", "synchronous_commit=off", "full_page_writes=off", "listen_addresses=")
USERS = ("postgres", "nobody")


def programs() -> Path | None:
    """The folder that holds initdb and pg_ctl, of the newest version on this machine."""
    of_debian = sorted(Path("/usr/lib/postgresql").glob("*/bin/initdb"), key=lambda path: int(path.parts[-3]))
    found = str(of_debian[-1]) if of_debian else shutil.which("initdb")
    return Path(found).resolve().parent if found else None


@contextmanager
def private(folder_of_programs: Path) -> Iterator[str]:
    """Start a cluster that listens on a socket only; yields the address for TALKOOT_DATABASE_URL.

    PostgreSQL refuses to run as root, so root hands it to an unprivileged user.
    """
    with tempfile.TemporaryDirectory(prefix="tk-") as name:
        home = Path(name)
        owner = _owner()
        if owner:
            shutil.chown(home, owner)
        data = home / "data"
        settings = " ".join(f"-c {setting}" for setting in QUICK) + f" -k {home}"
        pg_ctl = folder_of_programs / "pg_ctl"
        initdb = [str(folder_of_programs / "initdb"), "-D", str(data), "-U", "talkoot", "--auth=trust"]
        _run([*initdb, "--no-sync", "--encoding=UTF8", "--locale=C.UTF-8"], owner, home)
        _run([str(pg_ctl), "-D", str(data), "-l", f"{home}/log", "-o", settings, "-w", "start"], owner, home)
        try:
            yield f"postgresql://talkoot@/talkoot?host={home}"
        finally:
            _run([str(pg_ctl), "-D", str(data), "-m", "immediate", "stop"], owner, home)


def _owner() -> str | None:
    if os.geteuid() != 0:
        return None
    known = {user.pw_name for user in pwd.getpwall()}
    return next(user for user in USERS if user in known)


def _run(command: Sequence[str], owner: str | None, folder: Path) -> None:
    as_owner = ["runuser", "-u", owner, "--"] if owner else []
    done = subprocess.run(  # noqa: PLW1510 -- the message below says more than CalledProcessError
        [*as_owner, *command],
        cwd=folder,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.PIPE,
        text=True,
    )
    if done.returncode:
        message = f"{Path(command[0]).name} did not succeed: {done.stderr.strip()}"
        raise RuntimeError(message)
