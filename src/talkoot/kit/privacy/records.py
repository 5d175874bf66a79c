"""The privacy records that the plates offer, by model."""

from __future__ import annotations

from django.apps import apps

from talkoot.kit.plate import DataRecord, offers


def by_model() -> dict[str, DataRecord]:
    """{"pilots.Pilot": its record}."""
    return {record.model: record for record in offers(DataRecord)}


def unrecorded() -> list[str]:
    """Labels of our models that no plate declares."""
    records = by_model()
    own = (model for model in apps.get_models() if model.__module__.startswith("talkoot."))
    return [model._meta.label for model in own if model._meta.label not in records]


def unknown_fields() -> list[str]:
    """Personal fields that a record names and the model lacks, as "pilots.Pilot.field"."""
    wrong = []
    for record in offers(DataRecord):
        names = {field.name for field in apps.get_model(record.model)._meta.get_fields()}
        wrong += [f"{record.model}.{name}" for name in record.personal if name not in names]
    return wrong
