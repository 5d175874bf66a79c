"""A model as its pages and its document read it."""

from __future__ import annotations

import calendar
import datetime as dt
from functools import cached_property
from typing import TYPE_CHECKING, Final

from django.urls import reverse
from django.utils.dates import MONTHS
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from talkoot.choose.selection.sentences import left_out
from talkoot.kit import charts
from talkoot.kit import clock as time

if TYPE_CHECKING:
    from talkoot.choose.operating_model.models import ModelMethod, OperatingModel
    from talkoot.city.organisations.models import Unit

ACT: Final = 3


def spans(year: int, months: list[int]) -> list[tuple[dt.date, dt.date]]:
    """First and last day of each run of months, within the year."""
    runs: list[list[int]] = []
    for month in sorted(set(months)):
        if runs and month == runs[-1][-1] + 1:
            runs[-1].append(month)
        else:
            runs.append([month])
    return [(dt.date(year, r[0], 1), dt.date(year, r[-1], calendar.monthrange(year, r[-1])[1])) for r in runs]


class Reading:
    def __init__(self, model: OperatingModel, *, briefly: bool = False) -> None:
        """`briefly`: without units and goals, for pages that show none."""
        self.model, self.briefly = model, briefly

    @cached_property
    def items(self) -> list[ModelMethod]:
        items = self.model.items
        return list(items.select_related("method") if self.briefly else items.with_parts())  # type: ignore[attr-defined]  # our queryset

    @property
    def days(self) -> int:
        """Person-days a year of the methods whose effort is known."""
        return sum(item.person_days or 0 for item in self.items)

    @property
    def days_missing(self) -> int:
        return sum(item.person_days is None for item in self.items)

    @property
    def units(self) -> list[tuple[str, int, int | None]]:
        """(unit, person-days used, person-days it has), by use; units that do a method together share it evenly."""
        used: dict[Unit, float] = {}
        for item in self.items:
            doing = {unit for unit in (item.owner_unit, *item.partner_units.all()) if unit}
            for unit in doing:
                used[unit] = used.get(unit, 0) + (item.person_days or 0) / len(doing)
        found = [(str(unit), round(days), unit.person_days) for unit, days in used.items()]
        return sorted(found, key=lambda each: (-each[1], each[0]))

    @property
    def overloaded(self) -> list[tuple[str, int, int]]:
        return [(name, used, limit) for name, used, limit in self.units if limit is not None and used > limit]

    @cached_property
    def year(self) -> int:
        start = self.model.starts_on
        return max(time.today().year, start.year) if start else time.today().year

    @cached_property
    def ring(self) -> charts.Clock:
        """The annual clock of this version, whatever its state; what goes on all year is named beside it."""
        return charts.Clock(
            caption=_("Annual clock {year}").format(year=self.year),
            hidden_caption=True,
            year=self.year,
            entries=[
                charts.Entry(item.method.name, ACT, *span, href=item.method.get_absolute_url())
                for item in self.items
                if not item.is_continuous
                for span in spans(self.year, item.months)
            ],
        )

    @property
    def all_year(self) -> list[ModelMethod]:
        """Methods that go on all year: drawn, they would hide the rest."""
        return [item for item in self.items if item.is_continuous]

    @property
    def months(self) -> list[tuple[str, list[ModelMethod]]]:
        """(name of the month, its methods), only months in which something is done."""
        found = ((name, [i for i in self.items if number in i.months]) for number, name in MONTHS.items())
        return [(str(name), items) for name, items in found if items]

    @cached_property
    def reasons(self) -> list[tuple[str, str]]:
        """Methods that the run left out before counting, and why; empty without a run."""
        run = self.model.run
        if run is None:
            return []
        language = get_language() or "fi"
        facts = [fact for fact in run.facts.values() if fact["left_out"]]
        return [
            (fact["names"].get(language) or fact["names"]["fi"], left_out(fact["left_out"])) for fact in facts
        ]

    @property
    def counted(self) -> int:
        """Methods among which the run chose."""
        return len(self.model.run.case["methods"]) if self.model.run else 0

    @property
    def versions(self) -> list[OperatingModel]:
        others = type(self.model).objects.filter(city=self.model.city_id, state__in=type(self.model).PUBLIC)
        return list(others.select_related("city").order_by("-number"))

    @property
    def calendar_url(self) -> str:
        return reverse("operating_model:ics", kwargs={"city": self.model.city.slug})
