"""`talkoot demo`: the three cities, loaded once, served until stopped."""

from __future__ import annotations

import argparse
import os
import sys
from typing import TYPE_CHECKING

from django.conf import settings
from django.db import transaction

from talkoot.config import serve

if TYPE_CHECKING:
    from collections.abc import Iterator


def run(argv: list[str]) -> int:
    """`talkoot demo [--no-serve]`: migrate, load what is missing, start web and worker, say where and as whom."""
    parser = argparse.ArgumentParser(prog="talkoot demo", description=run.__doc__)
    parser.add_argument("--no-serve", action="store_true", help="prepare the demo and stop")
    given = parser.parse_args(argv)
    serve.prepare()
    load()
    sys.stdout.write("\n".join(introduction()) + "\n")
    sys.stdout.flush()
    if given.no_serve:
        return 0
    os.environ.setdefault("TALKOOT_ORIGIN", f"http://127.0.0.1:{serve.port()}")
    return serve.together([serve.web_command(), [sys.executable, "-m", "talkoot.config.commands", "worker"]])


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
