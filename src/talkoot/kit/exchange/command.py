"""`talkoot import NOUN FILE`: all of the file, or nothing of it. The nouns come from the plates."""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext as _

from talkoot.kit.exchange.reading import Unreadable
from talkoot.kit.plate import Import, offers, resolve

if TYPE_CHECKING:
    from collections.abc import Sequence

    from talkoot.kit.exchange.sheet import Preview

BAD_INPUT = 2
CULPRITS_MOST = 100


class Refused(Exception):
    """The file is not taken: a word for programs, a sentence for people, and where it is wrong."""

    def __init__(self, error: str, message: str, culprits: Sequence[int | str] = ()) -> None:
        super().__init__(message)
        self.said = {"error": error, "message": message, "culprits": list(culprits)[:CULPRITS_MOST]}


def usage() -> str:
    return " | ".join(f"talkoot import {offer.name} {offer.file}" for offer in offers(Import))


def run(argv: Sequence[str]) -> int:
    """Print one JSON summary, or say on standard error what is wrong and return 2."""
    try:
        summary = _imported(argv)
    except Refused as refused:
        print(json.dumps(refused.said, ensure_ascii=False), file=sys.stderr)  # noqa: T201 -- the command's own output
        return BAD_INPUT
    print(json.dumps(summary, ensure_ascii=False))  # noqa: T201 -- the same
    return 0


def _imported(argv: Sequence[str]) -> dict[str, Any]:
    nouns = {offer.name: offer for offer in offers(Import)}
    offer = nouns.get(argv[0]) if argv else None
    if offer is None or len(argv) > 2 or (len(argv) == 1 and not offer.file.startswith("[")):  # noqa: PLR2004 -- a noun and a file
        raise Refused("usage", usage(), argv)
    place = Path(argv[1]) if len(argv) > 1 else None
    if place is not None and not place.is_file():
        raise Refused("no_file", _("There is no such file: %(name)s") % {"name": place}, [str(place)])
    try:
        summary: dict[str, Any] = resolve(offer.take)(place)
    except Unreadable as error:
        raise Refused("unreadable", str(error), [str(place)]) from error
    return summary


def whole(preview: Preview) -> Preview:
    """The preview, if every row can be taken."""
    if preview.errors:
        first = preview.errors[0]
        message = _("Row %(line)s: %(reason)s") % {"line": first.line, "reason": first.message}
        raise Refused("rows", message, [error.line for error in preview.errors])
    return preview
