"""Finding: by the words of the index, within what the reader may see now."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import reduce
from operator import and_, or_
from typing import TYPE_CHECKING, Any

from django.apps import apps
from django.utils.translation import gettext as _
from modelsearch.backends import get_search_backend
from modelsearch.query import PlainText

from talkoot.kit.search import words
from talkoot.kit.search.indexing import document_of
from talkoot.kit.search.models import SearchEntry

if TYPE_CHECKING:
    from collections.abc import Iterable

    from django.utils.functional import _StrPromise

    from talkoot.kit.access.request import AnyUser, City

QUERY_MOST = 200
WORDS_MOST = 8
LETTERS_LEAST = 2
LOOKED_AT_MOST = 300
EXCERPT = 160


@dataclass(frozen=True, slots=True)
class Hit:
    """One found object: `kind` is what its room calls such things, `excerpt` the text around the first word found."""

    name: str
    url: str
    kind: str | _StrPromise
    excerpt: str
    model: str
    object_id: str


@dataclass(frozen=True, slots=True)
class Found:
    """`hits`, best first; `message` says in a sentence why there are none, and what to try."""

    query: str
    hits: list[Hit] = field(default_factory=list)
    message: str = ""


def find(query: str, *, user: AnyUser, city: City | None, language: str, limit: int = 20) -> Found:
    """Objects that hold every word of `query`, in any form, in `language`, as far as `user` may see them.

    In a city: what is that city's and what all share; without one: all cities. Sight is asked of each model's
    `visible_to` at this moment, not of the index.
    """
    text = " ".join(query.split())[:QUERY_MOST]
    sought = [forms for forms in words.asked(text, language) if len(forms[0]) >= LETTERS_LEAST][:WORDS_MOST]
    if not sought:
        return Found(text, message=_too_little(text))
    rows = SearchEntry.objects.filter(language=language)
    if city is not None:
        rows = rows.filter(scope__in=["", city.slug])
    asked = reduce(and_, (reduce(or_, map(PlainText, forms)) for forms in sought))
    entries = list(get_search_backend().search(asked, rows)[:LOOKED_AT_MOST])
    entries.sort(key=lambda entry: _named(entry, sought), reverse=True)
    hits = [_hit(entry, sought) for entry in _seen(entries, user)[:limit]]
    return Found(text, hits, "" if hits else _nothing(text))


def _named(entry: SearchEntry, sought: list[tuple[str, ...]]) -> int:
    """How many of the sought words stand in the name: that counts before the rank of the database."""
    there = set(entry.title.split())
    return sum(not there.isdisjoint(forms) for forms in sought)


def _seen(entries: list[SearchEntry], user: AnyUser) -> list[SearchEntry]:
    """Those whose object the reader may see; one query a model."""
    ids: dict[str, list[str]] = {}
    for entry in entries:
        ids.setdefault(entry.model, []).append(entry.object_id)
    visible = {(label, key) for label, keys in ids.items() for key in _visible(label, keys, user)}
    return [entry for entry in entries if (entry.model, entry.object_id) in visible]


def _visible(label: str, keys: list[str], user: AnyUser) -> set[str]:
    if document_of(label) is None:
        return set()
    manager: Any = apps.get_model(label)._default_manager
    return {str(pk) for pk in manager.visible_to(user).filter(pk__in=keys).values_list("pk", flat=True)}


def _hit(entry: SearchEntry, sought: Iterable[tuple[str, ...]]) -> Hit:
    document = document_of(entry.model)
    kind = document.label if document else ""
    return Hit(entry.name, entry.url, kind, excerpt(entry.text, sought), entry.model, entry.object_id)


def excerpt(text: str, sought: Iterable[tuple[str, ...]]) -> str:
    """About EXCERPT signs around the first place where a sought word begins."""
    plain = " ".join(text.split())
    if len(plain) <= EXCERPT:
        return plain
    low = words.folded(plain.lower())
    stems = [form[: max(4, len(form) - 3)] for forms in sought for form in forms]
    places = [place for place in map(low.find, stems) if place >= 0] if len(low) == len(plain) else []
    start = plain.rfind(" ", 0, max(0, min(places, default=0) - EXCERPT // 3)) + 1
    end = plain.rfind(" ", start, start + EXCERPT)
    return ("… " if start else "") + plain[start:end] + (" …" if end < len(plain) else "")


def _too_little(text: str) -> str:
    if text:
        return _("Write at least two letters.")
    return _("Write what you are looking for: a company, a method or a word.")


def _nothing(text: str) -> str:
    return _("Nothing was found: %(query)s. Try another word, or fewer words.") % {"query": text}
