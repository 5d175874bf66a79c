from __future__ import annotations

import numpy as np
import pytest

from talkoot.analysis.decision.case import Interval, Posterior
from talkoot.analysis.survey.demand import demand
from talkoot.analysis.survey.estimation.design import Drawn, design
from talkoot.analysis.survey.estimation.figures import Figure, shares
from talkoot.analysis.survey.estimation.sample import Sample


def share(answers: list[bool]) -> Figure:
    everyone = np.ones(len(answers))
    row = shares(
        Sample(design(everyone, [Drawn()]), everyone),
        np.array(answers, dtype=np.intp),
        2,
        np.zeros(len(answers), dtype=np.intp),
        1,
    )[0]
    assert row is not None
    return row[1]


def test_demand_is_the_share_times_the_companies_of_the_target_group() -> None:
    asked = share([True] * 12 + [False] * 8)
    found = demand(asked, target_companies=90, largest_target=2500)
    assert found.expected == pytest.approx(0.6 * 90)
    assert found.se == pytest.approx(asked.se * 90)
    assert isinstance(found.score, Posterior)
    assert (found.score.mean, found.score.sd) == pytest.approx((54 / 25, asked.se * 90 / 25))
    assert found.score.df is None


def test_everyone_in_the_largest_group_is_worth_100() -> None:
    found = demand(share([True] * 20), target_companies=500, largest_target=500)
    assert isinstance(found.score, Posterior)
    assert found.score.mean == 100


def test_answers_that_all_agree_are_still_uncertain() -> None:
    nobody = share([False] * 20)
    found = demand(nobody, target_companies=100, largest_target=100)
    assert found.expected == 0
    assert found.se == pytest.approx(100 * nobody.high / 3.92)


def test_no_usable_answers_mean_not_known_and_not_zero() -> None:
    found = demand(None, target_companies=90, largest_target=2500)
    assert (found.expected, found.se, found.score) == (None, None, Interval(0, 100))


@pytest.mark.parametrize(("target", "largest"), [(10, 5), (-1, 5), (0, 0)])
def test_a_target_group_lies_within_the_largest(target: int, largest: int) -> None:
    with pytest.raises(ValueError, match="largest target group"):
        demand(None, target_companies=target, largest_target=largest)
