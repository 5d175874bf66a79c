"""Shares weighted to the city's companies by size."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from talkoot.listen.surveys.models import Results, Round
from tests.listen.surveys.rounds import Said, closed_round, companies, published

if TYPE_CHECKING:
    from tests.cast import Cast


def content(survey: Round) -> dict[str, Any]:
    found: dict[str, Any] = Results.objects.get(round=survey, city=None).content
    return found


def test_the_weighted_share_is_that_of_the_citys_companies(cast: Cast) -> None:
    companies(cast.jarvenpaa, {"0-9": 900, "10-49": 100, "50-249": 0, "250+": 0})
    said = [Said(10, "0-9", demand="yes"), Said(10, "10-49", demand="no")]
    found = content(published(closed_round(cast.jarvenpaa), *said))
    assert found["questions"]["demand_M05"]["options"]["yes"]["share"] == pytest.approx(0.9)
    assert found["weighting"]["deff"] == pytest.approx(1.64)
    assert found["weighting"]["effective_n"] == pytest.approx(12.2, abs=0.05)


def test_every_interval_holds_its_share_and_stays_between_nought_and_one(joint: Round) -> None:
    for results in Results.objects.filter(round=joint):
        for question in results.content["questions"].values():
            for part in (question, *question["groups"]):
                for option in part["options"].values():
                    assert 0 <= option["low"] <= option["share"] <= option["high"] <= 1


def test_unknown_size_stays_unknown(cast: Cast) -> None:
    companies(cast.jarvenpaa)
    said = [Said(10, "0-9"), Said(10, "10-49"), Said(6, "", demand="no")]
    found = content(published(closed_round(cast.jarvenpaa), *said))
    assert found["counts"]["size_unknown"] == 6
    groups = {group["key"]: group["n"] for group in found["questions"]["stage"]["groups"]}
    assert sum(n or 0 for n in groups.values()) == 20
    assert found["questions"]["demand_M05"]["options"]["no"]["share"] == pytest.approx(6 / 26, abs=1e-4)


def test_without_the_number_of_companies_shares_are_not_weighted_and_it_is_known(cast: Cast) -> None:
    said = [Said(10, "0-9", demand="yes"), Said(10, "10-49", demand="no")]
    found = content(published(closed_round(cast.jarvenpaa), *said))
    assert found["weighting"] is None
    assert found["questions"]["demand_M05"]["options"]["yes"]["share"] == pytest.approx(0.5)


def test_bodies_and_companies_elsewhere_do_not_move_the_shares(cast: Cast) -> None:
    companies(cast.jarvenpaa)
    apart = [Said(7, "0-9", demand="no", kind="other"), Said(8, "0-9", demand="no", city="other")]
    found = content(published(closed_round(cast.jarvenpaa), Said(10, "0-9"), *apart))
    assert found["counts"] | {"by_officer": 0} == {
        "answered": 25,
        "companies": 18,
        "counted": 10,
        "others": 7,
        "elsewhere": 8,
        "size_unknown": 0,
        "by_officer": 0,
    }
    assert found["questions"]["demand_M05"]["options"]["yes"]["share"] == 1


def test_a_blank_answer_is_not_no(cast: Cast) -> None:
    found = content(published(closed_round(cast.jarvenpaa), Said(6, "0-9"), Said(20, "0-9", demand="")))
    asked = found["questions"]["demand_M05"]
    assert asked["n"] == 6
    assert asked["options"]["no"]["share"] == 0


def test_an_estimated_number_of_companies_is_called_an_estimate(cast: Cast) -> None:
    companies(cast.jarvenpaa)
    cast.jarvenpaa.population_totals.update(estimate=True)
    found = content(published(closed_round(cast.jarvenpaa), Said(10, "0-9")))
    assert found["weighting"]["estimate"] is True
