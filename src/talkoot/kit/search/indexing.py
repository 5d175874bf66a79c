"""Keeping the index true: a save marks its object stale, a job looks at what is stale, each night at everything."""

from __future__ import annotations

from itertools import islice
from typing import TYPE_CHECKING, Any

from django.apps import apps
from django.conf import settings
from django.db import transaction
from django.urls import NoReverseMatch
from django.utils.translation import override
from modelsearch.backends import get_search_backend

from talkoot.kit.plate import SearchDocument, offers, resolve
from talkoot.kit.search import words
from talkoot.kit.search.models import SearchEntry, Stale

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from django.db.models import Model

BATCH = 200


def document_of(label: str) -> SearchDocument | None:
    """What a plate says of a model, by its label."""
    return next((offer for offer in offers(SearchDocument) if offer.model == label), None)


def mark_stale(sender: type[Model], instance: Model, **_: Any) -> None:
    """A receiver of post_save and post_delete: one row, in the transaction of the change."""
    row = Stale(model=sender._meta.label, object_id=str(instance.pk))
    Stale.objects.bulk_create([row], ignore_conflicts=True)


def refresh() -> int:
    """Look at what is stale; returns how many objects. Raises what a room raises, after the other rooms."""
    keys: dict[str, list[str]] = {}
    for label, object_id in Stale.objects.order_by("model").values_list("model", "object_id"):
        keys.setdefault(label, []).append(object_id)
    _look_at(keys)
    return sum(map(len, keys.values()))


def rebuild() -> int:
    """Look at every object of every offered model, and forget the others; returns how many entries there are.

    Raises what a room raises, after the other rooms.
    """
    known = [offer.model for offer in offers(SearchDocument)]
    SearchEntry.objects.exclude(model__in=known).delete()
    Stale.objects.exclude(model__in=known).delete()
    _look_at({label: _all_keys(label) for label in known})
    return SearchEntry.objects.count()


def _all_keys(label: str) -> list[str]:
    """Of the objects that there are, and of those that the index still has."""
    there = {str(pk) for pk in apps.get_model(label)._base_manager.values_list("pk", flat=True)}
    indexed = SearchEntry.objects.filter(model=label).values_list("object_id", flat=True).distinct()
    return sorted(there.union(indexed))


def _look_at(keys: dict[str, list[str]]) -> None:
    """One transaction a batch, so that a death in the middle loses nothing; one room's fault stops no other."""
    faults = []
    for label, ids in keys.items():
        try:
            for batch in _batches(ids):
                with transaction.atomic():
                    Stale.objects.filter(model=label, object_id__in=batch).delete()
                    _renew(label, batch)
        except Exception as fault:  # noqa: BLE001 -- a room's own code, raised again below
            faults.append(fault)
    if faults:
        raise faults[0]


def _renew(label: str, keys: list[str]) -> None:
    SearchEntry.objects.filter(model=label, object_id__in=keys).delete()
    document = document_of(label)
    if document is None:
        return
    objects = apps.get_model(label)._base_manager.filter(pk__in=keys)
    entries = SearchEntry.objects.bulk_create([entry for obj in objects for entry in _entries(document, obj)])
    if entries:
        get_search_backend().add_bulk(SearchEntry, entries)


def _entries(document: SearchDocument, obj: Model) -> Iterator[SearchEntry]:
    scope = getattr(getattr(obj, "city", None), "slug", "")
    for language, _name in settings.LANGUAGES:
        with override(language):
            try:
                url = resolve(document.url)(obj)
            except NoReverseMatch:
                return
            name = str(obj)
            text = str(resolve(document.text)(obj)) if document.text else ""
        yield SearchEntry(
            model=document.model,
            object_id=str(obj.pk),
            language=language,
            scope=scope,
            url=url,
            name=name[:300],
            text=text,
            title=words.indexed(name, language),
            body=words.indexed(text, language),
        )


def _batches(rows: Iterable[Any]) -> Iterator[list[Any]]:
    rest = iter(rows)
    while batch := list(islice(rest, BATCH)):
        yield batch
