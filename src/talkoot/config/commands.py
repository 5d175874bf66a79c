"""`talkoot`: commands on files alone, the house's own, and `talkoot manage` for Django's.

A command on files alone reads what it is given and prints an answer. It needs no database, so neither Django nor
the settings are loaded for it, nor to list the commands.
"""

from __future__ import annotations

import argparse
import os
import sys
from importlib import import_module

FILES = {
    "decide": ("Decide a case: talkoot decide CASE.json", "talkoot.choose.selection.command.run"),
    "survey": (
        "Estimate or protect: talkoot survey estimate SPEC.json | protect TABLE.json",
        "talkoot.analysis.survey.command.run",
    ),
    "evidence": ("Pool studies: talkoot evidence pool FILE.csv", "talkoot.analysis.evidence.command.run"),
}
HOUSE = {
    "demo": (
        "Make the demo of three cities and serve it; --remove takes it away.",
        "talkoot.config.demo.run",
    ),
    "import": (
        "Bring in a file, all of it or nothing; alone it lists what can be brought in.",
        "talkoot.kit.exchange.command.run",
    ),
    "reindex": ("Read everything anew into the search.", "talkoot.kit.search.commands.reindex"),
    "web": ("Serve the pages.", "talkoot.config.serve.web"),
    "worker": ("Do the jobs in the background.", "talkoot.config.serve.worker"),
}
DJANGO = {"manage": ("Django's own commands (migrate, createsuperuser, …).", "")}
COMMANDS = HOUSE | FILES | DJANGO
"""{name: (what it does, the dotted path of what does it with the rest of the words)}."""


def main(argv: list[str] | None = None) -> int:
    """Run one command and return its exit code (2 for bad input)."""
    words = sys.argv[1:] if argv is None else argv
    if not words or words[0] in {"-h", "--help"}:
        _parser().print_help()
        return 0
    if words[0] == "--version":
        return _version()
    name = _parser().parse_args(words[:1]).command
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "talkoot.config.settings")
    if name == "manage":
        return _manage(words[1:])
    if name in HOUSE:
        _open_house(name)
    module, _, function = COMMANDS[name][1].rpartition(".")
    return int(getattr(import_module(module), function)(words[1:]) or 0)


def _open_house(name: str) -> None:
    import django

    if name == "demo":
        os.environ.setdefault("TALKOOT_DEMO", "1")
    django.setup()


def _manage(words: list[str]) -> int:
    from django.core.management import execute_from_command_line

    execute_from_command_line(["talkoot manage", *words])
    return 0


def _version() -> int:
    from importlib.metadata import version

    sys.stdout.write(f"{version('talkoot')}\n")
    return 0


def _parser() -> argparse.ArgumentParser:
    lines = [f"  {name:<10} {does}" for name, (does, _path) in COMMANDS.items()]
    parser = argparse.ArgumentParser(
        prog="talkoot",
        description="The operating model of climate cooperation between cities and companies.",
        epilog="commands:\n" + "\n".join(lines),
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument("--version", action="store_true", help="show the version and exit")
    parser.add_argument("command", choices=[*COMMANDS], metavar="command")
    return parser


if __name__ == "__main__":
    sys.exit(main())
