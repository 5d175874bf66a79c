"""The round of 2021: simulated, marked so, and true to what was published of it."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

import pytest
from django.conf import settings

from talkoot.listen.surveys import demo
from talkoot.listen.surveys.models import Question, Response, Results, Round

if TYPE_CHECKING:
    from collections.abc import Iterable


def test_the_published_marginals_come_out(joint: Round) -> None:
    respondents = Response.objects.filter(round=joint)
    assert Counter(respondents.values_list("kind", flat=True)) == {"company": 85, "school": 1, "other": 5}
    assert respondents.exclude(city=None).count() / 91 == pytest.approx(0.89, abs=0.006)
    assert shares(respondents.values_list("size_class", flat=True)) == pytest.approx(
        {"0-9": 55, "10-49": 17, "50-249": 14, "250+": 14}, abs=0.6
    )
    assert shares(respondents.values_list("answers__stage", flat=True)) == pytest.approx(
        {"hardly": 21, "somewhat": 47, "forerunner": 32}, abs=0.6
    )
    nothing_done = respondents.filter(answers__stage="hardly")
    assert set(nothing_done.values_list("size_class", flat=True)) <= {"0-9", "10-49"}


def test_the_round_says_that_it_is_simulated_and_what_was_invented(joint: Round) -> None:
    assert joint.simulated
    assert set(joint.followed) == {"size", "stage"}
    assert "ei oikeita vastaajia" in (joint.source_fi or "")
    assert "inte verkliga" in (joint.source_sv or "")
    assert joint.frame == Round.Frame.OPEN_LINK


def test_companies_of_the_three_cities_are_in_the_figures_and_a_second_load_changes_nothing(
    joint: Round,
) -> None:
    results = Results.objects.get(round=joint, city=None)
    counts, asked = results.content["counts"], set(results.content["questions"])
    assert (counts["answered"], counts["companies"], counts["others"]) == (91, 85, 6)
    assert counts["counted"] + counts["elsewhere"] == 85
    assert asked.isdisjoint({"size", "municipality", "industry", "contact"})
    assert {"stage", "easier", "demand_M05"} <= asked
    before = (Response.objects.count(), Question.objects.count())
    demo.load(settings.TALKOOT_DEMO_FOLDER)
    assert before == (Response.objects.count(), Question.objects.count())
    assert Results.objects.get(round=joint, city=None) == results


def shares(values: Iterable[str]) -> dict[str, float]:
    """Per cent of the 91 who answered."""
    return {value: 100 * n / 91 for value, n in Counter(values).items()}
