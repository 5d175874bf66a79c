"""`talkoot evidence pool` on files, as a person runs it."""

from __future__ import annotations

import json
import subprocess
import sys
from typing import TYPE_CHECKING, Any

import pytest

from talkoot.analysis.evidence import command

if TYPE_CHECKING:
    from pathlib import Path

FIELDS = [
    "k",
    "scale",
    "estimate",
    "se",
    "df",
    "ci95",
    "tau2",
    "i2",
    "q",
    "prediction95",
    "blups",
    "leave_one_out",
    "prior",
    "method",
]
COUNTS, ESTIMATES = "study,events,n\n", "study,yi,vi\n"
REFUSED: list[tuple[str, bytes, str, list[Any]]] = [
    ("a missing column", b"study,yi\na,1\n", "missing_columns", ["vi"]),
    ("no study", b"events,n\n1,2\n", "missing_columns", ["study"]),
    ("both kinds", b"study,yi,vi,events,n\na,1,1,1,2\n", "both_kinds", ["yi", "vi", "events", "n"]),
    ("half of another kind", b"study,yi,vi,n\na,1,1,2\n", "both_kinds", ["yi", "vi", "n"]),
    ("a negative variance", b"study,yi,vi\na,1,1\nb,1,-1\n", "not_positive", ["b"]),
    ("no variance", b"study,yi,vi\na,1,0\n", "not_positive", ["a"]),
    ("NaN", b"study,yi,vi\na,NaN,1\nb,inf,1\nc,,1\nd,2,1\n", "not_numbers", ["a", "b", "c"]),
    ("more events than n", b"study,events,n\na,3,2\n", "more_events_than_n", ["a"]),
    ("n of zero", b"study,events,n\na,0,0\n", "not_counts", ["a"]),
    ("half an event", b"study,events,n\na,0.5,4\nb,-1,4\n", "not_counts", ["a", "b"]),
    ("an empty file", b"", "no_studies", ["studies.csv"]),
    ("a heading alone", b"study,events,n\n", "no_studies", ["studies.csv"]),
    ("one study twice", b"study,events,n\na,1,2\nb,1,2\na,1,3\n", "repeated_studies", ["a"]),
    ("a study without a name", b"study,events,n\n,1,2\n", "no_name", [0]),
    ("a column twice", b"study,n,n,events\na,1,2,1\n", "not_csv", ["n"]),
    ("a row cut short", b"study,events,n\na,1,2\nb,1\n", "ragged_rows", [1]),
    ("not UTF-8", "study,events,n\nJärvenpää,1,2\n".encode("latin-1"), "not_text", ["studies.csv"]),
    ("a million rows", b"study,events,n\n" + b"a,1,2\n" * 1_000_000, "too_many", ["studies.csv"]),
    ("three estimates and no prior", b"study,yi,vi\na,1,1\n", "prior_needed", ["a"]),
]


def run(folder: Path, content: bytes | str, capsys: Any, *words: str) -> tuple[int, Any]:
    """Exit code and what was printed; the other stream is empty."""
    path = folder / "studies.csv"
    path.write_bytes(content if isinstance(content, bytes) else content.encode())
    code = command.run(["pool", str(path), *words])
    out, err = capsys.readouterr()
    assert not (err if code == 0 else out)
    return code, json.loads(out or err)


@pytest.mark.parametrize(
    ("content", "error", "culprits"), [row[1:] for row in REFUSED], ids=[row[0] for row in REFUSED]
)
def test_what_cannot_be_pooled_is_refused_with_a_code_a_sentence_and_culprits(
    tmp_path: Path, capsys: Any, content: bytes, error: str, culprits: list[Any]
) -> None:
    code, refusal = run(tmp_path, content, capsys)
    assert (code, refusal["error"]) == (2, error)
    assert refusal["message"].endswith(".")
    assert [str(c).removeprefix(f"{tmp_path}/") for c in refusal["culprits"]] == [str(c) for c in culprits]


def test_a_file_that_is_not_there_is_refused(tmp_path: Path, capsys: Any) -> None:
    assert command.run(["pool", str(tmp_path / "nothing.csv")]) == 2
    assert json.loads(capsys.readouterr().err)["error"] == "not_readable"


@pytest.mark.parametrize("prior", ["0", "-1", "nan", "inf", "wide"])
def test_a_prior_without_width_is_refused(tmp_path: Path, capsys: Any, prior: str) -> None:
    code, refusal = run(tmp_path, ESTIMATES + "a,1,1\n", capsys, f"--prior-sd={prior}")
    assert (code, refusal["error"], refusal["culprits"]) == (2, "prior_not_positive", ["--prior-sd"])


def test_the_answer_has_every_field_and_studies_in_the_order_of_the_file(tmp_path: Path, capsys: Any) -> None:
    rows = "Vantaa,9,20\nKerava,14,41\nJärvenpää,4,18\nEspoo,0,9\n"
    code, many = run(tmp_path, "\ufeff" + COUNTS + rows, capsys)
    assert (code, list(many), many["k"], many["df"], many["scale"]) == (0, FIELDS, 4, 3, "logit")
    assert many["prior"] is None
    assert [row["study"] for row in many["blups"]] == ["Vantaa", "Kerava", "Järvenpää", "Espoo"]
    assert [sorted(row) for row in many["leave_one_out"]] == [["estimate", "se", "study"]] * 4
    assert sorted(many["method"]) == ["citation", "name", "version"]
    _, few = run(tmp_path, COUNTS + rows.replace("Espoo,0,9\n", ""), capsys)
    assert (few["k"], few["prior"]["tau"], few["prior"]["scale"]) == (3, "half-normal", 0.5)
    assert sorted(few["prior"]) == ["mean", "scale", "sd", "tau"]
    _, one = run(tmp_path, ESTIMATES + "Vantaa,0.4,0.1\n", capsys, "--prior-sd", "8")
    assert (one["k"], one["df"], one["scale"], one["prior"]["scale"]) == (1, 0, "identity", 8.0)
    assert (one["blups"][0]["estimate"], one["leave_one_out"]) == (pytest.approx(0.4), [])


def test_the_command_needs_neither_django_nor_numpy_to_refuse(tmp_path: Path) -> None:
    path = tmp_path / "studies.csv"
    path.write_text("study,events,n\na,3,2\n", encoding="utf-8")
    code = (
        "import sys; from talkoot.config import commands; done = commands.main(sys.argv[1:]);"
        "sys.exit(done if not {'django', 'numpy'} & set(sys.modules) else 9)"
    )
    words = [sys.executable, "-c", code, "evidence", "pool", str(path)]
    assert subprocess.run(words, check=False, capture_output=True).returncode == 2
