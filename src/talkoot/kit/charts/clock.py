"""The annual clock: twelve months, four rings from the outside in: listen, choose, act, show, or kinds of one's own."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from functools import cache, cached_property
from itertools import pairwise
from math import cos, pi, sin
from typing import TYPE_CHECKING, ClassVar, Final, Literal

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from talkoot.kit import typography
from talkoot.kit.charts.figures import DataTable, Figure
from talkoot.kit.charts.shapes import Drawing, circle, path, text

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from talkoot.kit.charts.rows import Words
    from talkoot.kit.charts.shapes import Shape

CENTRE = 230
RADII = (196, 168, 140, 112)
GROUND, THREAD = 22, 18  # thickness of a ring and of an arc on it
OUTER, INNER, NAMES = 208, 98, 226
LEAST_ARC, AIR, NUMBER = 26.0, 2.0, 18.0  # px along the ring: an arc, between arcs, a number
VERBS: tuple[Words, ...] = (
    pgettext_lazy("verb", "Listen"),
    pgettext_lazy("verb", "Choose"),
    pgettext_lazy("verb", "Act"),
    pgettext_lazy("verb", "Show"),
)
KEY = ("f-lake", "f-ochre", "f-lingon", "f-spruce")
SHORT_MONTHS: Final = {
    code: style.months if code == "fi" else tuple(name[:3] for name in style.months)
    for code, style in typography.STYLES.items()
}


@dataclass(frozen=True, slots=True)
class Entry:
    """``verb`` 1–4 (listen, choose, act, show); both days belong to the entry."""

    label: Words
    verb: Literal[1, 2, 3, 4]
    start: dt.date
    end: dt.date
    href: str = ""


@dataclass(frozen=True, slots=True)
class Numbered:
    """An entry with the number of its thing: what is done several times a year has one number."""

    number: int
    entry: Entry

    @property
    def days(self) -> str:
        """Its days, or its months when it fills them."""
        start, end = self.entry.start, self.entry.end
        if start.day == 1 and (end + dt.timedelta(1)).day == 1:
            names = SHORT_MONTHS[typography.language()]
            first, last = names[start.month - 1], names[end.month - 1]
        else:
            first, last = typography.date(start), typography.date(end)
        return first if first == last else f"{first}{typography.DASH}{last}"


@dataclass(frozen=True, slots=True)
class Line:
    """A thing of the list: its number (0: it goes on all year and is not drawn), its ring and when it is done."""

    number: int
    entry: Entry
    when: Words


@dataclass(frozen=True, slots=True)
class _Arc:
    start: float
    end: float
    entries: tuple[Numbered, ...]


@dataclass(frozen=True)
class Clock(Figure):
    """Entries of one year; ``today`` draws the hand and its week in the middle; ``narrow``: the list below.

    ``rings`` name the four rings when they are not the verbs; an entry's ``verb`` is then the number of its ring.
    """

    year: int = 0
    entries: Sequence[Entry] = ()
    today: dt.date | None = None
    narrow: bool = False
    rings: Sequence[Words] = VERBS

    template_name: ClassVar[str] = "charts/clock.html"

    @cached_property
    def numbered(self) -> list[Numbered]:
        """What is drawn, by ring, then by day; the same thing has the same number in the picture and in the list."""
        ordered = sorted(self._shown, key=lambda entry: (entry.verb, entry.start, entry.end))
        numbers: dict[tuple[int, str, str], int] = {}
        return [
            Numbered(numbers.setdefault(_thing(entry), len(numbers) + 1), entry)
            for entry in ordered
            if not self._lasts_all_year(entry)
        ]

    @property
    def _shown(self) -> list[Entry]:
        return [entry for entry in self.entries if entry.start.year <= self.year <= entry.end.year]

    def _lasts_all_year(self, entry: Entry) -> bool:
        """Drawn, it would hide the rest."""
        return entry.start <= dt.date(self.year, 1, 1) and entry.end >= dt.date(self.year, 12, 31)

    @cached_property
    def lines(self) -> list[Line]:
        """A line a thing, by number."""
        things: dict[int, list[Numbered]] = {}
        for each in self.numbered:
            things.setdefault(each.number, []).append(each)
        return [Line(n, held[0].entry, ", ".join(each.days for each in held)) for n, held in things.items()]

    @cached_property
    def groups(self) -> list[tuple[Words, list[Line]]]:
        """The lines of each ring that has any, then what goes on all year."""
        found: list[tuple[Words, list[Line]]] = [
            (label, [line for line in self.lines if line.entry.verb == verb])
            for verb, label in enumerate(self.rings, 1)
        ]
        whole = {_thing(e): Line(0, e, _("all year")) for e in self._shown if self._lasts_all_year(e)}
        found.append((_("All year"), list(whole.values())))
        return [(label, lines) for label, lines in found if lines]

    def turn(self, day: dt.date) -> float:
        """How far round the year a day begins, in radians from the top."""
        first = dt.date(self.year, 1, 1)
        days = (dt.date(self.year + 1, 1, 1) - first).days
        return 2 * pi * min(max((day - first).days, 0), days) / days

    @cached_property
    def drawing(self) -> Drawing:
        shapes = (*_rings(), *self._arcs(), *self._hand(), *self._months())
        label = str(_("Annual clock {year}: twelve months and four rings. The entries are listed beside it."))
        return Drawing(528, 468, shapes, label.format(year=self.year), left=-34, top=-4)

    def _arcs(self) -> Iterator[Shape]:
        for verb, radius in enumerate(RADII, 1):
            css = "n dark" if verb == 2 else "n"  # noqa: PLR2004 -- ochre takes dark text
            for arc in self._merged(verb, radius):
                yield _arc(f"arc v{verb}", radius, arc.start, arc.end)
                for numbered, angle in zip(arc.entries, self._angles(arc, radius), strict=True):
                    x, y = _place(radius, angle)
                    yield text(css, x, y + 4, numbered.number)

    def _merged(self, verb: int, radius: float) -> list[_Arc]:
        """Arcs of a ring; entries that would cover each other share one."""
        arcs: list[_Arc] = []
        for numbered in self.numbered:
            entry = numbered.entry
            if entry.verb != verb:
                continue
            start, end = _long_enough(self.turn(entry.start), self.turn(entry.end + dt.timedelta(1)), radius)
            if arcs and start < arcs[-1].end - AIR / radius:
                last = arcs.pop()
                arcs.append(_Arc(last.start, max(last.end, end), (*last.entries, numbered)))
            else:
                arcs.append(_Arc(start, end, (numbered,)))
        return arcs

    def _angles(self, arc: _Arc, radius: float) -> list[float]:
        """Where the numbers of an arc stand: in the middle of their entries, apart from each other and off the hand."""
        if len(arc.entries) == 1:
            return [self._off_hand(arc, radius)]
        gap = NUMBER / radius
        angles: list[float] = []
        for numbered in arc.entries:
            middle = (self.turn(numbered.entry.start) + self.turn(numbered.entry.end)) / 2
            angles.append(max(middle, angles[-1] + gap if angles else arc.start + gap / 2))
        end = arc.end - gap / 2
        for place in reversed(range(len(angles))):
            angles[place] = min(angles[place], end)
            end = angles[place] - gap
        return angles

    def _off_hand(self, arc: _Arc, radius: float) -> float:
        middle = (arc.start + arc.end) / 2
        if self.today is None or self.today.year != self.year or arc.end - arc.start < 2 * LEAST_ARC / radius:
            return middle
        covered = abs(self.turn(self.today) - middle) * radius < LEAST_ARC / 2
        return (arc.start + middle) / 2 if covered else middle

    def _hand(self) -> Iterator[Shape]:
        if self.today is None or self.today.year != self.year:
            yield text("mid strong big", CENTRE, CENTRE + 6, self.year)
            return
        at = self.turn(self.today)
        inner, outer = _place(INNER - 4, at), _place(OUTER + 5, at)
        yield path("s-sheet", "M", *inner, "L", *outer, stroke_width=6)
        yield path("s-ink", "M", *inner, "L", *outer, stroke_width=2.5)
        week = str(_("Week {number}")).format(number=self.today.isocalendar().week)
        yield text("mid strong big", CENTRE, CENTRE - 4, week)
        yield text("mid", CENTRE, CENTRE + 16, typography.date(self.today))

    def _months(self) -> Iterator[Shape]:
        now = self.today.month if self.today and self.today.year == self.year else 0
        names = SHORT_MONTHS[typography.language()]
        for month, (name, (side, x, y)) in enumerate(zip(names, _around(), strict=True), 1):
            yield text(f"{side} strong".strip() if month == now else side, x, y, name)

    @cached_property
    def key(self) -> Sequence[tuple[str, Words]]:
        """The rings that have something on them, from the outside in."""
        used = {each.entry.verb for each in self.numbered}
        every = zip(KEY, self.rings, strict=True)
        return [pair for verb, pair in enumerate(every, 1) if verb in used]

    @property
    def table(self) -> DataTable:
        heads = [(_("Number"), True), (_("Ring"), False), (_("What"), False), (_("When"), False)]
        lines = [line for _label, lines in self.groups for line in lines]
        rows = [
            (
                str(line.number or typography.DASH),
                self.rings[line.entry.verb - 1],
                line.entry.label,
                line.when,
            )
            for line in lines
        ]
        return DataTable(heads, rows)


def _thing(entry: Entry) -> tuple[int, str, str]:
    return entry.verb, str(entry.label), entry.href


def _place(radius: float, angle: float) -> tuple[float, float]:
    return CENTRE + radius * sin(angle), CENTRE - radius * cos(angle)


@cache
def _rings() -> tuple[Shape, ...]:
    """The ground, which is the same in every clock."""
    rings = [circle("ring-bg", CENTRE, CENTRE, radius, stroke_width=GROUND) for radius in RADII]
    angles = (2 * pi * month / 12 for month in range(12))
    lines = [path("gridline", "M", *_place(INNER, at), "L", *_place(OUTER, at)) for at in angles]
    return (*rings, *lines)


@cache
def _around() -> tuple[tuple[str, float, float], ...]:
    """Where the names of the months stand: class, x and y."""
    return tuple(_beside(2 * pi * (month - 0.5) / 12) for month in range(1, 13))


def _beside(angle: float) -> tuple[str, float, float]:
    x, y = _place(NAMES - 6, angle)
    side = "mid" if abs(sin(angle)) < 0.4 else "" if sin(angle) > 0 else "end"  # noqa: PLR2004 -- near twelve and six
    return side, x, y + 4


def _long_enough(start: float, end: float, radius: float) -> tuple[float, float]:
    """Widened evenly until a number fits, and kept within the year."""
    lack = LEAST_ARC / radius - (end - start)
    if lack > 0:
        start, end = start - lack / 2, end + lack / 2
    shift = max(0.0, -start) - max(0.0, end - 2 * pi)
    return start + shift, end + shift


def _arc(css: str, radius: float, start: float, end: float) -> Shape:
    """An arc; a whole round is drawn as two halves, since an arc cannot end where it begins."""
    gap = AIR / 2 / radius
    turns = [start + gap, end - gap]
    if end - start > pi:
        turns.insert(1, (start + end) / 2)
    steps: list[str | float] = ["M", *_place(radius, turns[0])]
    for _from, to in pairwise(turns):
        steps += ["A", radius, radius, "0 0 1 ", *_place(radius, to)]
    return path(css, *steps, stroke_width=THREAD)
