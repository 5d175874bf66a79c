from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from django.utils.translation import override

from talkoot.choose.selection.criteria import CODES
from talkoot.choose.selection.forms import PlanForm

if TYPE_CHECKING:
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


def test_lower_limits_over_hundred_are_named_with_their_sum(cast: Cast) -> None:
    asked = form(cast, **{f"weight_{code}_low": 30 for code in CODES})
    with override("en"):
        assert not asked.is_valid()
        named = [name for name in asked.errors if name.startswith("weight_")]
        assert len(named) >= 4
        assert "180" in asked.errors[named[0]][0]


def test_upper_limits_under_hundred_are_named(cast: Cast) -> None:
    asked = form(cast, **{f"weight_{code}_high": 10 for code in CODES})
    assert not asked.is_valid()
    assert set(asked.errors) == {f"weight_{code}" for code in CODES}


@pytest.mark.parametrize("value", ["", "-1", "101", "abc"])
def test_a_limit_that_is_no_share_is_refused_at_its_field(cast: Cast, value: str) -> None:
    asked = form(cast, weight_A_low=value)
    assert not asked.is_valid()
    assert list(asked.errors) == ["weight_A"]


def test_a_pair_turned_round_is_said_at_its_field(cast: Cast) -> None:
    asked = form(cast, weight_A_low=50, weight_A_high=10)
    assert list(asked.errors) == ["weight_A"]
