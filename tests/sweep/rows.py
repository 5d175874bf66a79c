"""More rows of a kind: copies that differ only in what must be unique."""

from __future__ import annotations

import datetime as dt
import itertools
import uuid
from typing import TYPE_CHECKING, Any, TypeVar

from django.db import models

if TYPE_CHECKING:
    from collections.abc import Iterator

M = TypeVar("M", bound=models.Model)
_numbers = itertools.count(1001)


def like(row: M, **changes: Any) -> M:
    """A saved copy of `row` with `changes`; fields that must be unique get values of their own."""
    copy = type(row)()
    for field in row._meta.concrete_fields:
        if not field.primary_key:
            setattr(copy, field.attname, getattr(row, field.attname))
    for field in _unique(type(row)):
        if field.name not in changes:
            setattr(copy, field.attname, _fresh(field, getattr(copy, field.attname)))
    for name, value in changes.items():
        setattr(copy, name, value)
    copy.save(force_insert=True)
    return copy


def _unique(model: type[models.Model]) -> Iterator[models.Field[Any, Any]]:
    """Fields that make a row differ: unique ones, and the last plain field of each uniqueness constraint."""
    for field in model._meta.concrete_fields:
        if field.unique and not field.primary_key and not field.is_relation:
            yield field
    for constraint in model._meta.constraints:
        if isinstance(constraint, models.UniqueConstraint) and constraint.fields:
            fields = [model._meta.get_field(name) for name in constraint.fields]
            plain = [f for f in fields if isinstance(f, models.Field) and not f.is_relation and not f.choices]
            yield from plain[-1:]


def _fresh(field: models.Field[Any, Any], value: Any) -> Any:
    number = next(_numbers)
    if isinstance(field, models.UUIDField):
        return uuid.uuid4()
    if isinstance(field, models.DateTimeField):
        return value + dt.timedelta(seconds=number)
    if isinstance(field, models.DateField):
        return value + dt.timedelta(days=number)
    if isinstance(field, models.IntegerField | models.DecimalField | models.FloatField):
        return number
    if value is None:
        return None
    text = f"{value}-{number}"
    return text[-(field.max_length or 1000) :].lstrip("-")
