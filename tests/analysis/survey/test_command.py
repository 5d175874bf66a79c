"""`talkoot survey estimate` and `talkoot survey protect` on files, as a person runs them."""

from __future__ import annotations

import json
import subprocess
import sys
from typing import TYPE_CHECKING, Any

import pytest

from talkoot.analysis.survey import command
from tests.analysis.survey.specs import RUN, document, run, write

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

DATA: dict[str, list[Any]] = {
    "size": ["micro", "micro", "small", "small", "large"],
    "trade": ["a", "b", "a", "b", "a"],
    "w": [10, 10, 5, 5, 1],
    "odd": [1, "NaN", 1, 1, 1],
    "negative": [1, 1, -1, 1, 1],
    "few": [2, 2, 2, 2, 1],
    "varies": [9, 8, 9, 9, 9],
    "words": ["x", "2", "3", "4", "5"],
    "nothing": ["", "", "NA", "", ""],
    "energy": [1, 2, 3, 4, 5],
}
MEAN = [{"mean": "energy"}]
MICRO_SMALL = {"micro": 100, "small": 20}


def rake(*margins: tuple[str, Mapping[str, float]], **more: Any) -> dict[str, Any]:
    return {"rake": [{"by": by, "totals": totals} for by, totals in margins], **more}


def post(column: str, totals: Mapping[str, float]) -> dict[str, Any]:
    rows = [{column: level, "count": n} for level, n in totals.items()]
    return {"post_stratify": {"by": [column], "totals": rows}}


def distance(name: str, totals: Mapping[str, float], bounds: list[float] | None = None) -> dict[str, Any]:
    return {"distance": name, "bounds": bounds, "totals": totals}


SIZES = MICRO_SMALL | {"large": 1}
REFUSED: list[tuple[str, dict[str, Any], str, list[Any]]] = [
    ("unknown column", {"estimates": [{"mean": "enregy"}]}, "unknown_columns", ["enregy"]),
    ("unknown column of the design", {"design": {"weights": "pw"}}, "unknown_columns", ["pw"]),
    ("unknown column of a total", {"calibrate": distance("linear", {"trade=a": 5, "pay": 3})}, "unknown_columns", ["pay"]),
    ("unknown key", {"desing": {}}, "unknown_keys", ["desing"]),
    ("missing weights", {"design": {"weights": "odd"}}, "missing_values", ["odd", 1]),
    ("negative weights", {"design": {"weights": "negative"}}, "negative_weights", ["negative", 2]),
    ("weights that are words", {"design": {"weights": "words"}}, "not_numbers", ["words", 0]),
    ("one unit in a stratum", {"design": {"strata": "size"}}, "single_unit", ["large"]),
    ("one cluster", {"design": {"strata": "trade", "cluster": "trade"}}, "single_unit", ["a", "b"]),
    ("population below the sample", {"design": {"strata": "trade", "population": "few"}}, "population_varies", ["a"]),
    ("population too small", {"design": {"population": "w"}}, "population_varies", ["the whole sample"]),
    ("population that varies", {"design": {"population": "varies"}}, "population_varies", ["the whole sample"]),
    ("empty stratum", {"calibrate": post("size", SIZES | {"huge": 3})}, "empty_stratum", ["huge"]),
    ("level without a total", {"calibrate": post("size", MICRO_SMALL)}, "level_without_total", ["large"]),
    ("negative total", {"calibrate": post("size", SIZES | {"large": -1})}, "negative_totals", ["large"]),
    (
        "margins that disagree",
        {"calibrate": rake(("size", SIZES), ("trade", {"a": 50, "b": 50}))},
        "totals_disagree",
        ["size", "trade"],
    ),
    (
        "totals out of the bounds' reach",
        {"calibrate": distance("logit", {"(Intercept)": 500}, [0.5, 2])},
        "totals_not_met",
        ["(Intercept)"],
    ),
    (
        "totals that contradict each other",
        {"calibrate": distance("linear", {"(Intercept)": 100, "trade=a": 60, "trade=b": 60})},
        "totals_not_met",
        ["(Intercept)", "trade=a", "trade=b"],
    ),
    ("logit without bounds", {"calibrate": distance("logit", {"(Intercept)": 6})}, "bounds_needed", ["bounds"]),
    ("bounds above one", {"calibrate": distance("linear", {"(Intercept)": 6}, [1.1, 2])}, "bounds_miss_one", ["bounds"]),
    ("unknown distance", {"calibrate": distance("cubic", {"(Intercept)": 6})}, "unknown_choice", ["distance"]),
    ("limits the wrong way round", {"trim": [5, 1]}, "not_bounds", ["trim"]),
    ("no weight within the limits", {"trim": [20, 30]}, "all_outside", []),
    ("two statistics at once", {"estimates": [{"mean": "w", "total": "w"}]}, "one_statistic", ["estimates[0]"]),
    ("a mean of words", {"estimates": [{"mean": "words"}]}, "not_numbers", ["words", 0]),
    ("nobody answered", {"estimates": [{"mean": "nothing"}]}, "no_answers", ["nothing"]),
    ("two calibrations", {"calibrate": {"rake": [], "distance": "linear"}}, "unknown_keys", ["distance"]),
    ("populations of more stages", {"design": {"population": ["w", "w"]}}, "too_many_populations", ["population"]),
]  # fmt: skip


@pytest.mark.parametrize(
    ("changes", "code", "culprits"), [case[1:] for case in REFUSED], ids=[case[0] for case in REFUSED]
)
def test_bad_input_is_refused_by_name(
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
    changes: dict[str, Any],
    code: str,
    culprits: list[Any],
) -> None:
    write(tmp_path / "data.csv", DATA)
    path = document(tmp_path / "spec.json", {"data": "data.csv", "estimates": MEAN} | changes)
    assert command.run(["estimate", str(path)]) == 2
    out, err = capsys.readouterr()
    said = json.loads(err)
    assert out == ""
    assert (said["error"], said["culprits"]) == (code, culprits)
    assert set(said) == {"error", "message", "culprits"}


def test_raking_that_cannot_converge_is_refused(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Every micro is in trade a and no small is: the margins then cannot both be met."""
    write(
        tmp_path / "data.csv", {"size": ["micro", "small", "small"], "trade": ["a", "b", "b"], "y": [1, 2, 3]}
    )
    calibrate = rake(("size", {"micro": 60, "small": 40}), ("trade", {"a": 50, "b": 50}))
    content = {"data": "data.csv", "calibrate": calibrate, "estimates": [{"mean": "y"}]}
    assert command.run(["estimate", str(document(tmp_path / "spec.json", content))]) == 2
    said = json.loads(capsys.readouterr().err)
    assert said["error"] == "rake_did_not_converge"
    assert set(said["culprits"]) <= {"size = micro", "size = small", "trade = a", "trade = b"}


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (b"", "not_csv"),
        (b"a,b\n1,2,3\n", "ragged_rows"),
        (b"a,a\n1,2\n", "not_csv"),
        (b"energy\n", "no_rows"),
        (b"energy\n\xff\xfe\n", "not_text"),
        (b'energy\n"1\n', "not_csv"),
        (None, "not_readable"),
    ],
)
def test_data_that_cannot_be_read_are_refused(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], content: bytes | None, code: str
) -> None:
    if content is not None:
        (tmp_path / "data.csv").write_bytes(content)
    path = document(tmp_path / "spec.json", {"data": "data.csv", "estimates": MEAN})
    assert command.run(["estimate", str(path)]) == 2
    assert json.loads(capsys.readouterr().err)["error"] == code


@pytest.mark.parametrize("act", ["estimate", "protect"])
@pytest.mark.parametrize(
    ("content", "code"), [("{", "not_json"), ("[]", "not_an_object"), (None, "not_readable")]
)
def test_a_specification_that_cannot_be_read_is_refused(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], act: str, content: str | None, code: str
) -> None:
    path = tmp_path / "spec.json"
    if content is not None:
        path.write_text(content, encoding="utf-8")
    assert command.run([act, str(path)]) == 2
    assert json.loads(capsys.readouterr().err)["error"] == code


def test_figures_come_as_one_flat_list_in_the_order_asked_for(tmp_path: Path) -> None:
    write(tmp_path / "data.csv", DATA)
    content = {
        "data": "data.csv",
        "design": {"weights": "w"},
        "estimates": [{"share": "trade"}, {"mean": "energy", "by": "size"}],
    }
    code, out, err = run("estimate", document(tmp_path / "spec.json", content))
    assert (code, err) == (0, "")
    found = json.loads(out)
    assert [(row["estimate_id"], row["by"], row["level"]) for row in found] == [
        (0, None, "a"),
        (0, None, "b"),
        (1, "large", None),
        (1, "micro", None),
        (1, "small", None),
    ]
    assert set(found[0]) == {
        "estimate_id", "statistic", "variable", "by", "level", "estimate", "se", "ci95", "ci_method", "df", "deff", "n",
        "missing",
    }  # fmt: skip
    assert [row["ci_method"] for row in found] == ["logit", "logit", "t", "t", "t"]


def test_a_table_is_protected(tmp_path: Path) -> None:
    path = document(tmp_path / "table.json", {"counts": [[20, 3, 8], [10, 12, 9], [5, 6, 7]]})
    code, out, err = run("protect", path)
    assert (code, err) == (0, "")
    assert json.loads(out) == {
        "primary": [[0, 1]],
        "secondary": [[0, 2], [2, 1], [2, 2]],
        "attacker": [{"cell": [0, 1], "low": 0, "high": 9}],
        "cost": 21,
    }


@pytest.mark.parametrize(
    ("act", "content"), [("estimate", {"data": "data.csv"}), ("protect", {"count": [[1]]})]
)
def test_a_file_is_refused_without_loading_django(tmp_path: Path, act: str, content: dict[str, Any]) -> None:
    path = document(tmp_path / "spec.json", content)
    script = f"{RUN.replace('sys.exit(', 'code = ')[:-1]}; print(code, 'django' in sys.modules)"
    done = subprocess.run(
        [sys.executable, "-c", script, "survey", act, str(path)], capture_output=True, text=True, check=True
    )
    assert done.stdout == "2 False\n"
    assert json.loads(done.stderr)["error"] in {"missing_keys", "unknown_keys"}
