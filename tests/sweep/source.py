"""The source as the sweeps read it: files, syntax trees, and which room stands above which."""

from __future__ import annotations

import ast
import configparser
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

ROOT = Path(__file__).resolve().parents[2]
TALKOOT = ROOT / "src" / "talkoot"


@dataclass(frozen=True)
class Room:
    """An app, or a block of kit: its name is its label, its namespace and its template folder."""

    floor: str
    name: str
    height: tuple[int, int]


def python(*folders: str) -> list[Path]:
    """Python files of these folders of the repository, without migrations."""
    found = [path for folder in folders for path in (ROOT / folder).rglob("*.py")]
    return sorted(path for path in found if "migrations" not in path.parts)


def templates() -> list[Path]:
    """Every template."""
    return sorted(path for path in TALKOOT.glob("**/templates/**/*") if path.is_file())


def pages() -> list[Path]:
    """Every template that becomes HTML."""
    return [path for path in templates() if path.suffix == ".html"]


@cache
def text(path: Path) -> str:
    """The file as it is."""
    return path.read_text(encoding="utf-8")


@cache
def tree(path: Path) -> ast.Module:
    """The file as Python reads it."""
    return ast.parse(text(path))


def place(path: Path, line: int | None = None) -> str:
    """The file as a person names it."""
    shown = str(path.relative_to(ROOT))
    return f"{shown}:{line}" if line else shown


def strings(path: Path) -> Iterator[tuple[int, str]]:
    """Line and text of every string, but for documentation."""
    documentation = {id(node.value) for node in ast.walk(tree(path)) if isinstance(node, ast.Expr)}
    for node in ast.walk(tree(path)):
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in documentation:
            yield node.lineno, node.value


def attributes(path: Path) -> Iterator[tuple[int, str]]:
    """Line and dotted text of every attribute that is read, such as `request.user.is_staff`."""
    for node in ast.walk(tree(path)):
        if isinstance(node, ast.Attribute) and isinstance(node.ctx, ast.Load):
            yield node.lineno, ast.unparse(node)


def imports(path: Path) -> Iterator[tuple[int, str]]:
    """Line and full name of everything imported at any depth."""
    for node in ast.walk(tree(path)):
        if isinstance(node, ast.Import):
            yield from ((node.lineno, name.name) for name in node.names)
        elif isinstance(node, ast.ImportFrom):
            yield from ((node.lineno, f"{node.module}.{name.name}") for name in node.names)


@cache
def rooms() -> dict[str, Room]:
    """All rooms that exist, by name. Their order is that of .importlinter; equal heights are side by side."""
    floors = {floor: i for i, layer in enumerate(reversed(_layers("floors"))) for floor in layer}
    found = {}
    for path in TALKOOT.glob("*/*/__init__.py"):
        floor, name = path.parts[-3:-1]
        if floor in floors:
            found[name] = Room(floor, name, (floors[floor], _height_within(floor, name)))
    return found


def room_of(path: Path) -> Room | None:
    """The room that a file belongs to; none for a file of a floor itself."""
    parts = path.relative_to(TALKOOT).parts
    return rooms().get(parts[1]) if len(parts) > 2 else None


def _height_within(floor: str, name: str) -> int:
    if floor in {"kit", "analysis", "config"}:
        return 0
    return next((i for i, layer in enumerate(reversed(_layers(floor))) if name in layer), 0)


@cache
def _layers(contract: str) -> list[list[str]]:
    """Top first; each layer a list of those who stand side by side."""
    parser = configparser.ConfigParser()
    parser.read(ROOT / ".importlinter", encoding="utf-8")
    lines = parser[f"importlinter:contract:{contract}"]["layers"].strip().splitlines()
    return [[name.strip(" ()") for name in line.split("|")] for line in lines]
