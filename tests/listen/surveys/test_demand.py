"""From what companies say to evidence on the criterion of demand."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

import pytest

from talkoot.listen.surveys import demand
from talkoot.listen.surveys.models import Round
from tests.choose.library import method
from tests.listen.surveys.rounds import Said, closed_round, companies, published

if TYPE_CHECKING:
    from talkoot.choose.methods.models import Method
    from tests.cast import Cast
    from tests.listen.queries import Queries

ALL = ["micro", "small", "medium", "large"]


def for_sizes(code: str, sizes: list[str]) -> Method:
    made = method(code, units=["ELI"], days=(1, 2))
    made.sizes = sizes
    made.save()
    return made


def finding(cast: Cast, asked: Method, as_of: dt.date | None = None) -> demand.Finding | None:
    return demand.evidence(cast.jarvenpaa, [asked], as_of)[asked.pk]["F"]


def test_value_is_the_expected_number_against_the_largest_target_group(cast: Cast) -> None:
    companies(cast.jarvenpaa, {"0-9": 900, "10-49": 100, "50-249": 0, "250+": 0})
    for_sizes("M01", ALL)
    asked = for_sizes("M05", ["small"])
    said = [Said(10, "0-9", demand="no"), Said(6, "10-49", demand="yes"), Said(4, "10-49", demand="no")]
    published(closed_round(cast.jarvenpaa), *said)
    found = finding(cast, asked)
    assert found is not None
    assert found.share.estimate == pytest.approx(0.6)
    assert found.companies == 100
    assert found.expected == pytest.approx(60)
    assert found.mean == pytest.approx(6.0)
    assert found.sd == pytest.approx(100 * found.share.se * 100 / 1000)
    assert found.df is None
    assert found.to_json()["frame"] == "open_link"


def test_the_share_is_weighted_within_the_target_group(cast: Cast) -> None:
    companies(cast.jarvenpaa, {"0-9": 900, "10-49": 100, "50-249": 0, "250+": 0})
    asked = for_sizes("M05", ["micro", "small"])
    published(closed_round(cast.jarvenpaa), Said(10, "0-9", demand="yes"), Said(10, "10-49", demand="no"))
    found = finding(cast, asked)
    assert found is not None
    assert found.share.estimate == pytest.approx(0.9)


def test_a_group_under_five_gives_no_evidence_and_not_zero(cast: Cast) -> None:
    companies(cast.jarvenpaa)
    asked = for_sizes("M05", ["large"])
    published(closed_round(cast.jarvenpaa), Said(20, "0-9"), Said(4, "250+", demand="no"))
    assert finding(cast, asked) is None


def test_a_method_that_was_not_asked_about_is_not_known(cast: Cast) -> None:
    companies(cast.jarvenpaa)
    published(closed_round(cast.jarvenpaa), Said(20, "0-9"))
    assert finding(cast, for_sizes("M09", ALL)) is None


def test_without_a_published_round_nothing_is_known(cast: Cast) -> None:
    companies(cast.jarvenpaa)
    asked = for_sizes("M05", ALL)
    survey = published(closed_round(cast.jarvenpaa), Said(20, "0-9"))
    survey.state = Round.State.CLOSED
    survey.save()
    assert finding(cast, asked) is None


def test_without_the_number_of_companies_nothing_is_known(cast: Cast) -> None:
    asked = for_sizes("M05", ALL)
    published(closed_round(cast.jarvenpaa), Said(20, "0-9"))
    assert finding(cast, asked) is None


def test_as_of_a_day_only_rounds_closed_by_then_count(cast: Cast) -> None:
    companies(cast.jarvenpaa)
    asked = for_sizes("M05", ALL)
    published(closed_round(cast.jarvenpaa), Said(20, "0-9"))
    assert finding(cast, asked, dt.date(2026, 1, 30)) is None
    assert finding(cast, asked, dt.date(2026, 1, 31)) is not None


def test_a_method_whose_target_has_changed_waits_for_new_results(cast: Cast) -> None:
    companies(cast.jarvenpaa)
    asked = for_sizes("M05", ALL)
    published(closed_round(cast.jarvenpaa), Said(20, "0-9"))
    asked.sizes = ["micro"]
    asked.save()
    assert finding(cast, asked) is None


def test_where_all_agree_the_evidence_is_still_uncertain(cast: Cast) -> None:
    companies(cast.jarvenpaa)
    asked = for_sizes("M05", ["micro"])
    published(closed_round(cast.jarvenpaa), Said(20, "0-9", demand="yes"))
    found = finding(cast, asked)
    assert found is not None
    assert found.sd > 0


def test_evidence_needs_no_more_questions_to_the_database_for_more_methods(
    cast: Cast, queries: Queries
) -> None:
    companies(cast.jarvenpaa)
    methods = [for_sizes("M05", ALL)]
    published(closed_round(cast.jarvenpaa), Said(20, "0-9"))
    with queries() as one:
        demand.evidence(cast.jarvenpaa, methods)
    methods += [for_sizes(f"M1{number}", ALL) for number in range(9)]
    with queries() as many:
        demand.evidence(cast.jarvenpaa, methods)
    assert len(one) == len(many)
