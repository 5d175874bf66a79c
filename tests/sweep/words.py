"""English words of the source that must not reach a Finnish or Swedish reader."""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path

import allauth
import django
import django_filters
from babel.messages.mofile import read_mo
from babel.messages.pofile import read_po

from tests.sweep.source import ROOT

WORD = re.compile(r"[a-z]", re.IGNORECASE)
FOREIGN = (django, allauth, django_filters)


@cache
def untranslated(language: str) -> frozenset[str]:
    """Messages whose appearance on a page in `language` means that nobody translated them there."""
    own = _own(language)
    said = {text.casefold() for translations in own.values() for text in translations}
    foreign = _foreign(language)
    said |= {text.casefold() for text in foreign.values()}
    return frozenset(
        msgid for msgid in {*own, *foreign} if msgid.casefold() not in said and WORD.search(msgid)
    )


def _own(language: str) -> dict[str, set[str]]:
    with (ROOT / "locale" / language / "LC_MESSAGES" / "django.po").open("rb") as file:
        catalogue = read_po(file)
    found: dict[str, set[str]] = {}
    for message in catalogue:
        ids = message.id if isinstance(message.id, tuple | list) else (message.id,)
        strings = message.string if isinstance(message.string, tuple | list) else (message.string,)
        for msgid in filter(None, ids):
            found.setdefault(msgid, set()).update(filter(None, strings))
    return found


def _foreign(language: str) -> dict[str, str]:
    """Words of the packages below us and how they say them."""
    found: dict[str, str] = {}
    for package in FOREIGN:
        folder = Path(package.__path__[0])
        for path in folder.glob(f"**/locale/{language}/LC_MESSAGES/django.mo"):
            with path.open("rb") as file:
                found |= {
                    m.id: m.string
                    for m in read_mo(file)
                    if isinstance(m.id, str) and isinstance(m.string, str)
                }
    return {msgid: text for msgid, text in found.items() if msgid and text}
