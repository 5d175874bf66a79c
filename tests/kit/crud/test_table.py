from __future__ import annotations

from types import SimpleNamespace

from django.http import QueryDict

from talkoot.kit.crud import export
from talkoot.kit.crud.table import Column, Table


class Fruit(Table):
    caption = "Fruit"
    empty = "None"
    default_order = ("name",)
    columns = (
        Column(key="name", label="Name", value=lambda f: f.name, order_by=("name",)),
        Column(
            key="age", label="Age", value=lambda f: f"{f.age} days", raw=lambda f: f.age, order_by=("-age",)
        ),
        Column(key="note", label="Note", value=lambda f: f.note),
    )


def table(query: str = "") -> Fruit:
    return Fruit([SimpleNamespace(name="Apple", age=3, note="=1+1")], QueryDict(query))


def test_a_click_on_a_heading_sorts_and_the_next_click_turns_the_order() -> None:
    first = table("page=3&q=a").heads[0]
    assert (first.sort_url, first.aria_sort) == ("?q=a&sort=name", "none")
    assert table("sort=name").heads[0].sort_url == "?sort=-name"
    assert table("sort=-name").heads[0].aria_sort == "descending"


def test_only_columns_that_sort_are_sorted_by() -> None:
    assert Fruit.ordering(QueryDict("sort=note")) == ["name"]
    assert Fruit.ordering(QueryDict("sort=password")) == ["name"]
    assert Fruit.ordering(QueryDict("sort=age")) == ["-age", "pk"]
    assert Fruit.ordering(QueryDict("sort=-age")) == ["age", "pk"]


def test_a_cell_that_a_spreadsheet_would_run_is_defused_and_numbers_stay_numbers() -> None:
    _heads, first = export.lines(Fruit.columns, table().objects)
    assert first == ["Apple", 3, "'=1+1"]
    assert [export.defused(text) for text in ("+358", "@x", "-5", "\tx", "a=b")] == [
        "'+358",
        "'@x",
        "'-5",
        "'\tx",
        "a=b",
    ]
    assert export.defused(-5) == -5
