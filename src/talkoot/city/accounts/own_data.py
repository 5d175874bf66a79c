"""All that the house holds about one person, as the privacy records declare it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.apps import apps
from django.db import models

from talkoot.city.accounts.models import User
from talkoot.kit.plate import DataRecord, offers

if TYPE_CHECKING:
    from collections.abc import Iterator

SECRET = frozenset({"password"})


def collect(user: User) -> dict[str, list[dict[str, Any]]]:
    """{model label: rows} of every exported model that names `user`; secrets stay out."""
    found = {record.model: _rows(record, user) for record in offers(DataRecord) if record.export}
    return {label: rows for label, rows in found.items() if rows}


def _rows(record: DataRecord, user: User) -> list[dict[str, Any]]:
    model = apps.get_model(record.model)
    if model is User:
        return [_plain(user)]
    query = models.Q(pk__in=())
    for name in _person_fields(model, record):
        query |= models.Q(**{name: user})
    return [_plain(row) for row in model._default_manager.filter(query)]


def _person_fields(model: type[models.Model], record: DataRecord) -> Iterator[str]:
    for name in record.personal:
        field = model._meta.get_field(name)
        if getattr(field, "related_model", None) is User:
            yield name


def _plain(row: models.Model) -> dict[str, Any]:
    hidden = {*SECRET, *getattr(row, "audit_exclude", ())}
    return {f.attname: f.value_from_object(row) for f in row._meta.concrete_fields if f.name not in hidden}
