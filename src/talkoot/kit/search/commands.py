from __future__ import annotations

import sys
from typing import TYPE_CHECKING

from talkoot.kit.search import indexing

if TYPE_CHECKING:
    from collections.abc import Sequence


def reindex(argv: Sequence[str]) -> int:  # noqa: ARG001 -- takes none
    """`talkoot reindex`: read everything anew into the search index."""
    sys.stdout.write(f"{indexing.rebuild()} entries\n")
    return 0
