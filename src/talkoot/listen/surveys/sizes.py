"""Groups of companies by number of staff in which results are shown."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext_lazy as _

from talkoot.city.organisations.models import PopulationTotal, SizeClass

if TYPE_CHECKING:
    from collections.abc import Iterable

    from django.utils.functional import _StrPromise

    from talkoot.city.organisations.models import Municipality

CLASSES = (SizeClass.MICRO.value, SizeClass.SMALL.value, SizeClass.MEDIUM.value, SizeClass.LARGE.value)
BY_TARGET = dict(zip(("micro", "small", "medium", "large"), CLASSES, strict=True))


@dataclass(frozen=True)
class Group:
    """Neighbouring size classes shown as one."""

    key: str
    classes: tuple[str, ...]


FINE = tuple(Group(size, (size,)) for size in CLASSES)

LABELS: dict[str, _StrPromise] = {
    "0-9": _("0–9 people"),
    "10-49": _("10–49 people"),
    "50-249": _("50–249 people"),
    "250+": _("250 people or more"),
    "50+": _("50 people or more"),
    "10+": _("10 people or more"),
    "": _("Size not known"),
}


def key_of(classes: Iterable[str]) -> str:
    """One key for merged neighbours: ``("50-249", "250+")`` → ``50+``; all of them → ``0+``."""
    ordered = tuple(classes)
    if len(ordered) == 1:
        return ordered[0]
    low = ordered[0].partition("-")[0].rstrip("+")
    if ordered[-1] == CLASSES[-1]:
        return f"{low}+"
    return f"{low}-{ordered[-1].partition('-')[2]}"


def label(key: str) -> str:
    """What a person reads of a key."""
    return str(LABELS[key]) if key in LABELS else _("%(size)s people") % {"size": key.replace("-", "–")}


@dataclass(frozen=True)
class Totals:
    """Companies by size class in one or more cities; `estimate` when any of the figures is one. `by_sector`: by size
    class and section of TOL, None unless the sections add up to the sizes in every city."""

    companies: dict[str, int]
    year: int
    estimate: bool
    sources: tuple[str, ...]
    by_sector: dict[tuple[str, str], int] | None = None


def totals(cities: Iterable[Municipality]) -> Totals | None:
    """Of the latest year of each city, or None when a class is not known in one of them."""
    companies, by_sector = dict.fromkeys(CLASSES, 0), Counter[tuple[str, str]]()
    rows: list[PopulationTotal] = []
    for city in cities:
        latest: Any = PopulationTotal.objects.latest(city)  # type: ignore[arg-type]  # of a city, not of a field
        known = [row for row in latest if row.enterprises is not None]
        found = {row.size_class: row for row in known if not row.industry}
        if set(CLASSES) - set(found):
            return None
        for size in CLASSES:
            companies[size] += found[size].enterprises
            rows.append(found[size])
        for row in known:
            if len(row.industry) == 1 and row.size_class in CLASSES:
                by_sector[row.size_class, row.industry] += row.enterprises
    if not sum(companies.values()):
        return None
    sums = Counter[str]()
    for (size, _sector), number in by_sector.items():
        sums[size] += number
    return Totals(
        companies=companies,
        year=max(row.year for row in rows),
        estimate=any(row.estimate for row in rows),
        sources=tuple(dict.fromkeys(row.source for row in rows)),
        by_sector=dict(by_sector) if all(sums[size] == companies[size] for size in CLASSES) else None,
    )
