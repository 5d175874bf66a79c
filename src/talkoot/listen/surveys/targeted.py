"""Demand for a method: the share of its target group that says it would benefit, weighted to a city's companies."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from talkoot.analysis.survey.disclosure.rules import THRESHOLD
from talkoot.choose.methods.models import Method
from talkoot.listen.surveys import shares, weighing
from talkoot.listen.surveys.sample import answered
from talkoot.listen.surveys.targets import Population, classes_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from talkoot.analysis.survey.estimation.figures import Figure
    from talkoot.city.organisations.models import Municipality
    from talkoot.listen.surveys.hiding import Hidden
    from talkoot.listen.surveys.items import Item
    from talkoot.listen.surveys.sample import Respondent, Sample

KEPT = ("estimate", "se", "low", "high")
DIGITS = 6


def demand(
    sample: Sample,
    city: Municipality,
    plan: Mapping[tuple[str, int | None], Hidden],
    drawn_from: int | None = None,
) -> dict[str, dict[str, Any]]:
    """{method code: {estimate, se, low, high, n, effective_n, sizes, sectors, merged}} of the methods asked about.

    Answers of all the cities of the round count, weighted to this city. Fewer than five are no evidence. A size that
    is not shown by itself is joined by those that it is shown with, so that n gives nobody away.
    """
    population = Population.of(city)
    by_method = {item.method_code: item for item in sample.items if item.method_code}
    found = {}
    for method in Method.objects.filter(code__in=by_method):
        companies, item = population.by_class(method), by_method[method.code]
        rows = answered(_of_sectors(sample, method, population), item.code)
        if companies is None or not sum(companies.values()) or plan[item.code, None].whole:
            continue
        if sum(one.size in companies for one in rows) < THRESHOLD:
            continue
        shown = _shown(companies, plan[item.code, None])
        here = [one for one in rows if one.size in shown]
        drawn = weighing.fraction(drawn_from, len(sample.counted), len(here))
        weighed = weighing.by_size(here, companies, drawn_from=drawn)
        share = _benefit(item, here, weighed)
        found[method.code] = {name: round(getattr(share, name), DIGITS) for name in KEPT} | {
            "n": share.n,
            "effective_n": round(share.effective_n, 1),
            "sizes": list(classes_of(method)),
            "sectors": sorted(method.industries),
            "merged": [list(c) for cell in weighed.cells if len(c := _asked(cell.classes, companies)) > 1],
        }
    return found


def _of_sectors(sample: Sample, method: Method, population: Population) -> list[Respondent]:
    if population.by_sector(method):
        return [one for one in sample.counted if one.sector in method.industries]
    return sample.counted


def _shown(companies: Iterable[str], hidden: Hidden) -> set[str]:
    """The classes with all that each is shown with; all of them where none is shown."""
    if any(hidden.groups.values()):
        return {size for group in hidden.groups for size in group.classes}
    wanted = set(companies)
    return {size for group in hidden.groups if wanted & set(group.classes) for size in group.classes}


def _asked(classes: Sequence[str], companies: dict[str, int]) -> list[str]:
    return [size for size in classes if size in companies]


def _benefit(item: Item, rows: Sequence[Respondent], weighed: weighing.Weighed) -> Figure:
    yes = {choice.code for choice in item.choices if choice.benefits}
    return shares.share(weighed, [bool(one.said[item.code] & yes) for one in rows])
