"""`talkoot`: what it lists, and what it loads to do it."""

from __future__ import annotations

import json
import subprocess
import sys
from importlib import import_module
from typing import TYPE_CHECKING

import pytest

from talkoot.config import commands

if TYPE_CHECKING:
    from pathlib import Path

HEAVY = {"django", "numpy", "scipy", "highspy", "numba", "polars"}
RUN = "import sys; from talkoot.config.commands import main; code = main(sys.argv[1:]); print(*sys.modules); sys.exit(code)"


def ran(*words: str) -> tuple[int, str, str, set[str]]:
    """Exit code, both outputs, and which heavy packages were loaded for a command in a process of its own."""
    done = subprocess.run([sys.executable, "-c", RUN, *words], capture_output=True, text=True, check=False)
    *out, modules = done.stdout.splitlines()
    return done.returncode, "\n".join(out), done.stderr, HEAVY & set(modules.split())


def test_the_list_names_every_command_and_loads_nothing_heavy() -> None:
    code, out, _error, heavy = ran("--help")
    assert code == 0
    assert all(f"  {name} " in out for name in commands.COMMANDS)
    assert not heavy


@pytest.mark.parametrize("name", [name for name in commands.COMMANDS if name != "manage"])
def test_every_command_is_there_to_be_run(name: str) -> None:
    module, _, function = commands.COMMANDS[name][1].rpartition(".")
    assert callable(getattr(import_module(module), function))


def test_a_file_is_refused_before_anything_heavy_is_loaded(tmp_path: Path) -> None:
    many = [{"id": f"M{n}", "score": [1]} for n in range(10_000)]
    path = tmp_path / "many.json"
    path.write_text(json.dumps({"criteria": ["A"], "methods": many}), encoding="utf-8")
    code, out, error, heavy = ran("decide", str(path))
    assert (code, out) == (2, "")
    said = json.loads(error)
    assert said["message"] == "methods may hold at most 1000 items; it has 10000."
    assert said["culprits"] == ["methods"]
    assert not heavy


def test_a_case_is_decided_without_django(tmp_path: Path) -> None:
    path = tmp_path / "case.json"
    case = {"criteria": ["A"], "methods": [{"id": "M01", "score": [1]}], "samples": 10}
    path.write_text(json.dumps(case), encoding="utf-8")
    code, out, _error, heavy = ran("decide", str(path))
    assert code == 0
    assert json.loads(out)["recommended"]["methods"] == ["M01"]
    assert "django" not in heavy
