"""From a specification and its data to the flat list of figures of `talkoot survey estimate`."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Any

import numpy as np

from talkoot.analysis.refusal import listed
from talkoot.analysis.survey.errors import SurveyError
from talkoot.analysis.survey.estimation import calibration, figures
from talkoot.analysis.survey.estimation.calibration import Calibration, Margin
from talkoot.analysis.survey.estimation.design import Design, Drawn, design
from talkoot.analysis.survey.estimation.sample import Sample
from talkoot.analysis.survey.estimation.spec import Distance, PostStratify, Rake

if TYPE_CHECKING:
    from collections.abc import Mapping

    from talkoot.analysis.survey.estimation.columns import Columns
    from talkoot.analysis.survey.estimation.design import Codes, Floats
    from talkoot.analysis.survey.estimation.figures import Figure
    from talkoot.analysis.survey.estimation.spec import Asked, Spec

INTERCEPT = "(Intercept)"
NUMBERS = ("estimate", "se", "ci95", "ci_method", "df", "deff")


def estimate(spec: Spec, columns: Columns) -> list[dict[str, Any]]:
    """One dictionary a figure, in the order asked for; None where a figure is not defined.

    A domain in which nobody answered has one row with no estimate. SurveyError when nobody answered at all.
    """
    columns.require(_needed(spec, columns))
    found = sample(spec, columns)
    return [
        row for number, asked in enumerate(spec.estimates) for row in _rows(number, asked, found, columns)
    ]


def sample(spec: Spec, columns: Columns) -> Sample:
    """The answers with the design and the weights that `spec` asks for. SurveyError for what cannot be."""
    drawn = _design(spec, columns)
    calibrated = _calibrate(spec, columns, drawn)
    weights = drawn.weights if calibrated is None else calibrated.after
    if spec.trim is not None:
        weights = calibration.trimmed(weights, *spec.trim)
    if not abs(weights.sum()) > 0:
        raise SurveyError("no_weight", [spec.weights or "weights"])
    return Sample(drawn, weights, calibrated)


def _needed(spec: Spec, columns: Columns) -> set[str]:
    named = {*spec.strata, *spec.cluster, *spec.population, spec.weights}
    named |= {each for asked in spec.estimates for each in (asked.column, asked.by)}
    match spec.calibrate:
        case PostStratify(by=by):
            named |= set(by)
        case Rake(margins=margins):
            named |= {by for by, _ in margins}
        case Distance(totals=totals):
            named |= {_source(name, columns)[0] for name in totals if name != INTERCEPT}
    return {name for name in named if name is not None}


def _design(spec: Spec, columns: Columns) -> Design:
    weights = np.ones(columns.rows)
    if spec.weights is not None:
        weights = columns.whole_numbers(spec.weights, "the design")
        if np.any(weights < 0):
            wrong = np.flatnonzero(weights < 0).tolist()
            raise SurveyError("negative_weights", [spec.weights, *wrong], rows=listed(wrong))
    if not weights.sum() > 0:
        raise SurveyError("no_weight", [spec.weights])
    drawn = []
    for stage in range(max(len(spec.cluster), 1)):
        strata, units, population = (
            names[stage] if stage < len(names) else None
            for names in (spec.strata, spec.cluster, spec.population)
        )
        drawn.append(
            Drawn(
                None if strata is None else columns.whole(strata, "the design"),
                None if units is None else columns.whole(units, "the design"),
                None if population is None else columns.whole_numbers(population, "the design"),
            )
        )
    return design(weights, drawn)


def _calibrate(spec: Spec, columns: Columns, drawn: Design) -> Calibration | None:
    use = "the calibration"
    match spec.calibrate:
        case PostStratify(by=by, totals=totals):
            joined = list(map(" × ".join, zip(*(columns.whole(name, use) for name in by), strict=True)))
            margin = Margin(" × ".join(by), joined, {" × ".join(levels): n for levels, n in totals.items()})
            return calibration.post_stratify(drawn.weights, margin)
        case Rake(margins=margins, tolerance=tolerance):
            read = [Margin(name, columns.whole(name, use), totals) for name, totals in margins]
            return calibration.rake(drawn.weights, read, tolerance)
        case Distance(distance=distance, bounds=bounds, totals=totals):
            return calibration.calibrate(drawn.weights, _auxiliary(totals, columns), totals, distance, bounds)
        case None:
            return None


def _auxiliary(totals: Mapping[str, float], columns: Columns) -> dict[str, Floats]:
    """{name: a number for each row}. SurveyError for a level that nobody has but some companies do."""
    found: dict[str, Floats] = {}
    for name, total in totals.items():
        column, level = (INTERCEPT, None) if name == INTERCEPT else _source(name, columns)
        if column == INTERCEPT:
            found[name] = np.ones(columns.rows)
        elif level is None:
            found[name] = columns.whole_numbers(column, "the calibration")
        else:
            texts = columns.whole(column, "the calibration")
            found[name] = np.fromiter((text == level for text in texts), dtype=float, count=len(texts))
            if total and not found[name].any():
                raise SurveyError("empty_stratum", [name], levels=name)
    return found


def _source(name: str, columns: Columns) -> tuple[str, str | None]:
    """The column and the level that a name of a total means; a column may itself have = in its name."""
    if name in columns.texts or "=" not in name:
        return name, None
    column, _, level = name.partition("=")
    return column.strip(), level.strip()


def _rows(number: int, asked: Asked, found: Sample, columns: Columns) -> list[dict[str, Any]]:
    domains, names = _domains(asked, columns)
    read = _figures(asked, found, columns, domains, names)
    if all(figure is None for _, _, figure in read):
        raise SurveyError("no_answers", [asked.column], column=asked.column)
    sizes = np.bincount(domains[domains >= 0], minlength=len(names))
    asked_of = dict(zip(names, sizes.tolist(), strict=True))
    return [_row(number, asked, name, level, figure, asked_of[name]) for name, level, figure in read]


def _domains(asked: Asked, columns: Columns) -> tuple[Codes, list[str | None]]:
    if asked.by is None:
        return np.zeros(columns.rows, dtype=np.intp), [None]
    codes, levels = columns.coded(asked.by)
    return codes, list(levels)


def _figures(
    asked: Asked, found: Sample, columns: Columns, domains: Codes, names: list[str | None]
) -> list[tuple[str | None, str | None, Figure | None]]:
    if asked.statistic == "share":
        codes, levels = columns.coded(asked.column)
        by_domain = figures.shares(found, codes, len(levels), domains, len(names))
        return [
            (name, level, figure)
            for name, row in zip(names, by_domain, strict=True)
            for level, figure in ([(None, None)] if row is None else zip(levels, row, strict=True))
        ]
    act = figures.means if asked.statistic == "mean" else figures.totals
    row = act(found, columns.numbers(asked.column), domains, len(names))
    return [(name, None, figure) for name, figure in zip(names, row, strict=True)]


def _row(
    number: int, asked: Asked, by: str | None, level: str | None, figure: Figure | None, asked_of: int
) -> dict[str, Any]:
    head = {
        "estimate_id": number,
        "statistic": asked.statistic,
        "variable": asked.column,
        "by": by,
        "level": level,
    }
    if figure is None:
        return head | dict.fromkeys(NUMBERS) | {"n": 0, "missing": asked_of}
    return head | {
        "estimate": figure.estimate,
        "se": figure.se,
        "ci95": [_known(figure.low), _known(figure.high)],
        "ci_method": figure.interval,
        "df": figure.df,
        "deff": figure.deff,
        "n": figure.n,
        "missing": figure.missing,
    }


def _known(value: float) -> float | None:
    return value if math.isfinite(value) else None
