"""What others use is not deleted: the page says what uses it and how many; the rest goes, and the log keeps it."""

from __future__ import annotations

import uuid
from decimal import Decimal
from typing import TYPE_CHECKING, Any

import pytest
from django.urls import reverse

from talkoot.city.organisations.models import Membership, Unit
from talkoot.city.roadmap.models import Goal, Indicator, Roadmap, Theme, Value
from talkoot.kit.audit.models import Event

if TYPE_CHECKING:
    from collections.abc import Callable

    from django.db.models import Model
    from django.test import Client

    from talkoot.city.organisations.models import Municipality


@pytest.fixture
def aino(signed_in: Callable[[str], Client]) -> Client:
    return signed_in("coordinator")


@pytest.fixture
def roadmap(jarvenpaa: Municipality) -> Roadmap:
    return Roadmap.objects.create(city=jarvenpaa, name_fi="Ilmastosuunnitelma")


def address(name: str, obj: Model) -> str:
    return reverse(name, kwargs={"city": "jarvenpaa", "pk": obj.pk})


def delete(client: Client, name: str, obj: Model) -> Any:
    return client.post(address(name, obj), {"idempotency_key": str(uuid.uuid4())})


def test_a_unit_where_people_work_stays_and_the_page_says_how_many(
    aino: Client, jarvenpaa: Municipality
) -> None:
    unit = jarvenpaa.units.get(code="ELI")
    count = Membership.objects.filter(unit=unit).count()
    assert count
    for answer in (
        aino.get(address("organisations:unit_delete", unit)),
        delete(aino, "organisations:unit_delete", unit),
    ):
        page = answer.content.decode()
        assert "muualla viitataan siihen" in page
        assert f"<dt>Jäsenyydet</dt><dd>{count}</dd>" in page
    assert Unit.objects.filter(pk=unit.pk).exists()


def test_an_empty_unit_is_deleted_and_the_log_keeps_it(aino: Client, jarvenpaa: Municipality) -> None:
    unit = Unit.objects.create(city=jarvenpaa, code="TURHA", name_fi="Turha yksikkö")
    assert "Turha yksikkö" in aino.get(address("organisations:unit_delete", unit)).content.decode()
    delete(aino, "organisations:unit_delete", unit)
    assert not Unit.objects.filter(pk=unit.pk).exists()
    event = Event.objects.get(verb="deleted", model="organisations.Unit")
    assert event.changes["name_fi"] == ["Turha yksikkö", None]


def test_a_roadmap_is_taken_apart_from_its_leaves(aino: Client, roadmap: Roadmap) -> None:
    theme = Theme.objects.create(roadmap=roadmap, name_fi="Liikkuminen")
    goal = Goal.objects.create(roadmap=roadmap, theme=theme, name_fi="Vähemmän autoilua")
    indicator = Indicator.objects.create(roadmap=roadmap, goal=goal, name_fi="Päästöt", unit="t")
    value = Value.objects.create(indicator=indicator, year=2024, value=Decimal(3), source="Kaupunki")
    leaves_last: list[tuple[str, Any]] = [
        ("roadmap:delete", roadmap),
        ("roadmap:theme_delete", theme),
        ("roadmap:goal_delete", goal),
        ("roadmap:indicator_delete", indicator),
    ]
    for name, part in leaves_last:
        assert delete(aino, name, part).status_code == 409
    for name, part in [("roadmap:value_delete", value), *reversed(leaves_last)]:
        assert delete(aino, name, part).status_code == 302
    assert not Roadmap.objects.filter(pk=roadmap.pk).exists()
    assert Event.objects.filter(verb="deleted", scope="jarvenpaa").count() == 5


def test_only_who_edits_deletes(roadmap: Roadmap, signed_in: Callable[[str], Client]) -> None:
    assert delete(signed_in("approver"), "roadmap:delete", roadmap).status_code == 403
    assert delete(signed_in("other_city"), "roadmap:delete", roadmap).status_code == 404
    assert Roadmap.objects.filter(pk=roadmap.pk).exists()
