"""Every model says what it keeps of people, and shows rows only to those who may see them."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from django.contrib.auth.models import AnonymousUser

from talkoot.kit.access.querysets import VisibleQuerySet
from talkoot.kit.plate import DataRecord, offers
from tests.sweep.world import own_models

if TYPE_CHECKING:
    from django.db import models

    from tests.sweep.world import World

EVERY = pytest.mark.parametrize("model", own_models(), ids=lambda model: model._meta.label)
RECORDS = {record.model: record for record in offers(DataRecord)}


@EVERY
def test_a_model_has_a_privacy_record_that_names_its_fields(model: type[models.Model]) -> None:
    record = RECORDS.get(model._meta.label)
    assert record, f"offer DataRecord(model={model._meta.label!r}, …) in the room's plate.py"
    fields = {field.name for field in model._meta.get_fields()}
    strangers = {name for name in record.personal if name.split("_fi")[0] not in fields}
    assert not strangers, f"{model._meta.label}: these personal fields are not fields: {strangers}"
    for text in (record.purpose, record.legal_basis, record.retention):
        assert str(text).strip(), "purpose, legal basis and retention are said in words"


@EVERY
def test_a_model_that_points_to_a_person_says_so(model: type[models.Model]) -> None:
    record = RECORDS[model._meta.label]
    people = {
        f.name for f in model._meta.concrete_fields if getattr(f.related_model, "__name__", "") == "User"
    }
    assert people <= set(record.personal), (
        f"{model._meta.label}: add {people - set(record.personal)} to `personal` of its DataRecord"
    )


@EVERY
@pytest.mark.django_db
def test_a_model_shows_its_rows_by_a_rule_of_its_own(world: World, model: type[models.Model]) -> None:
    rows = model._default_manager.all()
    rule = getattr(type(rows), "visible_to", None)
    assert rule not in {None, VisibleQuerySet.visible_to}, f"give {model._meta.label} a visible_to of its own"
    seen = model._default_manager.visible_to(AnonymousUser())  # type: ignore[attr-defined]  # asked above
    if RECORDS[model._meta.label].publicity != "public":
        internal = model._base_manager.count()
        assert seen.count() < internal or not internal, (
            f"{model._meta.label} is recorded as {RECORDS[model._meta.label].publicity}, but a visitor sees all of it"
        )


def test_a_record_is_about_a_model_that_exists() -> None:
    assert set(RECORDS) <= {model._meta.label for model in own_models()}
