from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from django.db import IntegrityError, transaction

from talkoot.city.organisations.models import Unit
from talkoot.kit.audit import log
from talkoot.kit.audit.models import Event

if TYPE_CHECKING:
    from tests.cast import Cast


def test_what_changes_within_the_block_is_one_event_with_old_and_new(cast: Cast) -> None:
    unit = cast.unit("ELI")
    with log.recording(unit, by=cast.aino, verb="edited", reason="Budget"):
        unit.person_days = 80
        unit.save()
    event = log.timeline(unit).get()
    assert event.changes == {"person_days": [60, 80]}
    assert (event.actor_name, event.reason) == ("Aino", "Budget")


def test_a_change_that_fails_leaves_no_event(cast: Cast) -> None:
    unit = cast.unit("ELI")

    def take_a_code_in_use() -> None:
        with transaction.atomic(), log.recording(unit, by=cast.aino, verb="edited"):
            unit.code = "YMP"
            unit.save()

    with pytest.raises(IntegrityError):
        take_a_code_in_use()
    assert not log.timeline(unit).exists()


def test_bulk_writes_have_one_event_an_object(cast: Cast) -> None:
    units = list(Unit.objects.filter(city=cast.jarvenpaa))
    log.record_many(units, by=cast.aino, verb="imported")
    assert all(log.timeline(unit).count() == 1 for unit in units)


def test_only_those_who_keep_the_city_in_order_read_its_log(cast: Cast) -> None:
    log.record(cast.unit("ELI"), by=cast.aino, verb="edited")
    log.record(cast.kerava.units.all()[0], by=cast.kaisa, verb="edited")
    assert [e.scope for e in Event.objects.visible_to(cast.kaisa)] == ["kerava"]
    assert not Event.objects.visible_to(cast.aino).exists()
