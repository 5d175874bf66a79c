"""Groups under five are hidden, and cannot be worked out from what is shown."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from talkoot.listen.surveys.models import Response, Results, Round
from talkoot.listen.surveys.sizes import CLASSES
from tests.listen.surveys.rounds import Said, closed_round, companies, published

if TYPE_CHECKING:
    from tests.cast import Cast


def groups(survey: Round, city: Any = None, code: str = "stage") -> dict[str, dict[str, Any]]:
    found = Results.objects.get(round=survey, city=city).content["questions"][code]
    return {group["key"]: group for group in found["groups"]}


def test_a_group_under_five_is_hidden_with_all_that_it_said(cast: Cast) -> None:
    survey = published(closed_round(cast.jarvenpaa), Said(20, "0-9"), Said(6, "10-49"), Said(3, "250+"))
    small = groups(survey)["50+"]
    assert (small["n"], small["hidden"], small["options"]) == (None, "few", {})


def test_the_group_that_would_give_it_away_is_hidden_too(cast: Cast) -> None:
    survey = published(closed_round(cast.jarvenpaa), Said(20, "0-9"), Said(6, "10-49"), Said(3, "250+"))
    found = groups(survey)
    assert found["10-49"]["hidden"] == "secondary"
    assert found["0-9"]["hidden"] == ""


def test_an_empty_group_is_said_to_be_empty_and_not_hidden(cast: Cast) -> None:
    survey = published(closed_round(cast.jarvenpaa), Said(20, "0-9"))
    found = groups(survey)["10-49"]
    assert (found["n"], found["hidden"]) == (0, "")


def test_numbers_of_answers_are_left_out_where_they_could_give_a_group_away(cast: Cast) -> None:
    companies(cast.jarvenpaa)
    survey = published(closed_round(cast.jarvenpaa), Said(20, "0-9"), Said(6, "10-49"), Said(3, "250+"))
    options = Results.objects.get(round=survey).content["questions"]["stage"]["options"]
    assert all(option["n"] is None for option in options.values())


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


def test_a_city_does_not_show_what_the_cities_together_would_give_away(cast: Cast) -> None:
    said = [Said(20, "0-9", city="186"), Said(3, "10-49", city="186"), Said(9, "250+", city="186")]
    said += [Said(20, "0-9", city="245"), Said(9, "10-49", city="245"), Said(9, "250+", city="245")]
    survey = published(closed_round(cast.jarvenpaa, cast.kerava), *said)
    here, there = groups(survey, cast.jarvenpaa), groups(survey, cast.kerava)
    assert here["10-49"]["hidden"] == "few"
    assert there["10-49"]["hidden"] == "secondary"
    assert sum(bool(group["hidden"]) for group in here.values()) > 1


def test_no_hidden_group_of_the_joint_round_can_be_had_by_subtraction(joint: Round) -> None:
    """In every line of the table of cities and sizes whose sum is shown, none or at least two cells are hidden."""
    cities = joint.municipalities()
    together = Results.objects.get(round=joint, city=None).content["questions"]
    for code in together:
        shown = {city.pk: groups(joint, city, code) for city in cities}
        whole = {
            city.pk: Results.objects.get(round=joint, city=city).content["questions"][code] for city in cities
        }
        for city in cities:
            hidden = sum(bool(group["hidden"]) for group in shown[city.pk].values())
            assert whole[city.pk]["hidden"] or hidden != 1, (code, city)
        for key in next(iter(shown.values()), {}):
            hidden = sum(bool(found[key]["hidden"]) for found in shown.values() if key in found)
            size = key if key in CLASSES else CLASSES[-1]
            sum_hidden = any(
                group["hidden"] for group in together[code]["groups"] if group["key"] in {size, "50+"}
            )
            assert sum_hidden or hidden != 1, (code, key)


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
