"""Files that a command reads, and the one document that it prints: an answer, or what was refused."""

from __future__ import annotations

import json
import sys
from contextlib import contextmanager
from types import MappingProxyType
from typing import TYPE_CHECKING, Any

from talkoot.analysis.refusal import Refusal

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

BAD_INPUT = 2


class FileRefusal(Refusal):
    """A file that cannot be read."""

    sentences = MappingProxyType(
        {
            "not_readable": "{path}: {reason}",
            "not_text": "{path} is not UTF-8 text.",
            "not_json": "{path} is not whole JSON: {reason}.",
        }
    )


def printed(answer: Callable[[], Any], *, indent: int | None = None) -> int:
    """Print the answer as JSON and return 0; a refusal goes to standard error and is 2."""
    try:
        found = answer()
    except Refusal as error:
        refusal = {"error": error.code, "message": error.message, "culprits": list(error.culprits)}
        sys.stderr.write(json.dumps(refusal, ensure_ascii=False) + "\n")
        return BAD_INPUT
    sys.stdout.write(json.dumps(found, ensure_ascii=False, allow_nan=False, indent=indent) + "\n")
    return 0


@contextmanager
def reading(path: Path) -> Iterator[None]:
    """FileRefusal for what goes wrong between the disk and text."""
    try:
        yield
    except OSError as error:
        raise FileRefusal("not_readable", [str(path)], path=path, reason=error.strerror) from error
    except UnicodeDecodeError as error:
        raise FileRefusal("not_text", [str(path)], path=path) from error


def read_json(path: Path) -> object:
    """Raises FileRefusal."""
    with reading(path):
        text = path.read_text(encoding="utf-8")
    try:
        return json.loads(text)
    except json.JSONDecodeError as error:
        reason = f"{error.msg} at line {error.lineno}, column {error.colno}"
        raise FileRefusal("not_json", [str(path)], path=path, reason=reason) from error
    except RecursionError as error:
        raise FileRefusal("not_json", [str(path)], path=path, reason="it is nested too deeply") from error
    except ValueError as error:  # a whole number of thousands of digits
        raise FileRefusal(
            "not_json", [str(path)], path=path, reason="a number is too long to read"
        ) from error
