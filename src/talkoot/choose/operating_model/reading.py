"""A model as its pages and its document read it."""

from __future__ import annotations

import calendar
import datetime as dt
from functools import cached_property
from typing import TYPE_CHECKING, Any, Final

from django.urls import reverse
from django.utils.translation import get_language, gettext_lazy, pgettext_lazy
from django.utils.translation import gettext as _

from talkoot.choose.methods.models.method import Category
from talkoot.choose.operating_model.models import ModelMethod
from talkoot.choose.operating_model.tables import ITEM_COLUMNS
from talkoot.choose.selection.sentences import left_out
from talkoot.kit import charts
from talkoot.kit import clock as time
from talkoot.kit.crud.table import Cell, Row
from talkoot.kit.prepared import Prepared

if TYPE_CHECKING:
    from collections.abc import Sequence

    from talkoot.choose.operating_model.models import OperatingModel
    from talkoot.city.organisations.models import Unit
    from talkoot.kit.prepared import Asked

_KINDS: Final = (
    (gettext_lazy("Knowledge, training and advice"), (Category.KNOWLEDGE, Category.TRAINING)),
    (gettext_lazy("Market, area and basic duties"), (Category.MARKET, Category.AREA, Category.BASIC)),
    (
        gettext_lazy("Doing together and commitment"),
        (Category.TOGETHER, Category.COMMITMENT, Category.REWARD),
    ),
    (pgettext_lazy("group of methods", "Communication"), (Category.COMMUNICATION,)),
)
KINDS: Final = tuple(label for label, _groups in _KINDS)
RING: Final[dict[str, Any]] = {
    group.value: ring for ring, (_label, groups) in enumerate(_KINDS, 1) for group in groups
}


def spans(year: int, months: list[int]) -> list[tuple[dt.date, dt.date]]:
    """First and last day of each run of months, within the year."""
    runs: list[list[int]] = []
    for month in sorted(set(months)):
        if runs and month == runs[-1][-1] + 1:
            runs[-1].append(month)
        else:
            runs.append([month])
    return [(dt.date(year, r[0], 1), dt.date(year, r[-1], calendar.monthrange(year, r[-1])[1])) for r in runs]


@Prepared
def _whole(model: Asked) -> Any:
    return ModelMethod.objects.filter(model=model).with_parts()  # type: ignore[attr-defined]  # our queryset


@Prepared
def _brief(model: Asked) -> Any:
    return ModelMethod.objects.filter(model=model).with_methods("person_days", "months")  # type: ignore[attr-defined]  # our queryset


class Reading:
    def __init__(
        self, model: OperatingModel, *, briefly: bool = False, versions: Sequence[OperatingModel] = ()
    ) -> None:
        """`briefly`: without units and goals, for pages that show none; `versions`: of the city, newest first."""
        self.model, self.briefly, self.versions = model, briefly, versions

    @cached_property
    def items(self) -> list[ModelMethod]:
        found: list[ModelMethod] = (_brief if self.briefly else _whole)(model=self.model.pk)
        for item in found:
            item.model = self.model
        return found

    @property
    def rows(self) -> list[Row]:
        """The table of the methods."""
        return [Row(item, [Cell(column, item) for column in ITEM_COLUMNS]) for item in self.items]

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
            doing = {unit for unit in (item.owner_unit, *item.partners) if unit}
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
        """The annual clock of this version, whatever its state: a ring for each kind of method."""
        return charts.Clock(
            caption=_("Annual clock {year}").format(year=self.year),
            note=_("Each ring is a kind of method. A number is a method of the list."),
            hidden_caption=True,
            year=self.year,
            entries=[entry for item in self.items for entry in self._entries(item)],
            rings=KINDS,
        )

    def _entries(self, item: ModelMethod) -> list[charts.Entry]:
        method, url = item.method, item.method.get_absolute_url()
        name, ring = method.name, RING[method.category]
        return [charts.Entry(name, ring, *span, url) for span in spans(self.year, item.months)]

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
    def calendar_url(self) -> str:
        return reverse("operating_model:ics", kwargs={"city": self.model.city.slug})
