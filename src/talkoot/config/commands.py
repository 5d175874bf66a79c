"""`talkoot`: the house's own commands, those that the rooms offer, and `talkoot manage` for Django's."""

from __future__ import annotations

import argparse
import os
import sys
from importlib.metadata import version

import django


def main(argv: list[str] | None = None) -> int:
    """Run one command and return its exit code (2 for bad input)."""
    words = sys.argv[1:] if argv is None else argv
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "talkoot.config.settings")
    if words[:1] == ["demo"]:
        os.environ.setdefault("TALKOOT_DEMO", "1")
    if words[:1] == ["manage"]:
        return _manage(words[1:])
    django.setup()
    from talkoot.kit.plate import resolve

    commands = _commands()
    parser = _parser(commands)
    if not words or words[0] in {"-h", "--help"}:
        parser.print_help()
        return 0
    name = parser.parse_args(words[:1]).command
    return int(resolve(commands[name][1])(words[1:]) or 0)


def _manage(words: list[str]) -> int:
    from django.core.management import execute_from_command_line

    execute_from_command_line(["talkoot manage", *words])
    return 0


def _commands() -> dict[str, tuple[str, str]]:
    """{name: (help, dotted path)}: the house's own first, then what the plates offer."""
    from talkoot.kit.plate import Command, Import, offers

    nouns = " | ".join(f"import {offer.name} {offer.file}" for offer in offers(Import))
    own = {
        "demo": (
            "Make the demo of three cities and serve it; --remove takes it away.",
            "talkoot.config.demo.run",
        ),
        "import": (nouns, "talkoot.kit.exchange.command.run"),
        "web": ("Serve the pages.", "talkoot.config.serve.web"),
        "worker": ("Do the jobs in the background.", "talkoot.config.serve.worker"),
    }
    return own | {c.name: (str(c.help), c.run) for c in offers(Command)}


def _parser(commands: dict[str, tuple[str, str]]) -> argparse.ArgumentParser:
    lines = [f"  {name:<10} {help_text}" for name, (help_text, _path) in commands.items()]
    lines.append(f"  {'manage':<10} Django's own commands (migrate, createsuperuser, …).")
    parser = argparse.ArgumentParser(
        prog="talkoot",
        description="The operating model of climate cooperation between cities and companies.",
        epilog="commands:\n" + "\n".join(lines),
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument("--version", action="version", version=version("talkoot"))
    parser.add_argument("command", choices=[*commands, "manage"], metavar="command")
    return parser


if __name__ == "__main__":
    sys.exit(main())
