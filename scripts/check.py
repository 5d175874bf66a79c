"""All checks that run no page: each is run, then each is named with how it went.

With --mend, the formatters write what they would have complained about.
"""

from __future__ import annotations

import subprocess
import sys
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
PROGRAMS = Path(sys.executable).parent
CODE = ("src", "tests", "scripts", "benchmarks")
TAGS = ("--target-version", "5.2")
INDENTS = ("--tabwidth", "2", "--extra-block", "partialdef,endpartialdef")


def templates() -> list[str]:
    """Every page, part and letter that Django renders as HTML."""
    return sorted(str(path.relative_to(ROOT)) for path in ROOT.glob("src/talkoot/**/templates/**/*.html"))


def steps() -> dict[str, list[str]]:
    """Name of each check and its command."""
    pages = templates()
    return {
        "lint": ["ruff", "check", *CODE],
        "format": ["ruff", "format", "--check", *CODE],
        "types": ["mypy", *CODE],
        "floors": ["lint-imports"],
        "template tags": ["djade", *TAGS, "--check", *pages],
        "template indents": ["djhtml", *INDENTS, "--check", *pages],
        "translations": ["python", "-m", "scripts.messages", "--check"],
        "migrations": ["talkoot", "manage", "makemigrations", "--check", "--dry-run"],
        "state diagrams": ["python", "-m", "scripts.states", "--check"],
        "structure": ["pytest", "-q", "-p", "no:cacheprovider", "tests/sweep/test_structure.py"],
    }


def run(name: str, command: list[str]) -> bool:
    """Run one check; what it says is shown only when it finds something."""
    started = time.perf_counter()
    done = subprocess.run(
        [str(PROGRAMS / command[0]), *command[1:]],
        cwd=ROOT,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        check=False,
    )
    good = done.returncode == 0
    if not good:
        print(f"\n{name}: {' '.join(command[:4])}\n{done.stdout}")
    print(f"{'ok' if good else 'NOT OK':<7}{name} ({time.perf_counter() - started:.0f} s)", flush=True)
    return good


def mend() -> int:
    """Let the formatters write; the exit code."""
    pages = templates()
    commands = (
        ["ruff", "check", "--fix-only", *CODE],
        ["ruff", "format", *CODE],
        ["djade", *TAGS, *pages],
        ["djhtml", *INDENTS, *pages],
    )
    for command in commands:
        subprocess.run([str(PROGRAMS / command[0]), *command[1:]], cwd=ROOT, check=False)
    return 0


def main() -> int:
    """Run all checks; the exit code."""
    if "--mend" in sys.argv:
        return mend()
    went = {name: run(name, command) for name, command in steps().items()}
    faulty = [name for name, good in went.items() if not good]
    print(f"Not in order: {', '.join(faulty)}" if faulty else "All checks in order")
    return 1 if faulty else 0


if __name__ == "__main__":
    sys.exit(main())
