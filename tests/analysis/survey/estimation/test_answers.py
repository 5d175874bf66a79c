from __future__ import annotations

import numpy as np
import pytest

from talkoot.analysis.survey.collapsing import plan
from talkoot.analysis.survey.errors import SurveyError
from talkoot.analysis.survey.estimation import figures
from talkoot.analysis.survey.estimation.answers import weighted
from talkoot.analysis.survey.estimation.design import Drawn, design
from talkoot.analysis.survey.estimation.sample import Sample
from tests.analysis.survey.specs import rows, texts

SIZES = ("micro", "small", "large")
COMPANIES = {("micro", "food"): 80, ("small", "food"): 15, ("large", "food"): 5}
ANSWERS = [("micro", "food")] * 12 + [("small", "food")] * 8 + [("large", "food")] * 6
WANTS = np.array([1, 0, 1, 1, 0, 0, 1, 0, 1, 1, 0, 1, 1, 1, 1, 0, 1, 1, 1, 1, 0, 0, 1, 0, 0, 0])


def share(**more: int) -> figures.Figure:
    sample = weighted(plan(ANSWERS, COMPANIES, SIZES), ANSWERS, **more)
    row = figures.shares(sample, WANTS, 2, np.zeros(len(ANSWERS), dtype=np.intp), 1)[0]
    assert row is not None
    return row[1]


def test_the_figures_are_those_of_post_stratification_on_the_command_line() -> None:
    data = texts({"size": [size for size, _ in ANSWERS], "wants": WANTS.tolist()})
    totals = [{"size": size, "count": n} for (size, _), n in COMPANIES.items()]
    calibrate = {"post_stratify": {"by": ["size"], "totals": totals}}
    _, yes = rows({"calibrate": calibrate, "estimates": [{"share": "wants"}]}, data)
    found = share()
    assert (found.estimate, found.se) == pytest.approx((yes["estimate"], yes["se"]))
    assert [found.low, found.high] == pytest.approx(yes["ci95"])


def test_a_random_sample_of_few_companies_has_less_error_and_a_census_none() -> None:
    assert share(drawn_from=100).se == pytest.approx(share().se * (1 - 26 / 100) ** 0.5)
    assert share(drawn_from=26).se == 0


def test_more_answers_than_companies_in_the_frame_are_refused() -> None:
    with pytest.raises(SurveyError, match="fewer units"):
        share(drawn_from=20)


def test_answers_of_unknown_size_keep_the_mean_weight() -> None:
    answers = [*ANSWERS, (None, "food")]
    sample = weighted(plan(answers, COMPANIES, SIZES), answers)
    assert sample.weights[-1] == pytest.approx(1)
    assert sample.weights.sum() == pytest.approx(27)


def test_weights_taken_as_given_overstate_the_error() -> None:
    """Answers differ between sizes here, which post-stratification takes out of the error."""
    weights = weighted(plan(ANSWERS, COMPANIES, SIZES), ANSWERS).weights
    as_given = Sample(design(weights, [Drawn()]), weights)
    row = figures.shares(as_given, WANTS, 2, np.zeros(len(ANSWERS), dtype=np.intp), 1)[0]
    assert row is not None
    assert share().estimate == pytest.approx(row[1].estimate)
    assert share().se < row[1].se
