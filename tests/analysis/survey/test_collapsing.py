"""Which classes are weighted together, and that the record of it is whole."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from talkoot.analysis.survey.collapsing import Cell, Merge, along_sizes, plan

SIZES = ("micro", "small", "medium", "large")
TRADES = ("food", "steel", "trade")
COMPANIES = {(size, trade): n for size, n in zip(SIZES, (900, 90, 9, 1), strict=True) for trade in TRADES}


def answers(**by_trade: tuple[int, int, int, int]) -> list[tuple[str | None, str | None]]:
    return [
        (size, trade)
        for trade, counts in by_trade.items()
        for size, n in zip(SIZES, counts, strict=True)
        for _ in range(n)
    ]


def test_the_smallest_cell_goes_to_its_smaller_neighbour_and_the_record_says_so() -> None:
    cells, merges = along_sizes([Cell(("micro",), 60, 900), Cell(("small",), 9, 90), Cell(("medium",), 3, 9)])
    assert [cell.classes for cell in cells] == [("micro",), ("small", "medium")]
    assert merges == (Merge("size", ("medium",), ("small",), 3, 9),)


def test_few_answers_are_weighted_by_size_alone() -> None:
    found = plan(answers(food=(10, 6, 0, 0), steel=(10, 5, 1, 0)), COMPANIES, SIZES)
    assert found.by_size_only
    assert [cell.classes for cell in found.blocks[0].cells] == [("micro",), ("small", "medium", "large")]


def test_many_answers_are_weighted_by_size_and_industry() -> None:
    found = plan(answers(food=(20, 10, 6, 0), steel=(10, 5, 5, 5), trade=(9, 8, 7, 6)), COMPANIES, SIZES)
    by_trade = {block.industries: [cell.classes for cell in block.cells] for block in found.blocks}
    assert by_trade[("food",)] == [("micro",), ("small",), ("medium", "large")]
    assert by_trade[("steel",)] == [(size,) for size in SIZES]
    assert [(merge.cell, merge.into, merge.industries) for merge in found.merges] == [
        (("large",), ("medium",), ("food",))
    ]


def test_an_industry_with_too_few_answers_joins_the_next_smallest() -> None:
    found = plan(answers(food=(40, 10, 0, 0), steel=(1, 1, 0, 0), trade=(6, 0, 0, 0)), COMPANIES, SIZES)
    assert [block.industries for block in found.blocks] == [("food",), ("steel", "trade")]
    assert found.merges[0] == Merge("industry", ("steel",), ("trade",), 2, 1000)


def test_who_is_of_unknown_size_or_industry_keeps_the_mean_weight() -> None:
    known = answers(food=(40, 10, 5, 5))
    given_answers = [*known, (None, "food"), ("micro", None)]
    found = plan(given_answers, COMPANIES, SIZES)
    assert found.unknown == 2
    assert found.weights(given_answers)[-2:] == (1.0, 1.0)


def test_a_class_without_companies_is_refused() -> None:
    with pytest.raises(ValueError, match="giant"):
        plan([("giant", "food")], COMPANIES, SIZES)


spread = st.tuples(*(st.integers(0, 30) for _ in SIZES))


@given(spread, spread, spread)
def test_weights_add_up_to_the_companies_and_no_cell_is_lost(
    food: tuple[int, int, int, int], steel: tuple[int, int, int, int], trade: tuple[int, int, int, int]
) -> None:
    said = answers(food=food, steel=steel, trade=trade)
    if len(said) < 5:
        return
    found = plan(said, COMPANIES, SIZES)
    weights = found.weights(said)
    assert sum(weights) == pytest.approx(len(said))
    assert sum(block.companies for block in found.blocks) == sum(COMPANIES.values())
    assert [size for cell in found.blocks[0].cells for size in cell.classes] == list(SIZES)
    assert (
        all(cell.answers >= 5 for block in found.blocks for cell in block.cells)
        or len(found.blocks[0].cells) == 1
    )
    total = sum(COMPANIES.values())
    for block in found.blocks:
        for cell in block.cells:
            inside = [
                weight
                for weight, (size, of) in zip(weights, said, strict=True)
                if size in cell.classes and (found.by_size_only or of in block.industries)
            ]
            assert sum(inside) == pytest.approx(cell.companies / total * len(said))
