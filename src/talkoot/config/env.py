"""Settings come from the environment; each has a default that is safe to try and refuses to lie."""

from __future__ import annotations

import os
import secrets
from typing import TYPE_CHECKING, Any
from urllib.parse import parse_qsl, unquote, urlsplit

if TYPE_CHECKING:
    from pathlib import Path


def text(name: str, default: str = "") -> str:
    return os.environ.get(f"TALKOOT_{name}", default)


def flag(name: str, default: bool = False) -> bool:  # noqa: FBT001, FBT002 -- reads like a sentence where it is called
    return text(name, "1" if default else "0").lower() in {"1", "true", "yes", "on"}


def words(name: str, default: str) -> list[str]:
    return [word.strip() for word in text(name, default).split(",") if word.strip()]


def secret(folder: Path) -> str:
    """TALKOOT_SECRET, or one made once and kept in the data folder, readable by its owner only."""
    if given := text("SECRET"):
        return given
    place = folder / "secret"
    if not place.exists():
        folder.mkdir(parents=True, exist_ok=True)
        place.touch(mode=0o600)
        place.write_text(secrets.token_urlsafe(50))
    return place.read_text()


def database(folder: Path) -> dict[str, Any]:
    """TALKOOT_DATABASE_URL (postgresql://user:password@host:port/name?host=/socket), or SQLite in the data folder."""
    url = text("DATABASE_URL")
    return postgresql(url) if url else sqlite(folder / "talkoot.sqlite3")


def sqlite(place: Path) -> dict[str, Any]:
    place.parent.mkdir(parents=True, exist_ok=True)
    pragmas = ("journal_mode=WAL", "synchronous=FULL", "mmap_size=134217728", "cache_size=-20000")
    return {
        "ENGINE": "django.db.backends.sqlite3",
        "NAME": place,
        "CONN_MAX_AGE": None,
        "OPTIONS": {
            "transaction_mode": "IMMEDIATE",
            "timeout": 10,
            "init_command": "".join(f"PRAGMA {pragma};" for pragma in pragmas),
        },
    }


def postgresql(url: str) -> dict[str, Any]:
    parts = urlsplit(url)
    query = dict(parse_qsl(parts.query))
    return {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": parts.path.lstrip("/"),
        "USER": unquote(parts.username or ""),
        "PASSWORD": unquote(parts.password or ""),
        "HOST": query.pop("host", parts.hostname or ""),
        "PORT": str(parts.port or query.pop("port", "")),
        "CONN_MAX_AGE": 60,
        "OPTIONS": query,
    }
