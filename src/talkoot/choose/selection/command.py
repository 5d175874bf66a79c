"""`talkoot decide CASE.json`: the same numbers as on the screen, without a database."""

from __future__ import annotations

import argparse
import json
import sys
from pathlib import Path

from talkoot.analysis.decision.case import Case
from talkoot.analysis.decision.errors import CaseError

BAD_INPUT = 2


def run(argv: list[str]) -> int:
    """Print the decision as one JSON document; on bad input print the error to stderr and return 2."""
    parser = argparse.ArgumentParser(prog="talkoot decide", description=run.__doc__)
    parser.add_argument("case", type=Path, metavar="CASE.json")
    path = parser.parse_args(argv).case
    try:
        document = json.loads(path.read_text(encoding="utf-8"))
    except OSError as error:
        return _refuse("not_readable", f"{path}: {error.strerror}", [str(path)])
    except UnicodeDecodeError:
        return _refuse("not_text", f"{path} is not UTF-8 text.", [str(path)])
    except json.JSONDecodeError as error:
        sentence = f"{path} is not whole JSON: {error.msg} at line {error.lineno}, column {error.colno}."
        return _refuse("not_json", sentence, [str(path)])
    except RecursionError:
        return _refuse("not_json", f"{path} is nested too deeply to be a case.", [str(path)])
    except ValueError:  # a whole number of thousands of digits
        return _refuse("not_json", f"{path} holds a number that is too long to read.", [str(path)])
    return _decide(document)


def _decide(document: object) -> int:
    try:
        case = Case.from_json(document)
        from talkoot.analysis.decision import rules  # noqa: PLC0415 -- what is refused is refused without the slow ones

        rules.refuse_impossible(case)
        from talkoot.analysis.decision.choose import decide  # noqa: PLC0415 -- the numeric libraries take a second

        decision = decide(case)
    except CaseError as error:
        return _refuse(error.code, error.message, list(error.culprits))
    sys.stdout.write(json.dumps(decision.to_json(), ensure_ascii=False, indent=1) + "\n")
    return 0


def _refuse(code: str, message: str, culprits: list[str | int]) -> int:
    sys.stderr.write(
        json.dumps({"error": code, "message": message, "culprits": culprits}, ensure_ascii=False) + "\n"
    )
    return BAD_INPUT
