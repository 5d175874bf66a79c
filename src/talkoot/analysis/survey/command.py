"""`talkoot survey estimate SPEC.json` and `talkoot survey protect TABLE.json`: files in, one JSON document out."""

from __future__ import annotations

import argparse
import json
import sys
from dataclasses import replace
from pathlib import Path
from typing import Any

from talkoot.analysis.decision.errors import CaseError
from talkoot.analysis.survey.errors import SurveyError
from talkoot.analysis.survey.estimation import spec

BAD_INPUT = 2


def run(argv: list[str]) -> int:
    """Print the answer as one JSON document; on bad input print the error to stderr and return 2."""
    parser = argparse.ArgumentParser(prog="talkoot survey", description=run.__doc__)
    acts = parser.add_subparsers(dest="act", required=True, metavar="estimate | protect")
    acts.add_parser("estimate", help="figures with their uncertainty").add_argument(
        "path", type=Path, metavar="SPEC.json"
    )
    acts.add_parser("protect", help="which cells of a table to hide").add_argument(
        "path", type=Path, metavar="TABLE.json"
    )
    asked = parser.parse_args(argv)
    try:
        answer = {"estimate": _estimate, "protect": _protect}[asked.act](asked.path)
    except (SurveyError, CaseError) as error:
        refusal = {"error": error.code, "message": error.message, "culprits": list(error.culprits)}
        sys.stderr.write(json.dumps(refusal, ensure_ascii=False) + "\n")
        return BAD_INPUT
    sys.stdout.write(json.dumps(answer, ensure_ascii=False, allow_nan=False, indent=1) + "\n")
    return 0


def _estimate(path: Path) -> Any:
    document = _read(path)
    asked = spec.read(document)
    from talkoot.analysis.survey.estimation import columns, estimate  # noqa: PLC0415 -- numpy is heavy

    data = path.parent / asked.data
    if not data.exists() and Path(asked.data).exists():
        data = Path(asked.data)
    return estimate.estimate(replace(asked, data=str(data)), columns.read(data))


def _protect(path: Path) -> Any:
    document = _read(path)
    from talkoot.analysis.survey.disclosure import table  # noqa: PLC0415 -- HiGHS is heavy

    return table.protect(table.read(document)).to_json()


def _read(path: Path) -> object:
    name = [str(path)]
    try:
        return json.loads(path.read_text(encoding="utf-8"))
    except OSError as error:
        raise SurveyError("not_readable", name, path=path, reason=error.strerror) from error
    except UnicodeDecodeError as error:
        raise SurveyError("not_text", name, path=path) from error
    except json.JSONDecodeError as error:
        reason = f"{error.msg} at line {error.lineno}, column {error.colno}"
        raise SurveyError("not_json", name, path=path, reason=reason) from error
    except RecursionError as error:
        raise SurveyError("not_json", name, path=path, reason="it is nested too deeply") from error
    except ValueError as error:  # a whole number of thousands of digits
        raise SurveyError("not_json", name, path=path, reason="a number is too long to read") from error
