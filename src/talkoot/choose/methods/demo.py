"""The demo has the library that every city gets: it is real content, not a part of the demo."""

from __future__ import annotations

from typing import TYPE_CHECKING

from talkoot.choose.methods import shipped

if TYPE_CHECKING:
    from pathlib import Path


def load(_folder: Path) -> None:
    """Add the methods that are not there yet; what has been edited since stays."""
    shipped.bring_in(shipped.rows_of(shipped.FOLDER))
