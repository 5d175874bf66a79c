"""Where compiled code is kept: beside the environment, made by `make setup`, never while a page waits.

The folder is named by a digest of this package's sources, because numba notices a change of the function it
loads but not of those that function calls. Where the folder is missing, the first run compiles (some twenty
seconds) and keeps the result; where it cannot be written, each process compiles for itself. The answers are
the same.
"""

from __future__ import annotations

import os
import sys
from hashlib import sha256
from pathlib import Path
from typing import TYPE_CHECKING, Any

from numba import config, njit

if TYPE_CHECKING:
    from collections.abc import Callable
    from typing import TypeVar

    Function = TypeVar("Function", bound=Callable[..., Any])


def digest() -> str:
    """Of every source file of this package, in the order of their names."""
    sources = sorted(Path(__file__).parent.glob("*.py"))
    return sha256(b"".join(source.read_bytes() for source in sources)).hexdigest()[:16]


def _folder() -> Path | None:
    """The folder of this version, or None where nothing can be written."""
    folder = Path(os.environ.get("NUMBA_CACHE_DIR") or Path(sys.prefix) / "var" / "compiled") / digest()
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError:
        return None
    return folder if os.access(folder, os.W_OK) else None


FOLDER = _folder()
if FOLDER is not None:
    config.CACHE_DIR = str(FOLDER)  # type: ignore[attr-defined]  # numba sets it by name


def compiled(function: Function) -> Function:
    """Compile for the types it is called with; it runs without the interpreter's lock, on any thread."""
    made: Function = njit(function, nogil=True, cache=FOLDER is not None)
    return made
