from __future__ import annotations

from functools import cache
from itertools import chain, combinations, product
from typing import TYPE_CHECKING, TypeAlias

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from talkoot.analysis.survey.suppression import protect_groups, protect_table

if TYPE_CHECKING:
    from collections.abc import Collection

    Table: TypeAlias = list[list[int]]
    Cell: TypeAlias = tuple[int, int]
    Figures: TypeAlias = np.ndarray[tuple[int, ...], np.dtype[np.int64]]


def tables(rows: int, columns: int) -> st.SearchStrategy[Table]:
    """At most ten respondents, each in some cell."""
    chosen = st.lists(st.integers(0, rows * columns - 1), max_size=10)
    return chosen.map(
        lambda cells: [[cells.count(r * columns + c) for c in range(columns)] for r in range(rows)]
    )


def cells(table: Table) -> list[Cell]:
    """Every cell and sum; a sum has index −1."""
    rows, columns = range(len(table)), range(len(table[0]))
    return [*product(rows, columns), *((r, -1) for r in rows), *((-1, c) for c in columns)]


def figures(tables: Figures) -> Figures:
    """The figures of `cells` for each of many tables."""
    flat = tables.reshape(len(tables), -1)
    return np.concatenate([flat, tables.sum(axis=2), tables.sum(axis=1)], axis=1)


@cache
def every_table(rows: int, columns: int, total: int) -> Figures:
    parts = rows * columns - 1
    bars = np.array(list(combinations(range(total + parts), parts)))
    edges = np.column_stack([np.full(len(bars), -1), bars, np.full(len(bars), total + parts)])
    return figures((np.diff(edges, axis=1) - 1).reshape(-1, rows, columns))


def agreeing(table: Table, hidden: Collection[Cell]) -> Figures:
    """Every table with the same grand total that shows the same published figures, from trying all."""
    candidates = every_table(len(table), len(table[0]), sum(map(sum, table)))
    shown = [i for i, cell in enumerate(cells(table)) if cell not in hidden]
    true = figures(np.array([table]))[0]
    return candidates[np.all(candidates[:, shown] == true[shown], axis=1)]


def is_safe(table: Table, hidden: Collection[Cell], threshold: int) -> bool:
    seen, true = agreeing(table, hidden), figures(np.array([table]))[0]
    small = (true > 0) & (true < threshold)
    low, high = seen.min(axis=0), seen.max(axis=0)
    return bool(np.all((low < true) & (true < high) & (high >= threshold) | ~small))


def test_a_small_group_takes_the_next_smallest_with_it() -> None:
    found = protect_groups({"micro": 60, "small": 20, "medium": 8, "large": 3})
    assert (found.primary, found.secondary, found.cost) == (("large",), ("medium",), 8)
    assert found.attacker == {"large": (0, 11)}
    assert found.hidden == {"large", "medium"}


def test_five_answers_are_shown() -> None:
    found = protect_groups({"micro": 5, "small": 6})
    assert (found.hidden, found.protected) == (frozenset(), True)


def test_nobody_is_shown_as_nobody() -> None:
    assert protect_groups({"micro": 50, "small": 0}).hidden == frozenset()


def test_two_small_groups_protect_each_other() -> None:
    found = protect_groups({"micro": 60, "medium": 4, "large": 3})
    assert (found.primary, found.secondary) == (("medium", "large"), ())


def test_two_tiny_groups_need_a_third() -> None:
    found = protect_groups({"micro": 60, "medium": 1, "large": 2})
    assert (found.secondary, found.protected) == (("micro",), True)


def test_when_all_answers_are_few_nothing_may_be_shown() -> None:
    found = protect_groups({"micro": 2, "small": 1})
    assert not found.protected
    assert found.hidden == {"micro", "small"}


def test_a_hidden_cell_cannot_be_worked_out_from_the_margins() -> None:
    found = protect_table([[20, 3, 8], [10, 12, 9], [5, 6, 7]])
    assert found.primary == ((0, 1),)
    assert set(found.secondary) == {(0, 2), (2, 1), (2, 2)}
    assert found.attacker == {(0, 1): (0, 9)}
    assert found.cost == 21


def test_a_margin_under_the_threshold_is_hidden_as_well() -> None:
    found = protect_table([[20, 30], [1, 2]])
    assert (1, -1) in found.primary
    assert found.protected


def test_a_table_of_unequal_rows_is_refused() -> None:
    with pytest.raises(ValueError, match="rows of one length"):
        protect_table([[1, 2], [3]])


@settings(deadline=None, max_examples=60)
@given(tables(2, 2), st.integers(2, 4))
def test_no_reader_can_pin_down_a_small_cell_and_no_cheaper_set_would_do(
    table: Table, threshold: int
) -> None:
    found = protect_table(table, threshold)
    true = dict(zip(cells(table), figures(np.array([table]))[0].tolist(), strict=True))
    assert set(found.primary) == {cell for cell, n in true.items() if 0 < n < threshold}
    rest = [cell for cell in true if cell not in found.primary]
    costs = [
        sum(true[cell] for cell in some)
        for some in chain.from_iterable(combinations(rest, size) for size in range(len(rest) + 1))
        if is_safe(table, {*found.primary, *some}, threshold)
    ]
    assert (found.cost if found.protected else None) == min(costs, default=None)
    assert is_safe(table, found.hidden, threshold) == found.protected


@settings(deadline=None, max_examples=60)
@given(tables(2, 3))
def test_what_a_reader_can_infer_is_found_exactly(table: Table) -> None:
    found = protect_table(table, 3)
    seen = agreeing(table, found.hidden)
    inferred = dict(
        zip(cells(table), zip(seen.min(axis=0).tolist(), seen.max(axis=0).tolist(), strict=True), strict=True)
    )
    assert found.attacker == {cell: inferred[cell] for cell in found.primary}
