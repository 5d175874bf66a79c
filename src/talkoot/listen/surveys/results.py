"""What a round says, worked out once. It needs scipy, so it runs in jobs and commands, never in a web page.

Shares are of the companies that answered the question and are in the cities that asked. They are weighted to
the number of companies by size, where that is known, with no finite population correction. Companies elsewhere
and bodies that are not companies are counted apart. Small groups are hidden before anything is stored.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from talkoot.analysis.survey import shares, weighting
from talkoot.analysis.survey.suppression import THRESHOLD
from talkoot.choose.methods.models import Method
from talkoot.listen.surveys import asked, hiding, sizes
from talkoot.listen.surveys import sample as samples
from talkoot.listen.surveys.sample import answered
from talkoot.listen.surveys.targets import Population, classes_of

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from talkoot.city.organisations.models import Municipality
    from talkoot.listen.surveys.hiding import Hidden
    from talkoot.listen.surveys.models import Question, Round
    from talkoot.listen.surveys.sample import Respondent, Sample
    from talkoot.listen.surveys.sizes import Group, Totals

    HiddenBy = Mapping[tuple[str, int | None], Hidden]

METHOD = f"{weighting.NAME} {weighting.VERSION}; {shares.NAME} {shares.VERSION}"
DIGITS = 4
LEAST_WITH_INTERVAL = 2
Content = dict[str, Any]


def calculate(survey: Round) -> dict[Municipality | None, Content]:
    """{city or None for all: content}; a round of one city has the whole alone.

    content: `demand` {method code: {estimate, se, low, high, n, sizes, sectors}} for one city alone; `counts`; `weighting` (None when the number of companies is not known); `questions`
    {code: {n, hidden, options {code: {share, low, high, n}}, groups [{key, n, hidden, options}]}}; `asked` as in
    `asked.keep`. Shares are 0–1.
    """
    cities = survey.municipalities()
    sample = samples.read(survey)
    plan = hiding.plan(sample, [city.pk for city in cities])
    views: dict[Municipality | None, Sequence[Municipality]] = {None: cities}
    if len(cities) > 1:
        views |= {city: [city] for city in cities}
    return {view: _content(sample, plan, view, within) for view, within in views.items()}


def _content(
    sample: Sample, plan: HiddenBy, view: Municipality | None, cities: Sequence[Municipality]
) -> Content:
    rows = sample.counted if view is None else sample.within(view.pk)
    known = sizes.totals(cities)
    weights = weigh(rows, known)
    by_number = _by_number(rows, weights)
    key = view.pk if view else None
    return {
        "demand": _demand(sample, cities[0]) if len(cities) == 1 else {},
        "counts": _counts(sample, rows) if view is None else {"counted": hiding_small(len(rows))},
        "weighting": _weighting(rows, weights, known),
        "questions": {q.code: _question(q, rows, by_number, plan[q.code, key]) for q in sample.questions},
        "asked": asked.keep(sample.questions),
    }


def hiding_small(n: int) -> int | None:
    """A number of respondents, or None for one to four."""
    return None if 0 < n < THRESHOLD else n


def weigh(rows: Sequence[Respondent], known: Totals | None) -> weighting.Weighting | None:
    """Weights by size class, or None when they cannot be had."""
    if known is None or not any(one.size for one in rows):
        return None
    return weighting.post_stratify([one.size or None for one in rows], known.companies)


def _by_number(rows: Sequence[Respondent], weights: weighting.Weighting | None) -> dict[int, float]:
    values = weights.weights if weights else [1.0] * len(rows)
    return {one.number: weight for one, weight in zip(rows, values, strict=True)}


def _counts(sample: Sample, rows: Sequence[Respondent]) -> dict[str, int | None]:
    companies = [one for one in sample.everyone if one.kind == "company"]
    return {
        "answered": len(sample.everyone),
        "companies": len(companies),
        "counted": hiding_small(len(rows)),
        "others": hiding_small(len(sample.everyone) - len(companies)),
        "elsewhere": hiding_small(len(companies) - len(rows)),
        "size_unknown": hiding_small(sum(not one.size for one in rows)),
        "by_officer": hiding_small(sum(one.by_officer for one in rows)),
    }


def _weighting(
    rows: Sequence[Respondent], weights: weighting.Weighting | None, known: Totals | None
) -> dict[str, Any] | None:
    if weights is None or known is None or len(rows) < THRESHOLD:
        return None
    deff = shares.kish_deff(weights.weights)
    return {
        "cells": [
            {"key": sizes.key_of(cell.classes), "classes": list(cell.classes), "companies": cell.companies}
            for cell in weights.cells
        ],
        "year": known.year,
        "estimate": known.estimate,
        "sources": list(known.sources),
        "deff": round(deff, DIGITS),
        "n": len(rows),
        "effective_n": round(len(rows) / deff, 1),
    }


def _question(
    question: Question,
    rows: Sequence[Respondent],
    weights: Mapping[int, float],
    hidden: Hidden,
) -> dict[str, Any]:
    here = answered(rows, question.code)
    if hidden.whole or 0 < len(here) < THRESHOLD:
        return {"n": None, "hidden": hidden.whole or "few", "options": {}, "groups": []}
    options = _options(question, here, weights, with_n=not hidden.anything)
    return {
        "n": len(here),
        "hidden": "",
        "options": options,
        "groups": [_group(question, here, weights, group, why) for group, why in hidden.groups.items()],
    }


def _group(
    question: Question, rows: Sequence[Respondent], weights: Mapping[int, float], group: Group, why: str
) -> dict[str, Any]:
    if why:
        return {"key": group.key, "n": None, "hidden": why, "options": {}}
    inside = [one for one in rows if one.size in group.classes]
    options = _options(question, inside, weights, with_n=False)
    return {"key": group.key, "n": len(inside), "hidden": "", "options": options}


def _options(
    question: Question, rows: Sequence[Respondent], weights: Mapping[int, float], *, with_n: bool
) -> dict[str, dict[str, float | int | None]]:
    """Each option's share. Its number of answers is left out where it could give away a hidden group."""
    if len(rows) < LEAST_WITH_INTERVAL:
        return {}
    found = {}
    for option in question.options.all():
        said = [option.code in one.answers[question.code] for one in rows]
        share = shares.share(said, [weights[one.number] for one in rows])
        found[option.code] = {
            "share": round(share.estimate, DIGITS),
            "low": round(share.low, DIGITS),
            "high": round(share.high, DIGITS),
            "n": sum(said) if with_n else None,
        }
    return found


def _demand(sample: Sample, city: Municipality) -> dict[str, dict[str, Any]]:
    """Of each method that was asked about: the share of its target group, weighted to this city's companies."""
    population = Population.of(city)
    by_method = {question.method_code: question for question in sample.questions if question.method_code}
    found = {}
    for method in Method.objects.filter(code__in=by_method):
        companies = population.by_class(method)
        target = [one for one in sample.counted if one.size in (companies or {})]
        if population.by_sector(method):
            target = [one for one in target if one.sector in method.industries]
        here = answered(target, by_method[method.code].code)
        if companies is None or not sum(companies.values()) or len(here) < THRESHOLD:
            continue
        share = _benefit(
            by_method[method.code], here, weighting.post_stratify([one.size for one in here], companies)
        )
        kept = {name: round(getattr(share, name), 6) for name in ("estimate", "se", "low", "high")}
        found[method.code] = kept | {
            "n": share.n,
            "sizes": list(classes_of(method)),
            "sectors": sorted(method.industries),
        }
    return found


def _benefit(question: Question, rows: Sequence[Respondent], weights: weighting.Weighting) -> shares.Share:
    yes = {option.code for option in question.options.all() if option.benefits}
    return shares.share([bool(one.answers[question.code] & yes) for one in rows], weights.weights)
