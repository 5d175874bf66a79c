"""The specification of `talkoot survey estimate`, read strictly: what is not understood is refused."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from talkoot.analysis.decision import fields
from talkoot.analysis.refusal import listed
from talkoot.analysis.survey.errors import SurveyError

STATISTICS = ("mean", "total", "share")
DISTANCES = ("linear", "raking", "logit")
TOLERANCE = 1e-10


@dataclass(frozen=True)
class Asked:
    """One of `estimates`."""

    statistic: str
    column: str
    by: str | None


@dataclass(frozen=True)
class PostStratify:
    """`totals`: {level of each column of `by`: count}."""

    by: tuple[str, ...]
    totals: dict[tuple[str, ...], float]


@dataclass(frozen=True)
class Rake:
    margins: tuple[tuple[str, dict[str, float]], ...]
    tolerance: float


@dataclass(frozen=True)
class Distance:
    """`totals` by "(Intercept)", a numeric column, or "column=level"."""

    distance: str
    bounds: tuple[float, float] | None
    totals: dict[str, float]


@dataclass(frozen=True)
class Spec:
    """Columns by name. `strata`, `cluster`, `population`: one a stage, None where a stage has none."""

    data: str
    weights: str | None
    strata: tuple[str | None, ...]
    cluster: tuple[str, ...]
    population: tuple[str, ...]
    calibrate: PostStratify | Rake | Distance | None
    trim: tuple[float, float] | None
    estimates: tuple[Asked, ...]


def read(document: object) -> Spec:
    """SurveyError or CaseError for what is not as docs of the command say."""
    top = fields.record(
        document,
        "the specification",
        required=("data", "estimates"),
        optional=("design", "calibrate", "trim"),
    )
    design = fields.record(
        top.get("design") or {},
        "design",
        required=(),
        optional=("weights", "strata", "cluster", "population"),
    )
    weights = design.get("weights")
    spec = Spec(
        data=fields.name(top["data"], "data"),
        weights=None if weights is None else fields.name(weights, "design.weights"),
        strata=_stages(design.get("strata"), "design.strata"),
        cluster=_stages(design.get("cluster"), "design.cluster"),
        population=_stages(design.get("population"), "design.population"),
        calibrate=_calibrate(top.get("calibrate")),
        trim=None if top.get("trim") is None else _pair(top["trim"], "trim"),
        estimates=tuple(
            _asked(item, f"estimates[{index}]")
            for index, item in enumerate(fields.items(top["estimates"], "estimates"))
        ),
    )
    stages = max(len(spec.cluster), 1)
    if len(spec.population) > stages or len(spec.strata) > stages:
        raise SurveyError("too_many_populations", ["population"])
    return spec


def _stages(value: object, where: str) -> tuple[str, ...]:
    if value is None:
        return ()
    if isinstance(value, list):
        return tuple(fields.name(item, f"{where}[{index}]") for index, item in enumerate(value))
    return (fields.name(value, where),)


def _asked(value: object, where: str) -> Asked:
    read = fields.record(value, where, required=(), optional=(*STATISTICS, "by"))
    named = [statistic for statistic in STATISTICS if statistic in read]
    if len(named) != 1:
        raise SurveyError("one_statistic", [where], where=where)
    by = read.get("by")
    column = fields.name(read[named[0]], f"{where}.{named[0]}")
    return Asked(named[0], column, None if by is None else fields.name(by, f"{where}.by"))


def _calibrate(value: object) -> PostStratify | Rake | Distance | None:
    if value is None:
        return None
    given = fields.mapping(value, "calibrate")
    if "post_stratify" in given:
        return _post_stratify(fields.record(given, "calibrate", required=("post_stratify",)))
    if "rake" in given:
        return _rake(fields.record(given, "calibrate", required=("rake",), optional=("tolerance",)))
    if "distance" in given:
        return _distance(
            fields.record(given, "calibrate", required=("distance", "totals"), optional=("bounds",))
        )
    raise SurveyError("one_calibration", sorted(given))


def _post_stratify(given: dict[str, Any]) -> PostStratify:
    where = "calibrate.post_stratify"
    read = fields.record(given["post_stratify"], where, required=("by", "totals"))
    by = _stages(read["by"], f"{where}.by")
    totals: dict[tuple[str, ...], float] = {}
    if not by:
        raise SurveyError("unknown_choice", [f"{where}.by"], where=f"{where}.by", choices="the columns")
    for index, item in enumerate(fields.items(read["totals"], f"{where}.totals")):
        row = fields.record(item, f"{where}.totals[{index}]", required=(*by, "count"))
        levels = tuple(_level(row[column], f"{where}.totals[{index}].{column}") for column in by)
        if levels in totals:
            raise SurveyError("repeated_totals", [index], levels=listed(levels))
        totals[levels] = fields.number(row["count"], f"{where}.totals[{index}].count")
    return PostStratify(by, totals)


def _level(value: object, where: str) -> str:
    """A level is written as in the data; a number may be given as one."""
    if isinstance(value, bool):
        raise SurveyError("unknown_choice", [where], where=where, choices="texts or numbers")
    if isinstance(value, int | float):
        return f"{value:.15g}"
    return fields.name(value, where).strip()


def _rake(given: dict[str, Any]) -> Rake:
    margins = []
    for index, item in enumerate(fields.items(given["rake"], "calibrate.rake")):
        where = f"calibrate.rake[{index}]"
        read = fields.record(item, where, required=("by", "totals"))
        margins.append((fields.name(read["by"], f"{where}.by"), _amounts(read["totals"], f"{where}.totals")))
    if not margins:
        raise SurveyError("unknown_choice", ["rake"], where="calibrate.rake", choices="at least one margin")
    tolerance = fields.number(given.get("tolerance", TOLERANCE), "calibrate.tolerance")
    if tolerance <= 0:
        raise SurveyError(
            "unknown_choice", ["tolerance"], where="calibrate.tolerance", choices="numbers above 0"
        )
    return Rake(tuple(margins), tolerance)


def _distance(given: dict[str, Any]) -> Distance:
    if given["distance"] not in DISTANCES:
        raise SurveyError(
            "unknown_choice", ["distance"], where="calibrate.distance", choices=listed(DISTANCES)
        )
    bounds = given.get("bounds")
    return Distance(
        given["distance"],
        None if bounds is None else _pair(bounds, "calibrate.bounds"),
        _amounts(given["totals"], "calibrate.totals"),
    )


def _amounts(value: object, where: str) -> dict[str, float]:
    amounts = {
        key.strip(): fields.number(amount, f"{where}.{key}")
        for key, amount in fields.mapping(value, where).items()
    }
    if not amounts:
        raise SurveyError("unknown_choice", [where], where=where, choices="at least one total")
    return amounts


def _pair(value: object, where: str) -> tuple[float, float]:
    ends = [fields.number(end, where) for end in fields.items(value, where)]
    if len(ends) != 2 or not ends[0] < ends[1]:  # noqa: PLR2004 -- a pair
        raise SurveyError("not_bounds", [where], where=where)
    return ends[0], ends[1]
