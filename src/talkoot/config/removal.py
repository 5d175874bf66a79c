"""Taking the demo out of a database: its cities, people and companies, and all that hangs on them.

What a real city holds stays. Of the demo are the cities of demo/cities.yaml whose address of contact ends in
`.example`, people with such an address, and rows marked as an example or simulated that no other city shares.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from functools import partial, reduce
from operator import or_
from typing import TYPE_CHECKING, Any

from django.apps import apps
from django.conf import settings
from django.db import DEFAULT_DB_ALIAS, models, transaction
from django.db.models import Q
from django.db.models.sql import DeleteQuery

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

Keys = dict[type[models.Model], set[Any]]

RESERVED = ".example"
MARKS = ("example", "simulated")
BATCH = 500
GOES_ALONG = (models.CASCADE, models.PROTECT)


@dataclass(frozen=True)
class Demo:
    """What of the demo a database holds."""

    cities: list[Any]
    people: list[Any]
    companies: int

    def __bool__(self) -> bool:
        return bool(self.cities or self.people or self.companies)

    def others(self) -> list[str]:
        """Addresses of people outside the demo who have a role or have done something in its cities."""
        from talkoot.city.accounts.models import User
        from talkoot.kit.audit.models import Event

        slugs = [city.slug for city in self.cities]
        active = Event.objects.filter(scope__in=slugs, actor__isnull=False).values("actor")
        bodies = [city.organisation_id for city in self.cities]
        rows = User.objects.filter(Q(pk__in=active) | Q(memberships__organisation__in=bodies))
        outside = rows.exclude(email__endswith=RESERVED).distinct().order_by("email")
        return list(outside.values_list("email", flat=True))


def found() -> Demo:
    """The demo as it stands in the database."""
    from talkoot.city.accounts.models import User
    from talkoot.city.organisations.models import Municipality, Organisation
    from talkoot.kit.exchange import yaml_file

    codes = [row["code"] for row in yaml_file(settings.TALKOOT_DEMO_FOLDER / "cities.yaml")]
    cities = Municipality.objects.filter(code__in=codes, contact_email__endswith=RESERVED)
    people = User.objects.filter(email__endswith=RESERVED)
    return Demo(list(cities), list(people), len(_marked(Organisation, list(cities))))


@transaction.atomic
def remove(demo: Demo) -> dict[str, int]:
    """Delete the demo and return how many rows of each model went, by its name. The library of methods stays."""
    from talkoot.kit.plate import Seed, offers, resolve
    from talkoot.kit.search import indexing

    doomed = _with_dependents(_roots(demo))
    _let_go(doomed)
    for model, keys in doomed.items():
        # All of them go, in any order: the database looks at their keys when the transaction ends.
        DeleteQuery(model).delete_batch(list(keys), DEFAULT_DB_ALIAS)
    _traces(demo, doomed)
    for seed in offers(Seed):
        if seed.after_removal:
            resolve(seed.after_removal)()
    indexing.rebuild()
    return {model._meta.label: len(keys) for model, keys in doomed.items() if keys and _is_ours(model)}


def _roots(demo: Demo) -> Keys:
    from talkoot.city.organisations.models import Organisation

    roots: Keys = defaultdict(set)
    for row in (*demo.cities, *demo.people):
        roots[type(row)].add(row.pk)
    roots[Organisation] |= {city.organisation_id for city in demo.cities}
    for model in apps.get_models():
        if _is_ours(model):
            roots[model] |= _marked(model, demo.cities)
    return roots


def _is_ours(model: type[models.Model]) -> bool:
    return model.__module__.startswith("talkoot.")


def _marked(model: type[models.Model], cities: list[Any]) -> set[Any]:
    """Rows with the mark of an example that no city keeps: those of a demo city go with the city."""
    names = {field.name for field in model._meta.get_fields()}
    marks = [Q(**{mark: True}) for mark in MARKS if mark in names]
    ways = list(_up(model))
    if not marks or any(not may_lack for _way, may_lack in ways):
        return set()
    rows = model._base_manager.filter(reduce(or_, marks), **{f"{way}__isnull": True for way, _null in ways})
    for way in _across(model):
        shared = model._base_manager.filter(**{f"{way}__in": _others_than(cities)})
        rows = rows.exclude(pk__in=shared.values("pk"))
    return set(rows.values_list("pk", flat=True))


def _others_than(cities: list[Any]) -> models.QuerySet[Any]:
    from talkoot.city.organisations.models import Municipality

    return Municipality.objects.exclude(pk__in=[city.pk for city in cities])


def _up(model: type[models.Model], deep: int = 4) -> Iterator[tuple[str, bool]]:
    """(look-up, whether it may be empty) along the keys that lead from a row to its one city."""
    from talkoot.city.organisations.models import Municipality

    for field in model._meta.concrete_fields:
        other: Any = field.related_model
        if not isinstance(field, models.ForeignKey) or other is model or not _is_ours(other):
            continue
        if other is Municipality:
            yield field.name, field.null
        elif deep:
            yield from ((f"{field.name}__{way}", field.null or null) for way, null in _up(other, deep - 1))


def _across(model: type[models.Model]) -> Iterator[str]:
    """Look-ups that lead from a row to several cities: a list of them, or rows of a city that point to it."""
    from talkoot.city.organisations.models import Municipality

    for field in model._meta.many_to_many:
        if field.related_model is Municipality:
            yield field.name
    for relation in model._meta.related_objects:
        for own in relation.related_model._meta.concrete_fields:
            if own.related_model is Municipality:
                yield f"{relation.field.related_query_name()}__{own.name}"


def _with_dependents(roots: Keys) -> Keys:
    """`roots` and every row that cannot be without one of them."""
    doomed: Keys = defaultdict(set)
    fresh = roots
    while any(fresh.values()):
        following: Keys = defaultdict(set)
        for model, keys in fresh.items():
            doomed[model] |= keys
            for relation in _relations(model):
                if relation.on_delete in GOES_ALONG:
                    following[relation.related_model] |= _pointing(relation, keys)
        fresh = {model: keys - doomed[model] for model, keys in following.items()}
    return doomed


def _relations(model: type[models.Model]) -> Iterator[Any]:
    """Foreign keys that point to `model`, also those without a name on this side."""
    for field in model._meta.get_fields(include_hidden=True):
        if field.auto_created and not field.concrete and (field.one_to_many or field.one_to_one):
            yield field


def _pointing(relation: Any, keys: set[Any]) -> set[Any]:
    rows = relation.related_model._base_manager
    name = relation.field.name
    return {
        pk
        for some in _batches(keys)
        for pk in rows.filter(**{f"{name}__in": some}).values_list("pk", flat=True)
    }


def _let_go(doomed: Keys) -> None:
    """Rows that stay forget the row that goes, where their key allows it."""
    for model, keys in list(doomed.items()):
        for relation in _relations(model):
            if relation.on_delete not in GOES_ALONG and relation.field.null:
                name = relation.field.name
                for some in _batches(keys):
                    rows = relation.related_model._base_manager.filter(**{f"{name}__in": some})
                    rows.update(**{name: None})


def _traces(demo: Demo, doomed: Keys) -> None:
    """The log, the letters, the files and the waiting jobs of what went."""
    from django_tasks_db.models import DBTaskResult

    from talkoot.kit.audit.models import Event
    from talkoot.kit.files.models import StoredFile
    from talkoot.kit.mail.models import Message

    slugs = [city.slug for city in demo.cities]
    Event.objects.filter(scope__in=slugs).delete()
    for model, keys in doomed.items():
        for some in _batches(keys):
            Event.objects.filter(model=model._meta.label, object_id__in=map(str, some)).delete()
    Message.objects.filter(to__endswith=RESERVED).delete()
    files = StoredFile.objects.filter(scope__in=slugs)
    ids = [str(pk) for pk in files.values_list("pk", flat=True)]
    Event.objects.filter(model=StoredFile._meta.label, object_id__in=ids).delete()
    _files(files)
    if not _others_than(demo.cities).exists():
        DBTaskResult.objects.all().delete()


def _files(rows: models.QuerySet[Any]) -> None:
    """Delete the rows, and the contents that no other row has."""
    from django.core.files.storage import default_storage

    paths = set(rows.values_list("path", flat=True))
    model = rows.model
    rows.delete()
    left = set(model._base_manager.filter(path__in=paths).values_list("path", flat=True))
    for path in paths - left:
        transaction.on_commit(partial(default_storage.delete, path))


def _batches(keys: Iterable[Any]) -> Iterator[list[Any]]:
    every = list(keys)
    for start in range(0, len(every), BATCH):
        yield every[start : start + BATCH]
