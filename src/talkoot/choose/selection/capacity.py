"""The working time of a result: what the recommended methods take of each unit, and where each figure was stated."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache, cached_property
from typing import TYPE_CHECKING

from django.urls import reverse
from django.utils.translation import gettext as _

from talkoot.choose.selection.cases import days, needed
from talkoot.choose.selection.plan import EFFORTS, Plan
from talkoot.kit import typography
from talkoot.kit.ui.writing import escaped, written

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from django.utils.safestring import SafeString

    from talkoot.choose.selection.results import Result

EFFORT = "#effort"
"""Where the page of a method says what it takes, and on what that rests."""


@dataclass(frozen=True)
class Part:
    """A method's share of a unit's working time; `effort_url`: where its effort and the source of that are."""

    name: str
    url: str
    days: str
    effort_url: str


@dataclass(frozen=True)
class Line:
    """A unit and what the portfolio takes of it; `source`: where the limit came from, `url` leads there."""

    unit: str
    methods: list[Part]
    used: float
    limit: float
    source: str
    url: str


class Capacity:
    """Of one result, in its role of the municipality."""

    def __init__(self, result: Result) -> None:
        self.result = result
        self.plan = Plan.from_json(result.run.plan)
        self.limits: dict[str, float] = result.turns["limits"]

    @cached_property
    def lines(self) -> list[Line]:
        """Units that the portfolio needs, the most used first."""
        lines = (self._line(unit) for unit in self.plan.days)
        return sorted((line for line in lines if line.methods), key=lambda line: (-line.used, line.unit))

    @property
    def idle(self) -> str:
        """Names of the units that have time and are not needed."""
        needed_units = {line.unit for line in self.lines}
        names = (self.result.unit_names[unit] for unit in self.plan.days if self.limits.get(days(unit)))
        return ", ".join(name for name in names if name not in needed_units)

    def _line(self, unit: str) -> Line:
        shares = {code: self._share[code] for code in self._methods if unit in self._units(code)}
        source, url = self._source(unit)
        return Line(
            unit=self.result.unit_names[unit],
            methods=[self._part(code, share) for code, share in shares.items()],
            used=sum(shares.values()),
            limit=self.limits[days(unit)],
            source=source,
            url=url,
        )

    @cached_property
    def _methods(self) -> list[str]:
        """The recommended ones, those that take most first."""
        return sorted(self.result.recommended, key=lambda code: (-self._share[code], self.result.name(code)))

    def _units(self, code: str) -> list[str]:
        units: list[str] = self.result.run.facts[code]["units"]
        return units

    @cached_property
    def _share(self) -> dict[str, float]:
        """Person-days that a recommended method takes of each of its units."""
        facts = {code: self.result.run.facts[code] for code in self.result.recommended}
        return {
            code: needed(fact["days"], self.plan.effort, len(fact["units"])) for code, fact in facts.items()
        }

    @cached_property
    def _days(self) -> Callable[[float], str]:
        """Person-days in words; many methods take as many."""
        return cache(
            lambda share: typography.person_days(int(share) if share == int(share) else round(share, 1))
        )

    def _part(self, code: str, share: float) -> Part:
        url = self.result.url(code)
        return Part(self.result.name(code), url, self._days(share), f"{url}{EFFORT}")

    def _source(self, unit: str) -> tuple[str, str]:
        """A change in the role of the municipality, the unit's own word, or what was given for the run."""
        given, kept = self.plan.days[unit], self.result.run.plan["units"][unit]
        if self.result.scenario and self.limits[days(unit)] != given:
            return self.result.scenario_name, self._change_url
        if kept["person_days"] == given:
            return self._stated, self._units_url
        return _("given for this run"), self._units_url

    @cached_property
    def _stated(self) -> str:
        return _("stated by the unit")

    @cached_property
    def _units_url(self) -> str:
        return reverse("organisations:units", kwargs={"city": self.result.run.city.slug})

    @property
    def _change_url(self) -> str:
        change = self.result.run.plan["changes"][self.result.scenario]
        return reverse("changes:detail", kwargs={"city": self.result.run.city.slug, "pk": change})

    @property
    def body(self) -> SafeString:
        """The lines as rows of a table, written as `rows` writes its own."""
        labels = {key: escaped(text) for key, text in self.labels.items()}
        return written(*(self._row(line, labels) for line in self.lines))

    @cached_property
    def labels(self) -> dict[str, str]:
        """Of the columns, and what a reader who hears the page is told before an effort."""
        return {
            "methods": _("Methods and their person-days a year"),
            "used": _("Used of the working time"),
            "effort": _("Effort:"),
            "of": _("{used} of {limit}"),
        }

    def _row(self, line: Line, labels: dict[str, str]) -> str:
        unit = escaped(line.unit)
        used, limit = (
            typography.number(round(number), code=self.result.language) for number in (line.used, line.limit)
        )
        parts = "".join(
            f'<li><a href="{part.url}">{escaped(part.name)}</a> <a class="nowrap muted" href="{part.effort_url}">'
            f'<span class="vh">{labels["effort"]} </span>{part.days}</a></li>'
            for part in line.methods
        )
        return (
            f'<tr><th scope="row">{unit}</th><td data-l="{labels["methods"]}"><ul class="names">{parts}</ul></td>'
            f'<td data-l="{labels["used"]}"><span class="small nowrap">{labels["of"].format(used=used, limit=limit)}</span>'
            f'<progress max="{line.limit:.2f}" value="{line.used:.2f}" aria-label="{unit}"></progress>'
            f'<a class="small" href="{line.url}">{escaped(line.source)}</a></td></tr>'
        )

    def asked(self) -> Iterator[tuple[str, str, str]]:
        """What was asked of each unit, of money and of the effort: a label, its figure, and where that is from."""
        for unit, limit in self.plan.days.items():
            yield self.result.unit_names[unit], typography.person_days(limit), self._units_url
        euros = typography.euros(self.plan.euros) if self.plan.euros is not None else _("not counted")
        yield _("Euros a year"), euros, ""
        yield _("Effort counted"), str(dict(EFFORTS)[self.plan.effort]), self.result.grounds_url
