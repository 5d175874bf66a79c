from __future__ import annotations

from talkoot.kit.jobs import job
from talkoot.kit.search import indexing


@job(tries=1)
def refresh() -> int:
    """Bring into the index what has changed; returns how many objects."""
    return indexing.refresh()


@job()
def rebuild() -> int:
    """Read everything anew, also what changed without a save; returns how many entries there are."""
    return indexing.rebuild()
