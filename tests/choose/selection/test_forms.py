from __future__ import annotations

import uuid
from typing import TYPE_CHECKING

import pytest
from django.utils.translation import override

from talkoot.choose.selection.criteria import CODES
from talkoot.choose.selection.forms import PlanForm

if TYPE_CHECKING:
    from django.test import Client

    from tests.cast import Cast


def data(**changes: str | int) -> dict[str, str | int]:
    limits = {f"weight_{code}_low": 5 for code in CODES} | {f"weight_{code}_high": 40 for code in CODES}
    chosen: dict[str, str | int] = {
        "name": "Valinta",
        "effort": "high",
        "scenario": "now",
        "days_ELI": 60,
        "days_YMP": 40,
        "days_TYO": 20,
    }
    return chosen | limits | changes


def form(cast: Cast, **changes: str | int) -> PlanForm:
    return PlanForm(data(**changes), city=cast.jarvenpaa, scenarios=[], plan=None)


def test_limits_that_hundred_per_cent_meets_are_a_plan(cast: Cast) -> None:
    asked = form(cast)
    assert asked.is_valid(), asked.errors
    assert asked.plan().weights["A"] == (5, 40)
    assert asked.plan().days == {"ELI": 60, "YMP": 40, "TYO": 20}
    assert asked.plan().euros is None


@pytest.mark.parametrize(
    ("end", "value", "total"), [("low", 30, "180"), ("high", 10, "60"), ("high", 0, "0")]
)
def test_limits_that_contradict_each_other_are_said_once_with_a_link_to_each(
    cast: Cast, end: str, value: int, total: str
) -> None:
    changes: dict[str, str | int] = {f"weight_{code}_{end}": value for code in CODES}
    if value == 0:
        changes |= {f"weight_{code}_low": 0 for code in CODES}
    asked = form(cast, **changes)
    with override("en"):
        assert not asked.is_valid()
        (sentence,) = asked.non_field_errors()
    assert list(asked.errors) == ["__all__"]
    assert f"add up to {total}%" in sentence
    assert str(sentence).count("<a href") >= 4


def test_the_page_marks_the_fields_that_contradict_each_other(cast: Cast, client: Client) -> None:
    address = "/en/jarvenpaa/tyotila/valinta/uusi/"
    sent = data(**{f"weight_{code}_high": 10 for code in CODES}) | {"idempotency_key": str(uuid.uuid4())}
    answer = cast.signed_in(client, "aino").post(address, sent)
    page = answer.content.decode()
    assert answer.status_code == 422
    assert page.count("The upper limits add up to 60%") == 2  # on top, and at the limits
    assert page.count('aria-describedby="weights_error"') >= 12
    assert 'name="weight_A_high" id="id_weight_A_1" value="10"' in page


@pytest.mark.parametrize("value", ["", "-1", "101", "abc"])
def test_a_limit_that_is_no_share_is_refused_at_its_field(cast: Cast, value: str) -> None:
    asked = form(cast, weight_A_low=value)
    assert not asked.is_valid()
    assert list(asked.errors) == ["weight_A"]


def test_a_pair_turned_round_is_said_at_its_field(cast: Cast) -> None:
    asked = form(cast, weight_A_low=50, weight_A_high=10)
    assert list(asked.errors) == ["weight_A"]
