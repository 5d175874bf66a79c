from __future__ import annotations

from dataclasses import replace

import pytest
from scipy import stats

from talkoot.analysis.survey.estimation.figures import Figure
from talkoot.analysis.survey.trends import change, changes

BEFORE = Figure(0.4, 0.03, 0.34, 0.46, "logit", 60, None, 61, 0, 61)
AFTER = Figure(0.5, 0.04, 0.42, 0.58, "logit", 40, None, 41, 0, 41)


def test_the_difference_has_the_error_of_both() -> None:
    found = change(BEFORE, AFTER)
    assert found.difference == pytest.approx(0.1)
    assert found.se == pytest.approx(0.05)
    assert found.low < 0.1 < found.high


def test_it_is_welchs_test() -> None:
    """Against scipy on two samples given by their means, deviations and sizes."""
    found = change(BEFORE, AFTER)
    welch = stats.ttest_ind_from_stats(0.5, 0.04 * 41**0.5, 41, 0.4, 0.03 * 61**0.5, 61, equal_var=False)
    assert found.p == pytest.approx(welch.pvalue)


def test_only_common_questions_are_compared() -> None:
    assert list(changes({"a": BEFORE, "b": BEFORE}, {"b": AFTER, "c": AFTER})) == ["b"]


def test_two_exact_figures_differ_exactly() -> None:
    found = change(replace(BEFORE, se=0.0), replace(AFTER, se=0.0))
    assert found.low == found.high == pytest.approx(0.1)
    assert found.p is None


def test_a_figure_without_an_error_is_not_compared() -> None:
    with pytest.raises(ValueError, match="degrees of freedom"):
        change(BEFORE, replace(AFTER, df=0))
