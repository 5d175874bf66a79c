"""Tables that share respondents, and a round that is published twice: no two views together isolate anyone."""

from __future__ import annotations

from collections import Counter
from itertools import product
from typing import TYPE_CHECKING, cast

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from talkoot.analysis.survey.disclosure.cells import Reader, Sum
from talkoot.analysis.survey.disclosure.linked import (
    EARLIER,
    EVERYONE,
    LATER,
    NEW,
    Cross,
    joined,
    protect,
    protect_again,
    revealing,
)
from talkoot.analysis.survey.disclosure.suppress import suppress
from talkoot.analysis.survey.errors import SurveyError

if TYPE_CHECKING:
    from collections.abc import Sequence

SIZES, TRADES, ANSWERS = ("micro", "large"), ("food", "steel"), ("yes", "no")
Person = tuple[str, str, str]


def crosses(people: Sequence[Person]) -> list[Cross]:
    """Answers by size and answers by trade, as a results page shows them."""
    by_size = Counter(frozenset({("size", size), ("answer", said)}) for size, _, said in people)
    by_trade = Counter(frozenset({("trade", trade), ("answer", said)}) for _, trade, said in people)
    return [
        Cross({"size": SIZES, "answer": ANSWERS}, by_size),
        Cross({"trade": TRADES, "answer": ANSWERS}, by_trade),
    ]


def people(*counts: int) -> list[Person]:
    kinds = list(product(SIZES, TRADES, ANSWERS))
    return [kind for kind, n in zip(kinds, counts, strict=True) for _ in range(n)]


def test_what_one_table_hides_the_other_hides_as_well() -> None:
    found = protect(crosses(people(20, 10, 9, 8, 2, 9, 1, 9)))
    large = frozenset({("size", "large"), ("answer", "yes")})
    assert found.primary == (large,)
    low, high = found.attacker[large]
    assert low < 3 < high
    assert high >= 5


def test_a_sum_that_both_tables_show_is_hidden_in_both_or_in_neither() -> None:
    """Three in all said yes: the sum over sizes and the sum over trades are one figure."""
    found = protect(crosses(people(1, 20, 0, 9, 1, 9, 1, 9)))
    assert frozenset({("answer", "yes")}) in found.primary
    assert EVERYONE not in found.hidden


def test_tables_of_other_respondents_are_not_taken_for_the_same() -> None:
    size, _ = crosses(people(20, 10, 9, 8, 2, 9, 1, 9))
    _, trade = crosses(people(20, 10, 9, 8, 2, 9, 1, 10))
    with pytest.raises(ValueError, match="disagree"):
        joined([size, trade])


respondents = st.lists(st.integers(0, 7), min_size=5, max_size=10)
kind_counts = respondents.map(lambda chosen: [chosen.count(kind) for kind in range(8)])


@settings(deadline=None, max_examples=30)
@given(kind_counts)
def test_no_reader_of_both_tables_can_pin_down_a_small_figure(counts: list[int]) -> None:
    """Against every way the respondents can be spread over sizes, trades and answers."""
    tables = crosses(people(*counts))
    try:
        found = protect(tables, threshold=3)
    except SurveyError:
        return
    true, _ = joined(tables)
    shown = [key for key in true if key not in found.hidden]
    places, figures = _every_figure(sum(counts), tuple(true))
    truth = np.array([true[key] for key in true])
    agree = figures[
        np.all(figures[:, [places[key] for key in shown]] == truth[[places[key] for key in shown]], axis=1)
    ]
    for key in found.primary:
        seen = agree[:, places[key]]
        assert seen.min() < true[key] < seen.max()
        assert seen.max() >= 3


_KEPT: dict[int, np.ndarray[tuple[int, ...], np.dtype[np.int64]]] = {}


def _every_figure(
    total: int, keys: tuple[frozenset[tuple[str, str]], ...]
) -> tuple[dict[frozenset[tuple[str, str]], int], np.ndarray[tuple[int, ...], np.dtype[np.int64]]]:
    kinds = [
        frozenset(zip(("size", "trade", "answer"), kind, strict=True))
        for kind in product(SIZES, TRADES, ANSWERS)
    ]
    if total not in _KEPT:
        _KEPT[total] = np.array(list(_spread(total, len(kinds))))
    counts_in = np.array([[key <= kind for key in keys] for kind in kinds]).astype(int)
    return {key: i for i, key in enumerate(keys)}, _KEPT[total] @ counts_in


def _spread(total: int, parts: int) -> list[tuple[int, ...]]:
    if parts == 1:
        return [(total,)]
    return [(first, *rest) for first in range(total + 1) for rest in _spread(total - first, parts - 1)]


def test_what_an_earlier_round_hid_is_hidden_again() -> None:
    big = crosses(people(20, 10, 9, 8, 9, 9, 8, 9))
    large = frozenset({("size", "large"), ("answer", "yes")})
    assert protect(big).hidden == frozenset()
    assert large in protect(big, hidden_before=[large]).hidden


def test_publishing_again_with_one_new_answer_is_refused() -> None:
    before, after = crosses(people(20, 10, 9, 8, 9, 9, 8, 9)), crosses(people(20, 10, 9, 8, 9, 9, 8, 10))
    with pytest.raises(SurveyError) as refused:
        protect_again(before, [], after)
    assert refused.value.code == "cannot_be_protected"
    keys = cast("tuple[tuple[str, object], ...]", refused.value.culprits)
    assert {stamp for stamp, _ in keys} == {NEW}


def test_publishing_again_hides_what_the_difference_would_tell() -> None:
    """Twelve are new, one of them large and for it: the later table hides what would show that one."""
    before, after = crosses(people(20, 10, 9, 8, 9, 9, 8, 9)), crosses(people(26, 15, 9, 8, 10, 9, 8, 9))
    found = protect_again(before, [], after)
    large = frozenset({("size", "large"), ("answer", "yes")})
    assert (NEW, large) in found.primary
    assert (LATER, large) in found.hidden
    assert not any(stamp == EARLIER for stamp, _ in found.hidden)
    assert all(low < 1 < high and high >= 5 for low, high in [found.attacker[NEW, large]])


def test_answers_do_not_go_between_two_publications() -> None:
    before, after = crosses(people(20, 10, 9, 8, 9, 9, 8, 9)), crosses(people(19, 10, 9, 8, 9, 9, 8, 10))
    with pytest.raises(ValueError, match="no fewer answers"):
        protect_again(before, [], after)


def test_a_number_of_answers_that_gives_a_small_group_away_stays_hidden() -> None:
    counts = {"all": 90, "micro": 60, "small": 20, "medium": 8, "large": 2}
    sums = [Sum("all", ("micro", "small", "medium", "large"))]
    found = suppress(counts, sums, ["large"], published=["all"])
    assert found.hidden == {"large", "medium"}
    numbers = {
        "n of the two smallest": Sum("n of the two smallest", ("micro", "small")),
        "n of all but the largest": Sum("n of all but the largest", ("micro", "small", "medium")),
    }
    assert revealing(counts, sums, found, numbers) == ("n of all but the largest",)


def test_what_a_reader_can_infer_is_exact_in_a_sum_of_groups() -> None:
    reader = Reader({"all": 10, "a": 3, "b": 2, "c": 5}, [Sum("all", ("a", "b", "c"))])
    reader.hide(["a", "b"])
    assert reader.interval("a") == (0, 5)
