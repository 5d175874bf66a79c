"""`talkoot demo`: the three cities, loaded once, served until stopped; and taken away again."""

from __future__ import annotations

import argparse
import os
import sys
from typing import TYPE_CHECKING

from django.conf import settings
from django.db import transaction

from talkoot.config import removal, serve

if TYPE_CHECKING:
    from collections.abc import Iterator

REFUSED = 2
ALL_THE_SAME = "--also-what-others-entered"
CITIES_OF_ITS_OWN = (
    "This database has cities of its own, so the demo is not loaded into it. Give the demo a folder of its own: "
    "TALKOOT_DATA=folder talkoot demo"
)
IN_USE = (
    "People outside the demo have a role in its cities or have worked there: {people}.\n"
    "What they entered in those cities would go with the demo. Nothing was removed.\n"
    "To remove that too: talkoot demo --remove {anyway}"
)
NOTHING = "This database holds no demo. Nothing was removed."
GOING = "Removing the demo: {cities}; {people} people and {companies} companies that are invented."
GONE = (
    "Removed {rows} rows. Other cities are as they were, and so is the library: {methods} methods.\n"
    "Next: talkoot manage createsuperuser, and talkoot import library where the library is empty."
)


def run(argv: list[str]) -> int:
    """`talkoot demo [--no-serve] [--remove]`: migrate, load what is missing, start web and worker, say where and as whom.

    With TALKOOT_DEMO=0 a demo that is in the database is removed first, and the service starts without one.
    """
    given = _parser().parse_args(argv)
    serve.prepare()
    if given.remove or not settings.TALKOOT_DEMO:
        code = _removed(also_of_others=given.also_what_others_entered)
        if code or given.remove:
            return code
    elif not _loaded():
        return REFUSED
    return 0 if given.no_serve else _served()


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="talkoot demo", description=(run.__doc__ or "").partition("\n")[0])
    parser.add_argument("--no-serve", action="store_true", help="prepare the demo and stop")
    parser.add_argument(
        "--remove",
        action="store_true",
        help="take the demo out of the database and stop; real cities stay as they are",
    )
    parser.add_argument(
        ALL_THE_SAME, action="store_true", help="with --remove: whoever entered it in the demo's cities"
    )
    return parser


def _loaded() -> bool:
    """Load the demo and say as whom one can sign in; False where the database has other cities only."""
    from talkoot.city.organisations.models import Municipality

    if Municipality.objects.exists() and not serve.holds_demo():
        _say(CITIES_OF_ITS_OWN)
        return False
    load()
    _say(*introduction())
    return True


def _served() -> int:
    os.environ.setdefault("TALKOOT_ORIGIN", f"http://127.0.0.1:{serve.port()}")
    if not settings.TALKOOT_DEMO:
        _say(f"\nTalkoot, without a demo: http://127.0.0.1:{serve.port()}\n")
    return serve.together([serve.web_command(), *serve.worker_commands()])


def _removed(*, also_of_others: bool) -> int:
    """Say what goes, remove it and say what stays; REFUSED where people outside the demo would lose something."""
    from talkoot.choose.methods.models import Method

    there = removal.found()
    if not there:
        _say(NOTHING)
        return 0
    if (others := there.others()) and not also_of_others:
        _say(IN_USE.format(people=", ".join(others), anyway=ALL_THE_SAME))
        return REFUSED
    cities = ", ".join(str(city) for city in there.cities) or "no city"
    _say(GOING.format(cities=cities, people=len(there.people), companies=there.companies))
    rows = sum(removal.remove(there).values())
    _say(GONE.format(rows=rows, methods=Method.objects.count()))
    return 0


def load() -> None:
    """Every room's part of the demo, in order, all or nothing; what someone has entered stays."""
    from talkoot.city.organisations.models import Municipality
    from talkoot.kit.plate import Seed, offers, resolve

    if Municipality.objects.exists():
        return
    with transaction.atomic():
        for seed in offers(Seed):
            resolve(seed.load)(settings.TALKOOT_DEMO_FOLDER)


def introduction() -> Iterator[str]:
    """The address and the people that one can sign in as."""
    from talkoot.city.accounts.models import User

    password = os.environ.get("TALKOOT_DEMO_PASSWORD", "talkoot-esimerkki")
    yield f"\nTalkoot: http://127.0.0.1:{serve.port()}"
    yield f"Sign in at http://127.0.0.1:{serve.port()}/tili/login/ with the password {password} as\n"
    for user in User.objects.filter(email__endswith=".example").prefetch_related("memberships__organisation"):
        held = ", ".join(f"{m.get_role_display()} · {m.organisation}" for m in user.memberships.all())
        yield f"  {user.email:<32} {held}"
    yield ""


def _say(*lines: str) -> None:
    sys.stdout.write("\n".join(lines) + "\n")
    sys.stdout.flush()
