"""Every design and calibration against R's survey package (tests/data/reference_cases/survey_designs.json)."""

from __future__ import annotations

from typing import Any

import pytest

from talkoot.analysis.survey.estimation import estimate, spec
from talkoot.analysis.survey.estimation.crosstab import independence
from tests.analysis import reference
from tests.analysis.survey.specs import published, rows, texts

CASES = reference.read("survey_designs")["cases"]
ASKED = [
    {"mean": "api00"},
    {"total": "enroll"},
    {"share": "sch.wide"},
    {"mean": "api00", "by": "awards"},
    {"total": "api00", "by": "awards"},
    {"mean": "target"},
]
KNOWN_MARGIN = 1e-4  # a standard error that calibration has taken to zero differs by rounding alone


def close(value: float) -> Any:
    return pytest.approx(value, rel=1e-6, abs=1e-12)


def keyed(found: list[dict[str, Any]]) -> dict[tuple[str | None, ...], dict[str, Any]]:
    return {tuple(row[name] for name in ("statistic", "variable", "by", "level")): row for row in found}


@pytest.mark.parametrize("case", CASES, ids=[case["id"] for case in CASES])
def test_estimates_errors_and_intervals_are_those_of_r(case: dict[str, Any]) -> None:
    document: dict[str, Any] = {name: case[name] for name in ("design", "calibrate", "trim") if name in case}
    found = keyed(rows({**document, "estimates": case.get("asked", ASKED)}, published(case["data"])))
    for row in case["expected"]:
        key = tuple(row[name] for name in ("statistic", "variable", "by", "level"))
        got = found[key]
        assert got["estimate"] == close(row["estimate"])
        assert got["df"] == row["df"]
        if row["se"] < KNOWN_MARGIN:
            assert got["se"] == pytest.approx(0, abs=1e-12)
        else:
            assert (got["se"], got["deff"]) == (close(row["se"]), close(row["deff"]))
            assert got["ci95"] == [close(end) for end in row.get("ci95", got["ci95"])]


def test_the_published_stratified_case() -> None:
    case = reference.read("survey")["cases"]["strat_fpc"]
    data = texts(reference.read("survey")["data"]["apistrat"])
    design = {"weights": "pw", "strata": "stype", "population": "fpc"}
    asked = [
        {"mean": "api00"},
        {"total": "enroll"},
        {"share": "sch.wide"},
        {"mean": "api00", "by": "stype"},
        {"share": "sch.wide", "by": "stype"},
    ]
    mean, total, no, yes, *by_type = rows({"design": design, "estimates": asked}, data)
    for row, expected in ((mean, case["mean_api00"]), (total, case["total_enroll"])):
        assert row["estimate"] == close(expected["estimate"])
        assert row["se"] == close(expected["se"])
        assert row["deff"] == close(expected["deff"])
        assert row["ci95"] == [close(expected["ci95_t"]["lower"]), close(expected["ci95_t"]["upper"])]
    assert [no["se"], yes["se"]] == [close(se) for se in case["prop_schwide"]["se"]]
    logit = case["ciprop_schwide_yes"][0]
    assert yes["ci95"] == [close(logit["lower"]), close(logit["upper"])]
    assert [row["se"] for row in by_type[:3]] == [close(row["se"]) for row in case["mean_api00_by_stype"]]
    given = case["row_percent_schwide_given_stype"]
    assert [row["estimate"] for row in by_type[3::2]] == [close(p) for p in given["p_No"]]
    assert [row["se"] for row in by_type[4::2]] == [close(se) for se in given["se_Yes"]]


@pytest.mark.parametrize(
    "case", reference.read("survey_designs")["crosstabs"], ids=lambda case: f"{case['case']}-{case['rows']}"
)
def test_rao_scott_tests_are_those_of_r(case: dict[str, Any]) -> None:
    design = next(each for each in CASES if each["id"] == case["case"])
    document: dict[str, Any] = {
        name: design[name] for name in ("design", "calibrate", "trim") if name in design
    }
    data = published(design["data"])
    sample = estimate.sample(spec.read({"data": "data.csv", "estimates": [], **document}), data)
    found = independence(sample, data.coded(case["rows"])[0], data.coded(case["columns"])[0])
    for name in ("f", "df1", "df2", "p", "x2", "p_x2"):
        assert getattr(found, name) == close(case[name])


def test_the_published_crosstab() -> None:
    case = reference.read("survey")["cases"]["strat_fpc"]
    data = texts(reference.read("survey")["data"]["apistrat"])
    design = {"weights": "pw", "strata": "stype", "population": "fpc"}
    sample = estimate.sample(spec.read({"data": "data.csv", "estimates": [], "design": design}), data)
    found = independence(sample, data.coded("stype")[0], data.coded("sch.wide")[0])
    cells = case["cell_proportions_stype_x_schwide"]
    assert found.shares.T.ravel().tolist() == [close(share) for share in cells["estimate"]]
    assert found.se.T.ravel().tolist() == [close(se) for se in cells["se"]]
    assert found.f == close(case["crosstab_stype_schwide"]["rao_scott_F"]["F"])
    assert found.x2 == close(case["crosstab_stype_schwide"]["rao_scott_X2"]["X2"])
