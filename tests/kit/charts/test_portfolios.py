"""Portfolios by work and benefit: nothing hides anything, and the limit is the limit."""

from __future__ import annotations

import itertools
from typing import TYPE_CHECKING

import pytest
from django.template.loader import render_to_string
from django.utils import translation

from talkoot.kit.charts import Item, Scatter
from talkoot.kit.charts.scatter import APART, LEFT, RIGHT

if TYPE_CHECKING:
    from talkoot.kit.charts.shapes import Shape

CROWD = [
    Item("A", 238, 400, 520),
    Item("B", 240, 410, 530),
    Item("C", 240, 405, 525),
    Item("D", 243, 420, 540, "chosen"),
    Item("E", 244, 430, 545, "over"),
    Item("F", 244, 432, 546, "over"),
    Item("Today", 108, 210, 260, "present"),
]


def crowd(**changes: float) -> Scatter:
    return Scatter("Portfolios", items=CROWD, x_head="Work", limit=(243, "Over 243 days"), **changes)  # type: ignore[arg-type]  # numbers


def shapes(chart: Scatter, tag: str, css: str = "") -> list[Shape]:
    return [
        shape for shape in chart.drawing.shapes if shape.tag == tag and (not css or css in shape.css.split())
    ]


def test_portfolios_that_take_the_same_work_stand_side_by_side() -> None:
    places = sorted(crowd().places)
    assert all(b - a >= APART - 1e-9 for a, b in itertools.pairwise(places))


def test_what_fits_stays_within_the_limit_and_the_rest_beyond_it() -> None:
    chart = crowd()
    edge = chart.x(243)
    for item, place in zip(CROWD, chart.places, strict=True):
        assert (place > edge) == (item.kind == "over"), item.label


def test_a_portfolio_that_nothing_hides_is_drawn_at_its_work() -> None:
    chart = crowd()
    assert chart.places[-1] == chart.x(108)


def test_the_present_model_is_dashed_and_named_beside_its_mark_not_in_the_key() -> None:
    chart = crowd()
    (mark,) = shapes(chart, "path", "s-ink")
    assert "stroke-dasharray" in dict(mark.attrs)
    assert [shape.text for shape in shapes(chart, "text")].count("Today") == 1
    assert len(chart.key) == 3


def test_no_label_covers_another() -> None:
    labels = {s.text: dict(s.attrs) for s in shapes(crowd(), "text") if s.text in set("ABCDEF")}
    spots = [(float(at["x"]), float(at["y"])) for at in labels.values()]
    assert len(spots) == 6
    for (x, y), (other_x, other_y) in itertools.combinations(spots, 2):
        assert abs(x - other_x) >= 15 or abs(y - other_y) >= 22


def test_benefit_has_a_scale_that_reaches_the_highest() -> None:
    chart = crowd()
    assert chart.levels[0] == 0
    assert chart.levels[-1] >= 546
    assert chart.y(546) >= chart.y(chart.levels[-1])
    assert Scatter("Portfolios", items=[Item("A", 200, 50, 60)]).levels == [0, 25, 50, 75, 100]


@pytest.mark.parametrize("limit", [150, 199, 200, 243, 1000])
def test_the_zone_over_the_limit_has_room_for_its_label(limit: float) -> None:
    chart = Scatter("Portfolios", items=[Item("A", 120, 50, 60)], limit=(limit, f"Over {limit} days"))
    assert RIGHT - chart.x(limit) >= 0.24 * (RIGHT - LEFT) - 1e-6


def test_the_table_says_in_words_what_colour_says() -> None:
    with translation.override("en"):
        page = render_to_string("charts/figure.html", {"chart": crowd()})
    assert "D (recommended)" in page
    assert "E (does not fit)" in page


@pytest.mark.parametrize("language", ["fi", "sv", "en"])
def test_geometry_has_a_point_in_every_language(language: str) -> None:
    with translation.override(language):
        svg = crowd().drawing.svg()
    for shape in crowd().drawing.shapes:
        assert all("," not in value for _name, value in shape.attrs)
    assert "style=" not in svg


def test_an_empty_picture_is_drawn() -> None:
    assert Scatter("Portfolios").drawing.svg()
