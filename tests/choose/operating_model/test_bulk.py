"""All methods of a draft on one sheet: saved together, and what two people write at once is not lost."""

from __future__ import annotations

import datetime as dt
import uuid
from typing import TYPE_CHECKING, Any

import pytest

from talkoot.choose.operating_model import actions, rhythm
from talkoot.choose.operating_model.models import ModelMethod, OperatingModel
from talkoot.choose.operating_model.rhythm import Rhythm
from talkoot.kit import states
from talkoot.kit.audit import log
from tests.choose.library import four

if TYPE_CHECKING:
    from django.test import Client

    from tests.cast import Cast

START = dt.date(2026, 3, 1)


@pytest.fixture
def draft(cast: Cast) -> OperatingModel:
    model = actions.begin(city=cast.jarvenpaa, by=cast.aino)
    for method in four()[:3]:
        ModelMethod.objects.create(
            model=model,
            method=method,
            owner_unit=cast.unit("ELI"),
            person_days=20,
            starts_on=START,
            months=[3, 6, 9, 12],
            indicator_fi="Kyselyyn vastanneita",
            indicator_sv="Svarande",
        )
    return model


def row(item: Any, **changes: Any) -> dict[str, str]:
    """A row as the browser sends it, with these fields typed over."""
    values = {
        "version": item.version,
        "owner_unit": item.owner_unit_id or "",
        "person_days": "" if item.person_days is None else item.person_days,
        "starts_on": item.starts_on or "",
        "rhythm": str(rhythm.of(item.months)),
        "indicator": item.indicator_en or "",
        "target": "" if item.target is None else item.target,
        "indicator_unit": item.indicator_unit_en or "",
    }
    return {f"m{item.pk}-{name}": str(value) for name, value in (values | changes).items()}


def address(model: OperatingModel, language: str = "/en") -> str:
    return f"{language}/jarvenpaa/tyotila/toimintamalli/{model.pk}/keinot/"


def send(client: Client, model: OperatingModel, *rows: dict[str, str]) -> Any:
    data = {name: value for each in rows for name, value in each.items()}
    return client.post(address(model), data | {"idempotency_key": str(uuid.uuid4())})


def items(model: OperatingModel) -> list[Any]:  # with fields of each language
    return list(model.items.order_by("method__code"))


def test_rows_are_saved_together_each_with_its_event(
    cast: Cast, draft: OperatingModel, client: Client
) -> None:
    first, second, third = items(draft)
    answer = send(
        cast.signed_in(client, "aino"),
        draft,
        row(first, person_days=12, indicator="Answers", target="1 200,5"),
        row(second, owner_unit=cast.unit("YMP").pk, rhythm="all_year", starts_on="2026-05-01"),
        row(third),
    )
    assert answer.status_code == 302
    now = items(draft)
    assert (now[0].person_days, now[0].indicator_en, str(now[0].target)) == (12, "Answers", "1200.50")
    assert now[0].indicator_fi == "Kyselyyn vastanneita"
    assert (now[1].owner_unit, now[1].months, now[1].starts_on) == (
        cast.unit("YMP"),
        list(range(1, 13)),
        dt.date(2026, 5, 1),
    )
    assert [item.version for item in now] == [2, 2, 1]
    event = log.timeline(now[0]).get()
    assert (event.verb, event.actor, event.changes["person_days"]) == ("edited", cast.aino, [20, 12])
    assert not log.timeline(now[2]).exists()


def test_a_wrong_row_keeps_everything_and_says_so_at_its_field(
    cast: Cast, draft: OperatingModel, client: Client
) -> None:
    first, second, _third = items(draft)
    answer = send(
        cast.signed_in(client, "aino"),
        draft,
        row(first, person_days=12),
        row(second, person_days="many", indicator="Visits"),
    )
    page = answer.content.decode()
    assert answer.status_code == 422
    assert [item.person_days for item in items(draft)] == [20, 20, 20]
    assert page.count("Write a whole number.") == 2
    for kept in ('value="many"', 'value="Visits"', 'value="12"'):
        assert kept in page
    assert f'href="#id_m{second.pk}-person_days"' in page


def test_what_another_person_saved_meanwhile_in_other_fields_stays(
    cast: Cast, draft: OperatingModel, client: Client
) -> None:
    first, second, _third = items(draft)
    opened = [row(first, person_days=12), row(second)]
    cast.signed_in(client, "aino")
    send(client, draft, row(first, indicator="Answers", rhythm="once"), row(second, person_days=5))
    answer = send(client, draft, *opened)
    assert answer.status_code == 302
    now = items(draft)
    assert (now[0].person_days, now[0].indicator_en, now[0].months) == (12, "Answers", [3])
    assert (now[1].person_days, now[1].version) == (5, 2)


def test_a_field_that_both_have_changed_is_asked_about_and_the_second_answer_holds(
    cast: Cast, draft: OperatingModel, client: Client
) -> None:
    first, second, _third = items(draft)
    opened = [row(first, person_days=12, indicator="Mine"), row(second, person_days=7)]
    cast.signed_in(client, "aino")
    send(client, draft, row(first, person_days=30, owner_unit=cast.unit("YMP").pk))
    asked = send(client, draft, *opened)
    page = asked.content.decode()
    assert asked.status_code == 409
    assert [item.person_days for item in items(draft)] == [30, 20, 20]
    assert page.count("Aino saved here meanwhile: 30.") == 2
    for shown in ('value="12"', 'value="Mine"', f'value="{cast.unit("YMP").pk}" selected'):
        assert shown in page
    brought = row(items(draft)[0], person_days=12, indicator="Mine")
    assert send(client, draft, brought, row(second, person_days=7)).status_code == 302
    now = items(draft)
    assert (now[0].person_days, now[0].indicator_en, now[0].owner_unit) == (12, "Mine", cast.unit("YMP"))
    assert now[1].person_days == 7


def test_a_row_that_was_removed_meanwhile_is_told_of_and_the_others_are_saved(
    cast: Cast, draft: OperatingModel, client: Client
) -> None:
    first, second, _third = items(draft)
    opened = [row(first, person_days=12), row(second, person_days=7)]
    second.delete()
    cast.signed_in(client, "aino")
    assert send(client, draft, *opened).status_code == 302
    assert items(draft)[0].person_days == 12
    page = client.get(f"/en/jarvenpaa/tyotila/toimintamalli/{draft.pk}/").content.decode()
    assert "1 method is in the model no longer. Its row was not saved." in page


def test_a_double_click_saves_once(cast: Cast, draft: OperatingModel, client: Client) -> None:
    first = items(draft)[0]
    cast.signed_in(client, "aino")
    data = row(first, person_days=12) | {"idempotency_key": str(uuid.uuid4())}
    for _ in range(2):
        assert client.post(address(draft), data).status_code == 302
    assert items(draft)[0].version == 2


def test_only_a_draft_is_edited_and_only_by_those_who_prepare(
    cast: Cast, draft: OperatingModel, client: Client
) -> None:
    for name, status in {"aino": 200, "mikael": 403, "riitta": 403, "kaisa": 404, "oskari": 404}.items():
        assert cast.signed_in(client, name).get(address(draft)).status_code == status, name
    first = items(draft)[0]
    cast.signed_in(client, "aino")
    assert (
        "Edit all methods" in client.get(f"/en/jarvenpaa/tyotila/toimintamalli/{draft.pk}/").content.decode()
    )
    states.transition(draft, OperatingModel.State.PROPOSED, by=cast.aino)
    assert client.get(address(draft)).status_code == 409
    assert send(client, draft, row(first, person_days=12)).status_code == 409
    assert items(draft)[0].person_days == 20


def test_a_unit_of_another_city_is_refused(cast: Cast, draft: OperatingModel, client: Client) -> None:
    foreign = cast.kerava.units.first()
    assert foreign is not None
    first = items(draft)[0]
    answer = send(cast.signed_in(client, "aino"), draft, row(first, owner_unit=foreign.pk))
    assert answer.status_code == 422
    assert items(draft)[0].owner_unit == cast.unit("ELI")


@pytest.mark.parametrize(
    ("months", "word"),
    [
        ([], Rhythm.UNSET),
        (list(range(1, 13)), Rhythm.ALL_YEAR),
        ([2, 5, 8, 11], Rhythm.QUARTERLY),
        ([1, 7], Rhythm.TWICE),
        ([4], Rhythm.ONCE),
        ([2, 4, 9, 11], Rhythm.OWN),
        ([1, 2], Rhythm.OWN),
    ],
)
def test_evenly_spread_months_have_a_word_and_others_are_ones_own(months: list[int], word: Rhythm) -> None:
    assert rhythm.of(months) == word


def test_months_follow_the_start_and_the_rhythm_but_picked_ones_stay() -> None:
    assert rhythm.changed([3, 6, 9, 12], 3, rhythm=Rhythm.QUARTERLY, start=4) == [1, 4, 7, 10]
    assert rhythm.changed([3], 3, rhythm=Rhythm.TWICE, start=3) == [3, 9]
    assert rhythm.changed([2, 4, 9], 3, rhythm=Rhythm.OWN, start=6) == [2, 4, 9]
    assert rhythm.changed([5, 11], 3, rhythm=Rhythm.TWICE, start=4) == [5, 11]
    assert rhythm.changed([3], 3, rhythm=Rhythm.UNSET, start=3) == []
