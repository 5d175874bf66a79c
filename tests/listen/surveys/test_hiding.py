"""Groups under five are hidden, and cannot be worked out from what is shown."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from talkoot.listen.surveys.models import Response, Results, Round
from tests.listen.surveys.rounds import Said, closed_round, companies, published

if TYPE_CHECKING:
    from tests.cast import Cast


def groups(survey: Round, city: Any = None, code: str = "stage") -> dict[str, dict[str, Any]]:
    found = Results.objects.get(round=survey, city=city).content["questions"][code]
    return {group["key"]: group for group in found["groups"]}


def test_a_size_under_five_is_shown_with_its_neighbour_alone(cast: Cast) -> None:
    survey = published(closed_round(cast.jarvenpaa), Said(20, "0-9"), Said(6, "10-49"), Said(3, "250+"))
    assert {key: group["n"] for key, group in groups(survey).items()} == {"0-9": 20, "10+": 9}


def test_an_empty_size_is_shown_with_its_neighbour(cast: Cast) -> None:
    survey = published(closed_round(cast.jarvenpaa), Said(20, "0-9"), Said(6, "50-249"))
    assert {key: group["n"] for key, group in groups(survey).items()} == {"0-9": 20, "10+": 6}


def test_a_question_that_few_of_a_size_answered_shows_no_sizes_and_no_numbers_of_answers(cast: Cast) -> None:
    companies(cast.jarvenpaa)
    passed_over = [Said(17, "10-49", demand=""), Said(10, "0-9", demand="")]
    said = [Said(20, "0-9"), Said(3, "10-49"), *passed_over]
    survey = published(closed_round(cast.jarvenpaa), *said)
    found = Results.objects.get(round=survey).content["questions"]["demand_M05"]
    assert found["n"] == 23
    assert {group["hidden"] for group in found["groups"]} == {"few"}
    assert all(option["n"] is None for option in found["options"].values())
    assert {group["hidden"] for group in groups(survey).values()} == {""}


def test_a_question_that_few_answered_shows_nothing(cast: Cast) -> None:
    survey = published(closed_round(cast.jarvenpaa), Said(20, "0-9", demand=""), Said(4, "0-9"))
    found = Results.objects.get(round=survey).content["questions"]["demand_M05"]
    assert (found["n"], found["hidden"], found["options"], found["groups"]) == (None, "few", {}, [])


def test_a_round_that_few_answered_shows_nothing(cast: Cast) -> None:
    companies(cast.jarvenpaa)
    content = Results.objects.get(round=published(closed_round(cast.jarvenpaa), Said(4, "0-9"))).content
    assert content["counts"]["counted"] is None
    assert content["weighting"] is None
    assert not any(question["options"] for question in content["questions"].values())


def test_a_city_shows_no_sizes_that_the_cities_together_would_give_away(cast: Cast) -> None:
    said = [Said(20, "0-9", city="186"), Said(3, "10-49", city="186"), Said(9, "250+", city="186")]
    said += [Said(20, "0-9", city="245"), Said(9, "10-49", city="245"), Said(9, "250+", city="245")]
    survey = published(closed_round(cast.jarvenpaa, cast.kerava), *said)
    assert {key: group["n"] for key, group in groups(survey).items()} == {
        "0-9": 40,
        "10-249": 12,
        "250+": 18,
    }
    for city in (cast.jarvenpaa, cast.kerava):
        assert set(groups(survey, city)) == {"0-9", "10+"}


def test_what_is_shown_was_answered_by_five_or_by_none(joint: Round) -> None:
    for results in Results.objects.filter(round=joint):
        for question in results.content["questions"].values():
            for part in (question, *question["groups"]):
                assert part["n"] is None or part["n"] == 0 or part["n"] >= 5
                assert part["n"] or not part["options"]


def test_single_responses_are_for_the_survey_manager_alone(cast: Cast, joint: Round) -> None:
    from tests.listen.surveys.rounds import manager

    assert Response.objects.visible_to(manager(cast.jarvenpaa)).count() == 91  # type: ignore[attr-defined]  # our queryset
    for person in (cast.aino, cast.riitta, cast.oskari, cast.outi):
        assert not Response.objects.visible_to(person).exists()  # type: ignore[attr-defined]  # our queryset
