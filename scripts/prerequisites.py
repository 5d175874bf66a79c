"""Programs of the system that the tests need: found, or installed where that can be done without asking."""

from __future__ import annotations

import os
import shutil
import subprocess
from typing import TYPE_CHECKING, TypeVar

from scripts import cluster

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from pathlib import Path

T = TypeVar("T")
BROWSERS = ("chromium", "chromium-browser", "google-chrome")


class Missing(Exception):
    """A program is neither here nor installable; the message says why."""


def postgresql() -> Path:
    """The folder of PostgreSQL's server programs."""
    return _found_or_installed(cluster.programs, "postgresql")


def chromium() -> str:
    """The path of a Chromium."""
    return _found_or_installed(_chromium, "chromium")


def _chromium() -> str | None:
    return os.environ.get("TALKOOT_CHROMIUM") or next(filter(None, map(shutil.which, BROWSERS)), None)


def _found_or_installed(look: Callable[[], T | None], package: str) -> T:
    found = look()
    if found is None:
        _install(package)
        found = look()
    if found is None:
        message = f"{package} was installed but its programs were not found"
        raise Missing(message)
    return found


def _install(package: str) -> None:
    if shutil.which("apt-get") is None:
        message = f"{package} is not on this machine and there is no apt-get to install it"
        raise Missing(message)
    root = _as_root()
    if root is None:
        message = f"{package} is not on this machine and installing it needs root: apt install {package}"
        raise Missing(message)
    print(f"Installing {package}", flush=True)
    quiet = [*root, "env", "DEBIAN_FRONTEND=noninteractive", "apt-get", "-qq"]
    for step in (["update"], ["install", "--yes", "--no-install-recommends", package]):
        done = subprocess.run(
            [*quiet, *step], check=False, stdin=subprocess.DEVNULL, capture_output=True, text=True
        )
        if done.returncode:
            lines = done.stderr.strip().splitlines() or ["no reason given"]
            message = f"{package} is not on this machine and apt-get could not install it: {lines[-1]}"
            raise Missing(message)


def _as_root() -> Sequence[str] | None:
    if os.geteuid() == 0:
        return []
    asks_nothing = shutil.which("sudo") and subprocess.run(
        ["sudo", "-n", "true"], check=False, capture_output=True, stdin=subprocess.DEVNULL
    )
    return ["sudo", "-n"] if asks_nothing and asks_nothing.returncode == 0 else None
