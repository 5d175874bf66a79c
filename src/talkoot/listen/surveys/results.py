"""What a round says, worked out once. It needs scipy, so it runs in jobs and commands, never in a web page.

Shares are of the companies that answered the question and are in the cities that asked, by the engine of
`talkoot survey estimate`: weighted to the number of companies where that is known, with the finite population
correction of a random sample and of nothing else. Small groups are hidden before anything is stored.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from talkoot.analysis.survey import collapsing
from talkoot.analysis.survey.disclosure.rules import THRESHOLD
from talkoot.analysis.survey.estimation import figures
from talkoot.listen.surveys import asked, hiding, opendata, shares, sizes, targeted, trend, weighing
from talkoot.listen.surveys import sample as samples
from talkoot.listen.surveys.shares import DIGITS, View

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from talkoot.city.organisations.models import Municipality
    from talkoot.listen.surveys.hiding import Hidden
    from talkoot.listen.surveys.models import Round
    from talkoot.listen.surveys.sample import Respondent, Sample
    from talkoot.listen.surveys.sizes import Group, Totals
    from talkoot.listen.surveys.weighing import Weighed

METHOD = f"{collapsing.NAME} {collapsing.VERSION}; {figures.NAME} {figures.VERSION}"
Content = dict[str, Any]


def calculate(survey: Round) -> dict[Municipality | None, Content]:
    """{city or None for all: content}; a round of one city has the whole alone.

    content: `demand` as in `targeted`, for one city alone; `counts`; `weighting` (None when the number of companies
    is not known; its cells in that of all cities alone); `groups` as shown {key: classes}; `questions` {code: as in
    `shares`}, with `change` since the round before; `asked` as in `asked.keep`. Shares are 0–1.
    """
    cities = survey.municipalities()
    sample = samples.read(survey)
    before = trend.before(survey)
    known = sizes.totals(cities)
    groups = weighing.groups(sample.counted, sample.items, known, trend.merged(before))
    rows = [sample.within(city.pk) for city in cities]
    of_cities = weighing.groups_of_cities(rows, sample.items, groups, trend.merged(before, of_cities=True))
    shown = hiding.Shown(groups, of_cities, trend.shown(before))
    plan = hiding.plan(sample, [city.pk for city in cities], shown)
    uncounted = hiding.uncounted([len(some) for some in rows])
    drawn = opendata.drawn_from(survey)
    whole = View(sample.counted, groups, known, drawn, len(sample.counted))
    contents: dict[Municipality | None, Content] = {None: _whole(sample, whole, plan)}
    if len(cities) > 1:
        contents |= {city: _of_city(sample, whole, of_cities, plan, city) for city in cities}
        for place in uncounted:
            contents[cities[place]]["counts"]["counted"] = None
    elif cities:
        contents[None]["demand"] = targeted.demand(sample, cities[0], plan, drawn)
    shares.add_modelled(contents)
    trend.add_changes(contents, before)
    return contents


def _whole(sample: Sample, view: View, plan: Mapping[tuple[str, int | None], Hidden]) -> Content:
    weighed = view.weighed() if len(view.rows) >= THRESHOLD else None
    found: Content = {
        "demand": {},
        "counts": _counts(sample, view.rows),
        "weighting": _weighting(weighed, view.known, view.groups),
        "groups": {group.key: list(group.classes) for group in view.groups},
        "questions": {
            item.code: shares.question(item, view, weighed, plan[item.code, None]) for item in sample.items
        },
        "asked": asked.keep(sample.items),
    }
    found["left_out"] = opendata.left_out(found, sample)
    return found


def _of_city(
    sample: Sample,
    whole: View,
    groups: tuple[Group, ...],
    plan: Mapping[tuple[str, int | None], Hidden],
    city: Municipality,
) -> Content:
    known = sizes.totals([city])
    view = View(sample.within(city.pk), groups, known, whole.drawn_from, whole.out_of)
    return {
        "demand": targeted.demand(sample, city, plan, whole.drawn_from),
        "counts": {"counted": len(view.rows)},
        "weighting": None if known is None else _population(known),
        "groups": {group.key: list(group.classes) for group in view.groups},
        "questions": {
            item.code: shares.question(item, view, None, plan[item.code, city.pk]) for item in sample.items
        },
        "asked": asked.keep(sample.items),
    }


def _counts(sample: Sample, rows: Sequence[Respondent]) -> dict[str, int | None]:
    """Numbers of respondents; those that would give away one to four by subtraction are None."""
    everyone = len(sample.everyone)
    companies = sum(one.kind == "company" for one in sample.everyone)
    others, elsewhere = everyone - companies, companies - len(rows)
    parts = hiding.is_few(others) or hiding.is_few(elsewhere)
    officers, unknown = sum(one.by_officer for one in rows), sum(not one.size for one in rows)
    return {
        "answered": None if hiding.is_few(others + elsewhere) else everyone,
        "companies": None if parts else companies,
        "counted": None if hiding.is_few(len(rows)) else len(rows),
        "others": None if parts else others,
        "elsewhere": None if parts else elsewhere,
        "size_unknown": None if hiding.is_few(unknown) else unknown,
        "by_officer": None if hiding.is_few(officers) else officers,
    }


def _weighting(
    weighed: Weighed | None, known: Totals | None, groups: Sequence[Group]
) -> dict[str, Any] | None:
    if weighed is None or weighed.plan is None or known is None:
        return None
    effective = figures.effective_n(weighed.sample.weights)
    n = len(weighed.rows)
    return _population(known) | {
        "cells": [
            {"key": sizes.key_of(cell.classes), "classes": list(cell.classes), "companies": cell.companies}
            | ({} if weighed.plan.by_size_only else {"sectors": list(block.industries)})
            for block in weighed.plan.blocks
            for cell in block.cells
        ],
        "merged": [list(group.classes) for group in groups if len(group.classes) > 1],
        "sectors": not weighed.plan.by_size_only,
        "deff": round(n / effective, DIGITS),
        "n": n,
        "effective_n": round(effective, 1),
    }


def _population(known: Totals) -> dict[str, Any]:
    return {
        "companies": sum(known.companies.values()),
        "year": known.year,
        "estimate": known.estimate,
        "sources": list(known.sources),
    }
