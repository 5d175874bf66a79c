"""Bars with intervals, pilots with their pooled estimate, prior–data–posterior, and the waterfall."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar

from django.utils.translation import gettext_lazy as _

from talkoot.kit import typography
from talkoot.kit.charts.rows import Missing, Pigment, Row, RowChart, bar, whisker
from talkoot.kit.charts.shapes import path, rect, strip

if TYPE_CHECKING:
    from collections.abc import Sequence

    from django.utils.safestring import SafeString

    from talkoot.kit.charts.rows import Words
    from talkoot.kit.charts.shapes import Shape

PREDICTION = _("Prediction for the next city")
NORMAL = {"b95": 1.959964, "b80": 1.281552, "b50": 0.674490}  # quantiles of the central 95, 80 and 50 %


@dataclass(frozen=True)
class Bar:
    """One share (0–100, or on the chart's scale) with its 95 % interval, or why there is none."""

    label: Words
    value: float | None = None
    low: float | None = None
    high: float | None = None
    n: int | None = None
    words: Words = ""
    missing: Missing = ""
    note: Words = ""
    href: str = ""
    pigment: Pigment = ""


@dataclass(frozen=True)
class Bars(RowChart):
    """A bar chart that is a table."""

    items: Sequence[Bar] = ()
    css: ClassVar[str] = "bars"

    def body(self, width: float) -> Sequence[Row]:
        code = typography.language()
        return [self._row(item, width, code) for item in self.items]

    def _row(self, item: Bar, width: float, code: str) -> Row:
        if item.value is None:
            why: Missing = item.missing or "not_known"
            return Row(item.label, "–", note=item.note, href=item.href, missing=why, missing_words=item.words)
        shapes: list[Shape] = [self.scale.grid(width), bar(self.scale, item.value, width, item.pigment)]
        if item.low is not None and item.high is not None:
            shapes += whisker(self.scale, item.low, item.high, width)
        n = "" if item.n is None else typography.number(item.n, code=code)
        words = item.words or _in_words(item, code)
        return Row(item.label, words, tuple(shapes), n=n, note=item.note, href=item.href)


def _in_words(item: Bar, code: str) -> str:
    if item.low is None or item.high is None:
        return typography.percent(item.value, 0, code)
    return typography.estimate(item.value, item.low, item.high, code=code)


@dataclass(frozen=True)
class Pilot:
    """One pilot: share (0–100) with interval, ``events`` out of ``total``, weight 1–3 (width of the point)."""

    label: Words
    value: float | None = None
    low: float = 0
    high: float = 0
    events: int | None = None
    total: int | None = None
    weight: int = 2
    missing: Missing = ""
    words: Words = ""
    href: str = ""


@dataclass(frozen=True)
class Forest(RowChart):
    """Pilots above, their pooled share as a diamond and the prediction for the next city as a framed bar below."""

    items: Sequence[Pilot] = ()
    pooled: Pilot | None = None
    prediction: tuple[float, float] | None = None
    prediction_label: Words = PREDICTION
    css: ClassVar[str] = "bars forest"

    def body(self, width: float) -> Sequence[Row]:
        return [self._row(item, width) for item in self.items]

    def _row(self, item: Pilot, width: float) -> Row:
        if item.value is None:
            why: Missing = item.missing or "pending"
            n = "" if item.total is None else typography.number(item.total)
            return Row(item.label, "–", n=n, href=item.href, missing=why, missing_words=item.words)
        x = self.scale.x(item.value, width)
        shapes = [*self._ground(width), whisker(self.scale, item.low, item.high, width, 3)[1]]
        shapes.append(path(f"pt w{min(max(item.weight, 1), 3)}", "M", x, 6.0, "V", 18.0))
        return Row(item.label, _share(item), tuple(shapes), n=_out_of(item), href=item.href)

    def sums(self, width: float) -> Sequence[Row]:
        rows = []
        if self.pooled is not None and self.pooled.value is not None:
            rows.append(self._pooled_row(self.pooled, self.pooled.value, width))
        if self.prediction is not None:
            left, right = (self.scale.x(end, width) for end in self.prediction)
            framed = rect("pred-bar", left, 8, right - left, 8)
            words = typography.percent_span(*self.prediction, 0)
            shapes = (self.scale.grid(width), framed, *self._reference(width))
            rows.append(Row(self.prediction_label, words, shapes, classes="sum pred"))
        return rows

    def _pooled_row(self, pooled: Pilot, value: float, width: float) -> Row:
        left, middle, right = (self.scale.x(v, width) for v in (pooled.low, value, pooled.high))
        diamond = path("diamond", "M", left, 12.0, "L", middle, 5.0, "L", right, 12.0, "L", middle, 19.0, "Z")
        return Row(
            pooled.label, _share(pooled), (*self._ground(width), diamond), n=_out_of(pooled), classes="sum"
        )

    def _ground(self, width: float) -> tuple[Shape, ...]:
        return self.scale.grid(width), *self._reference(width)

    def _reference(self, width: float) -> tuple[Shape, ...]:
        if self.pooled is None or self.pooled.value is None:
            return ()
        return (path("bar-ref soft", "M", self.scale.x(self.pooled.value, width), 0.0, "V", 24.0),)


def _share(item: Pilot) -> Words:
    return item.words or typography.estimate(item.value, item.low, item.high)


def _out_of(item: Pilot) -> str:
    if item.events is None or item.total is None:
        return ""
    return f"{typography.number(item.events)} / {typography.number(item.total)}"


@dataclass(frozen=True)
class Ribbon:
    """A belief as ribbons of 50, 80 and 95 %: mean and standard deviation on the chart's scale.

    ``low`` and ``high`` are the ends said in words; without them the central 95 % of a normal distribution, cut
    to the scale.
    """

    label: Words
    mean: float
    sd: float
    note: Words = ""
    pigment: Pigment = "lake"
    low: float | None = None
    high: float | None = None


@dataclass(frozen=True)
class Ribbons(RowChart):
    """Prior, data and posterior under each other, and how much each source weighed (shares of 1)."""

    items: Sequence[Ribbon] = ()
    weights: Sequence[tuple[Words, float, Pigment]] = ()
    scale_head: Words = "0–100"
    css: ClassVar[str] = "bars ppd"
    template_name: ClassVar[str] = "charts/ribbons.html"

    def body(self, width: float) -> Sequence[Row]:
        return [self._row(item, width) for item in self.items]

    def _row(self, item: Ribbon, width: float) -> Row:
        shapes = [self.scale.grid(width)]
        for css, quantile in NORMAL.items():
            left, right = (self.scale.x(item.mean + side * quantile * item.sd, width) for side in (-1, 1))
            shapes.append(rect(f"{css} p-{item.pigment}", left, 4, right - left, 16))
        x = self.scale.x(item.mean, width)
        shapes += [path(css, "M", x, 2.0, "V", 22.0) for css in ("bar-ci halo", "bar-ci")]
        return Row(item.label, self._words(item), tuple(shapes), note=item.note)

    def _words(self, item: Ribbon) -> str:
        reach = NORMAL["b95"] * item.sd
        low = max(self.scale.low, item.mean - reach) if item.low is None else item.low
        high = min(self.scale.high, item.mean + reach) if item.high is None else item.high
        return f"{typography.number(item.mean, 0)} ({typography.span(low, high, 0)})"

    @property
    def weighed(self) -> list[tuple[Words, str]]:
        return [(label, typography.percent(100 * share, 0)) for label, share, _pigment in self.weights]

    @property
    def weigh_svg(self) -> SafeString:
        """One bar of 100 split by weight, with a gap of 0.6 between the parts."""
        shapes, left = [], 0.0
        for _label, share, pigment in self.weights:
            shapes.append(rect(f"f-{pigment}", left, 0, 100 * share - 0.6, 12))
            left += 100 * share
        return strip(shapes, height=12, css="weigh")


@dataclass(frozen=True)
class Step:
    """One floating bar from ``start`` to ``end``; ``taken``: hollow, what is not counted."""

    label: Words
    start: float
    end: float
    words: Words
    taken: bool = False
    pigment: Pigment = ""
    note: Words = ""


@dataclass(frozen=True)
class Waterfall(RowChart):
    """From what is missing to what counts: bars float on one scale that starts at zero."""

    items: Sequence[Step] = ()
    css: ClassVar[str] = "bars waterfall"

    def body(self, width: float) -> Sequence[Row]:
        return [self._row(item, width) for item in self.items]

    def _row(self, item: Step, width: float) -> Row:
        left, right = sorted(self.scale.x(end, width) for end in (item.start, item.end))
        filled = f"bar-fill p-{item.pigment}" if item.pigment else "bar-fill"
        box = rect("wf-out" if item.taken else filled, left, 5, right - left, 14)
        return Row(item.label, item.words, (self.scale.grid(width), box), note=item.note)
