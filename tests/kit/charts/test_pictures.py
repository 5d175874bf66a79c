from __future__ import annotations

import datetime as dt
import itertools
from math import hypot
from typing import Any, Literal
from xml.etree import ElementTree as ET

import pytest
from django.template.loader import render_to_string
from django.utils import translation

from talkoot.kit.charts import (
    PRINT,
    Bar,
    Bars,
    Clock,
    Entry,
    Item,
    Line,
    Point,
    Rug,
    Scatter,
    Stripe,
    Weave,
    print_palette,
    render_svg,
)
from talkoot.kit.charts.clock import CENTRE, RADII
from talkoot.kit.charts.figures import nice_step, ticks
from talkoot.kit.charts.shapes import Drawing, short

YEAR = 2026


def _line() -> Line:
    points = [
        Point(2019, 100),
        Point(2020, 90),
        Point(2022, 80),
        Point(2021, None, "Not imported yet"),
        Point(1990, 200, computed=True),
    ]
    return Line(
        "Emissions",
        unit="kt CO₂e",
        points=points,
        plan=[(2022, 80), (2030, 20)],
        target=(2030, 20, "Target 20"),
    )


def _found(drawing: Drawing, css: str) -> list[dict[str, str]]:
    return [dict(shape.attrs) for shape in drawing.shapes if css in shape.css.split()]


@pytest.mark.parametrize(("most", "step"), [(1075, 300), (100, 25), (243, 100), (7, 2), (0, 1)])
def test_steps_of_an_axis_are_round(most: float, step: float) -> None:
    assert nice_step(most) == pytest.approx(step)


def test_an_axis_starts_at_zero_and_reaches_the_most() -> None:
    levels = ticks(1075)
    assert levels[0] == 0
    assert levels[-1] >= 1075


def test_a_line_joins_only_published_years_that_follow_each_other() -> None:
    (joined,) = _found(_line().drawing, "series")
    assert joined["d"].count("L") == 1


def test_a_computed_year_is_a_hollow_dot() -> None:
    drawing = _line().drawing
    assert len(_found(drawing, "dot-open")) == 1
    assert len(_found(drawing, "f-city")) == 3


def test_a_missing_year_is_no_dot_but_a_word_in_the_table() -> None:
    rows = {year: words for year, words, _source in _line().table.rows}
    assert rows["2021"] == "Not imported yet"


def test_higher_values_stand_higher() -> None:
    chart = _line()
    assert chart.y(0) > chart.y(90) > chart.y(200)


def test_a_portfolio_over_the_limit_is_hollow_and_the_chosen_one_thicker() -> None:
    chart = Scatter(
        "Portfolios",
        items=[Item("A", 200, 50, 60), Item("B", 240, 60, 70, "chosen"), Item("C", 260, 65, 80, "over")],
        limit=(243, "Over 243"),
    )
    assert [mark["stroke-width"] for mark in _found(chart.drawing, "s-spruce")] == ["9"]
    assert len(_found(chart.drawing, "hollow")) == 1
    with translation.override("en"):
        key = [str(label) for _css, label in chart.key]
    assert key == ["Recommended", "Others that fit", "Does not fit"]


_count = itertools.count(1)


def _clock(*entries: Entry, today: dt.date | None = None) -> Clock:
    return Clock("Annual clock", year=YEAR, entries=entries, today=today)


def _entry(verb: Literal[1, 2, 3, 4], start: tuple[int, int], end: tuple[int, int], label: str = "") -> Entry:
    """Each a thing of its own, unless they are named."""
    return Entry(label or f"x{next(_count)}", verb, dt.date(YEAR, *start), dt.date(YEAR, *end))


def test_what_is_done_several_times_a_year_has_one_number_and_one_line() -> None:
    clock = _clock(
        _entry(1, (1, 1), (3, 31), "Survey"),
        _entry(3, (2, 1), (2, 28), "Webinar"),
        _entry(3, (9, 1), (9, 30), "Webinar"),
        _entry(3, (5, 4), (5, 6), "Visit"),
    )
    assert [each.number for each in clock.numbered] == [1, 2, 3, 2]
    with translation.override("en"):
        assert [(line.number, line.when) for line in clock.lines] == [
            (1, "Jan–Mar"),
            (2, "Feb, Sep"),
            (3, "4\xa0May 2026–6\xa0May 2026"),
        ]


def test_what_goes_on_all_year_is_in_the_list_and_not_over_the_rest_of_the_ring() -> None:
    clock = _clock(_entry(3, (1, 1), (12, 31), "Advice"), _entry(3, (5, 1), (5, 31), "Visit"))
    assert len(_found(clock.drawing, "arc")) == 1
    with translation.override("en"):
        assert [str(label) for label, _lines in clock.groups] == ["Act", "All year"]
    assert [row[2] for row in clock.table.rows] == ["Visit", "Advice"]


def test_the_rings_may_be_kinds_of_ones_own_and_the_key_names_those_in_use() -> None:
    entries = [_entry(2, (5, 1), (5, 31))]
    clock = Clock("Clock", year=YEAR, entries=entries, rings=("Knowledge", "Market", "Together", "News"))
    assert [label for _css, label in clock.key] == ["Market"]


def test_the_year_starts_at_the_top_and_goes_clockwise() -> None:
    clock = _clock()
    assert clock.turn(dt.date(YEAR, 1, 1)) == 0
    assert clock.turn(dt.date(YEAR, 7, 2)) == pytest.approx(3.13, abs=0.02)


def test_entries_are_numbered_by_ring_and_day() -> None:
    clock = _clock(_entry(3, (2, 1), (2, 2)), _entry(1, (9, 1), (9, 30)), _entry(1, (1, 20), (3, 3)))
    assert [(n.number, n.entry.verb, n.entry.start.month) for n in clock.numbered] == [
        (1, 1, 1),
        (2, 1, 9),
        (3, 3, 2),
    ]


def test_entries_of_other_years_are_left_out() -> None:
    assert _clock(Entry("x", 1, dt.date(2024, 1, 1), dt.date(2024, 2, 1))).numbered == []


def test_an_arc_lies_on_the_ring_of_its_verb() -> None:
    (arc,) = _found(_clock(_entry(2, (3, 1), (5, 1))).drawing, "arc")
    x, y = (float(part) for part in arc["d"].removeprefix("M").split("A")[0].split())
    assert hypot(x - CENTRE, y - CENTRE) == pytest.approx(RADII[1], abs=0.05)


def test_one_day_is_wide_enough_for_its_number() -> None:
    drawing = _clock(_entry(3, (2, 3), (2, 3))).drawing
    (arc,) = _found(drawing, "arc")
    start, end = arc["d"].removeprefix("M").split("A")
    sx, sy = map(float, start.split())
    ex, ey = map(float, end.split()[-2:])
    assert hypot(ex - sx, ey - sy) > 20


def test_entries_at_the_same_time_share_an_arc_and_keep_their_numbers_apart() -> None:
    drawing = _clock(
        _entry(3, (10, 5), (11, 20)), _entry(3, (10, 5), (11, 20)), _entry(3, (11, 1), (12, 1))
    ).drawing
    numbers = [shape for shape in drawing.shapes if "n" in shape.css.split()]
    places = [tuple(float(value) for _name, value in shape.attrs) for shape in numbers]
    assert len(_found(drawing, "arc")) == 1
    assert [shape.text for shape in numbers] == ["1", "2", "3"]
    assert all(hypot(a[0] - b[0], a[1] - b[1]) > 13 for a, b in itertools.pairwise(places))


def test_the_rug_is_woven_as_far_as_commitments_reach() -> None:
    rug = Rug("Rug", stripes=[Stripe(str(i), 10 + i, "city") for i in range(25)], target=100)
    assert rug.edge == pytest.approx(542 - 528 / 4)
    assert sum(rug.heights()) == pytest.approx(528 / 4)
    assert min(rug.heights()) >= 2


def test_a_larger_effect_is_a_wider_stripe() -> None:
    rug = Rug("Rug", stripes=[Stripe("small", 10, "city"), Stripe("large", 90, "ochre")], target=2)
    heights = dict(zip((stripe.label for stripe in rug.woven), rug.heights(), strict=True))
    assert heights["large"] > heights["small"]


def test_neighbours_in_the_rug_differ_as_long_as_they_can() -> None:
    colours = ["city"] * 5 + ["ochre"] * 3 + ["mid"] * 2
    woven = [s.colour for s in Rug("Rug", stripes=[Stripe("x", 1, c) for c in colours], target=10).woven]
    assert all(a != b for a, b in itertools.pairwise(woven))


def test_an_empty_rug_is_bare_warp() -> None:
    drawing = Rug("Rug", target=100).drawing
    assert _found(drawing, "warp")
    assert not _found(drawing, "knot")


CHARTS: list[Any] = [
    Bars("Share", items=[Bar("a", 66, 58, 74), Bar("b", missing="few")]),
    _line(),
    Scatter("Portfolios", items=[Item("A", 200, 50, 60)], limit=(243, "Over")),
    _clock(_entry(1, (1, 1), (12, 31)), today=dt.date(YEAR, 11, 24)),
    Rug("Rug", stripes=[Stripe("x", 1)], target=2),
    Weave("Weave", stripes=[Stripe("x", 80, "spruce")]),
]


@pytest.mark.parametrize("chart", CHARTS, ids=lambda chart: type(chart).__name__)
def test_on_paper_every_shape_has_its_own_colour_and_no_class(chart: Bars | Line) -> None:
    root = ET.fromstring(render_svg(chart))  # noqa: S314 -- our own
    shapes = [node for node in root if not node.tag.endswith("title")]
    assert shapes
    for node in shapes:
        assert node.get("class") is None
        assert node.get("fill") or node.get("stroke"), ET.tostring(node)
        assert "var(" not in ET.tostring(node, encoding="unicode")


@pytest.mark.parametrize("chart", CHARTS, ids=lambda chart: type(chart).__name__)
@pytest.mark.parametrize("language", ["fi", "sv", "en"])
def test_on_a_page_a_chart_has_its_figures_in_words(chart: Bars | Line, language: str) -> None:
    with translation.override(language):
        html = render_to_string(chart.template_name, {"chart": chart})
    assert "<table" in html or "<ol" in html
    assert "style=" not in html


def test_paper_takes_the_colour_of_the_city() -> None:
    chart = CHARTS[0]
    assert render_svg(chart, print_palette(256, 0.125)) != render_svg(chart, PRINT)


def test_numbers_are_short_and_have_a_point() -> None:
    assert [short(value) for value in (12.0, 12.5, 12.345, -0.001)] == ["12", "12.5", "12.35", "0"]
