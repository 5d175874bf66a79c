from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest
from django.template.loader import render_to_string
from django.utils import translation

from talkoot.kit.charts import Bar, Bars, Forest, Pilot, Ribbon, Ribbons, Scale, Step, Waterfall

if TYPE_CHECKING:
    from talkoot.kit.charts.shapes import Shape


def _shape(shapes: tuple[Shape, ...], css: str) -> dict[str, str]:
    return dict(next(shape.attrs for shape in shapes if shape.css.startswith(css)))


def _rendered(chart: Bars | Forest | Ribbons | Waterfall, language: str = "en") -> str:
    with translation.override(language):
        return render_to_string(chart.template_name, {"chart": chart})


@pytest.mark.parametrize(("value", "width"), [(0, "0"), (50, "50"), (66, "66"), (100, "100")])
def test_a_bar_starts_at_zero_and_is_as_wide_as_its_share(value: float, width: str) -> None:
    (row,) = Bars("Share", items=[Bar("a", value)]).rows
    bar = _shape(row.shapes, "bar-fill")
    assert (bar["x"], bar["width"]) == ("0", width)


def test_a_bar_follows_the_scale_of_its_chart() -> None:
    (row,) = Bars("Tonnes", scale=Scale(0, 200), items=[Bar("a", 50)]).rows
    assert _shape(row.shapes, "bar-fill")["width"] == "25"


def test_a_whisker_reaches_from_low_to_high_over_a_halo() -> None:
    (row,) = Bars("Share", items=[Bar("a", 66, 58, 74)]).rows
    halo, line = (dict(shape.attrs)["d"] for shape in row.shapes if shape.css.startswith("bar-ci"))
    assert halo == line
    assert line.startswith("M58 12 H74")


def test_a_figure_beyond_the_scale_stays_inside_it() -> None:
    (row,) = Bars("Share", items=[Bar("a", 120)]).rows
    assert _shape(row.shapes, "bar-fill")["width"] == "100"


def test_gridlines_stand_at_the_quarters() -> None:
    grid = dict(Scale().grid(100).attrs)["d"]
    assert re.findall(r"M(\d+) ", grid) == ["25", "50", "75"]


def test_a_small_group_is_a_lock_and_words_never_a_zero() -> None:
    html = _rendered(Bars("Share", n_head="n", items=[Bar("250 or more", missing="few", n=3)]))
    assert "Fewer than 5 respondents, not shown" in html
    assert "#i-lock" in html
    assert "<rect" not in html
    assert ">3<" not in html


def test_geometry_has_points_in_every_language() -> None:
    html = _rendered(Bars("Osuus", items=[Bar("a", 66.5, 58.25, 74)]), "fi")
    assert 'width="66.5"' in html
    assert "58.25" in html


def test_a_share_is_told_with_its_interval_beside_the_bar() -> None:
    assert "66% (58–74)" in _rendered(Bars("Share", items=[Bar("a", 66, 58, 74)]))


def test_the_pooled_share_is_a_diamond_and_the_prediction_a_framed_bar() -> None:
    chart = Forest(
        "Acted",
        items=[Pilot("Vantaa", 29, 19, 42, 17, 58)],
        pooled=Pilot("All", 38, 28, 49),
        prediction=(26, 51),
    )
    pooled, prediction = chart.sum_rows
    assert _shape(pooled.shapes, "diamond")["d"] == "M28 12 L38 5 L49 12 L38 19 Z"
    framed = _shape(prediction.shapes, "pred-bar")
    assert (framed["x"], framed["width"]) == ("26", "25")


def test_a_pilot_under_way_has_a_row_without_a_result() -> None:
    (row,) = Forest("Acted", items=[Pilot("Kerava", total=29)]).rows
    assert row.missing == "pending"
    assert row.words == "–"
    assert row.n == "29"


def test_a_wider_ribbon_holds_a_narrower_one() -> None:
    (row,) = Ribbons("Benefit", items=[Ribbon("prior", 50, 10)]).rows
    widths = [float(_shape(row.shapes, css)["width"]) for css in ("b95", "b80", "b50")]
    assert widths == pytest.approx([39.2, 25.63, 13.49], abs=0.01)


def test_a_ribbon_is_cut_to_its_scale() -> None:
    (row,) = Ribbons("Benefit", items=[Ribbon("prior", 95, 10)]).rows
    wide = _shape(row.shapes, "b95")
    assert float(wide["x"]) + float(wide["width"]) == pytest.approx(100)
    assert row.words == "95 (75–100)"


def test_the_weights_of_the_sources_share_one_bar() -> None:
    chart = Ribbons("Benefit", items=[], weights=[("Prior", 0.27, "lake"), ("Pilots", 0.73, "ochre")])
    starts = re.findall(r'x="([\d.]+)"', chart.weigh_svg)
    assert starts == ["0", "27"]


def test_a_waterfall_floats_and_what_is_taken_away_is_hollow() -> None:
    steps = [Step("all", 0, 4460, "4 460"), Step("elsewhere", 2900, 4460, "−1 560", taken=True)]
    whole, taken = Waterfall("Tonnes", scale=Scale(0, 4460), items=steps).rows
    assert _shape(whole.shapes, "bar-fill")["x"] == "0"
    hollow = _shape(taken.shapes, "wf-out")
    assert float(hollow["x"]) + float(hollow["width"]) == pytest.approx(100, abs=0.02)


def test_labels_are_escaped() -> None:
    assert "<b>x</b>" not in _rendered(Bars("Share", items=[Bar("<b>x</b>", 1)]))
