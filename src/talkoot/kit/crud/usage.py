"""What else in the house names a row, found through the models themselves."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.utils.text import capfirst

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator

    from django.db import models


@dataclass(frozen=True, slots=True)
class Use:
    """How many rows of one kind name the row."""

    label: str
    count: int


def of(obj: models.Model, *, but: Collection[str] = ()) -> list[Use]:
    """Rows that point to `obj`, by kind; models named in `but` ("app.Model") do not hold it back."""
    counts: dict[str, int] = {}
    for model, name in _pointing(obj, but):
        count = model._base_manager.filter(**{name: obj.pk}).count()
        if count:
            label = capfirst(str(model._meta.verbose_name_plural))
            counts[label] = counts.get(label, 0) + count
    return [Use(label, count) for label, count in sorted(counts.items())]


def _pointing(obj: models.Model, but: Collection[str]) -> Iterator[tuple[type[models.Model], str]]:
    """Models and their fields that point to the model of `obj`; tables between two models are passed over."""
    for relation in obj._meta.get_fields(include_hidden=True):
        if not relation.auto_created or relation.concrete or relation.related_model is None:
            continue
        model: Any = relation.related_model
        if not model._meta.auto_created and model._meta.label not in but:
            yield model, relation.field.name  # type: ignore[union-attr]  # a relation from elsewhere has its field
