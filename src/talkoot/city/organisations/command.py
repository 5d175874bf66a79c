"""`talkoot import companies FILE` and `talkoot import population FILE`: all of the file, or nothing of it."""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

from django.db import transaction
from django.utils.translation import gettext as _

from talkoot.city.organisations.imports import companies, plain, population, prh
from talkoot.city.organisations.models import Municipality
from talkoot.kit.exchange import Unreadable

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence

    from talkoot.kit.exchange import Preview

BAD_INPUT = 2
CULPRITS_MOST = 100
USAGE = "talkoot import companies FILE | talkoot import population FILE"


class _Bad(Exception):
    def __init__(self, error: str, message: str, culprits: Sequence[int | str] = ()) -> None:
        super().__init__(message)
        self.said = {"error": error, "message": message, "culprits": list(culprits)[:CULPRITS_MOST]}


def run(argv: Sequence[str]) -> int:
    """Print one JSON summary, or say on standard error what is wrong and return 2."""
    try:
        summary = _imported(argv)
    except _Bad as bad:
        print(json.dumps(bad.said, ensure_ascii=False), file=sys.stderr)  # noqa: T201 -- the command's own output
        return BAD_INPUT
    print(json.dumps(summary, ensure_ascii=False))  # noqa: T201 -- the same
    return 0


def _imported(argv: Sequence[str]) -> dict[str, Any]:
    takers: dict[str, Callable[[Path], dict[str, Any]]] = {"companies": _companies, "population": _population}
    if len(argv) != 2 or argv[0] not in takers:  # noqa: PLR2004 -- a noun and a file
        raise _Bad("usage", USAGE, argv)
    place = Path(argv[1])
    if not place.is_file():
        raise _Bad("no_file", _("There is no such file: %(name)s") % {"name": place}, [str(place)])
    try:
        return takers[argv[0]](place)
    except Unreadable as error:
        raise _Bad("unreadable", str(error), [str(place)]) from error


def _companies(place: Path) -> dict[str, Any]:
    if place.suffix.lower() in {".json", ".zip"}:
        return _register(place)
    preview = _whole(plain.sheet().preview(place.read_bytes()))
    found = map(plain.company, preview.ok)
    return companies.commit(found, by=None, source=f"{plain.SOURCE}: {place.name}").as_dict()


@transaction.atomic
def _register(place: Path) -> dict[str, Any]:
    """Read and save as a stream, for the bulk file is too large to hold; one bad object takes all of it back."""
    cities = {city.code: city for city in Municipality.objects.all()}
    refused: list[prh.Refused] = []
    with place.open("rb") as file:
        found = _passed(prh.read(file, cities), refused)
        outcome = companies.commit(found, by=None, source=prh.SOURCE)
    if refused:
        raise _Bad("rows", refused[0].reason, [one.place for one in refused])
    return outcome.as_dict()


def _passed(
    read: Iterable[companies.Company | prh.Refused], refused: list[prh.Refused]
) -> Iterator[companies.Company]:
    for one in read:
        if isinstance(one, companies.Company):
            yield one
        else:
            refused.append(one)


def _population(place: Path) -> dict[str, Any]:
    preview = _whole(population.sheet().preview(place.read_bytes()))
    return {"cells": population.commit(preview.ok, by=None)}


def _whole(preview: Preview) -> Preview:
    """The preview, if every row can be taken."""
    if preview.errors:
        first = preview.errors[0]
        message = _("Row %(line)s: %(reason)s") % {"line": first.line, "reason": first.message}
        raise _Bad("rows", message, [error.line for error in preview.errors])
    return preview
