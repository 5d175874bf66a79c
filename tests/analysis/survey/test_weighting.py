from __future__ import annotations

import pytest

from talkoot.analysis.survey.collapsing import Cell
from talkoot.analysis.survey.weighting import collapse, post_stratify

JARVENPAA = {"micro": 2385, "small": 90, "medium": 20, "large": 5}


def answers(**numbers: int) -> list[str | None]:
    return [None if size == "unknown" else size for size, n in numbers.items() for _ in range(n)]


def test_weighted_answers_match_the_companies_of_each_class() -> None:
    given = answers(micro=40, small=30, medium=15, large=6)
    weighting = post_stratify(given, JARVENPAA)
    total = sum(weighting.weights)
    for size, companies in JARVENPAA.items():
        weighted = sum(w for w, own in zip(weighting.weights, given, strict=True) if own == size)
        assert weighted / total == pytest.approx(companies / 2500)
    assert total == pytest.approx(91)
    assert len(weighting.cells) == 4


def test_a_class_of_four_answers_is_merged_with_its_neighbour() -> None:
    cells = collapse(answers(micro=40, small=30, medium=15, large=4), JARVENPAA)
    assert cells == (
        Cell(("micro",), 40, 2385),
        Cell(("small",), 30, 90),
        Cell(("medium", "large"), 19, 25),
    )


def test_of_two_neighbours_the_one_with_fewer_answers_takes_it() -> None:
    low = collapse(answers(micro=10, small=3, medium=20, large=8), JARVENPAA)
    high = collapse(answers(micro=20, small=3, medium=10, large=8), JARVENPAA)
    assert [cell.classes for cell in low] == [("micro", "small"), ("medium",), ("large",)]
    assert [cell.classes for cell in high] == [("micro",), ("small", "medium"), ("large",)]


def test_merging_goes_on_until_every_class_holds_five() -> None:
    cells = collapse(answers(micro=30, medium=2, large=1), JARVENPAA)
    assert cells == (Cell(("micro", "small", "medium", "large"), 33, 2500),)


def test_classes_merged_share_one_weight() -> None:
    given = answers(micro=40, small=30, medium=15, large=4)
    weights = dict(zip(given, post_stratify(given, JARVENPAA).weights, strict=True))
    assert weights["medium"] == weights["large"] == pytest.approx(25 / 2500 * 89 / 19)


def test_an_answer_without_a_class_keeps_the_mean_weight_and_is_never_micro() -> None:
    given = answers(micro=40, small=30, medium=15, large=6, unknown=9)
    weighting = post_stratify(given, JARVENPAA)
    assert weighting.unknown == 9
    assert weighting.weights[-9:] == (1.0,) * 9
    assert weighting.weights[:91] == post_stratify(given[:91], JARVENPAA).weights


def test_answers_where_no_companies_are_known_are_merged_too() -> None:
    cells = collapse(answers(micro=20, small=10, large=7), {"micro": 50, "small": 20, "large": 0})
    assert [cell.classes for cell in cells] == [("micro",), ("small", "large")]


def test_a_class_without_a_number_of_companies_is_refused() -> None:
    with pytest.raises(ValueError, match="huge"):
        post_stratify(["huge"], JARVENPAA)


def test_a_city_without_companies_cannot_be_weighted_to() -> None:
    with pytest.raises(ValueError, match="No companies"):
        post_stratify(["micro"], {"micro": 0})
