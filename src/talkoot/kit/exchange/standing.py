"""What taking a row would do to what is known already: nothing is saved to find out."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from collections.abc import Mapping

State = Literal["new", "changed", "same"]


@dataclass(frozen=True, slots=True)
class Standing:
    """`changes` are {key of a column: (now, as the file says)}, in the reader's words."""

    state: State
    changes: Mapping[str, tuple[str, str]] = field(default_factory=dict)


NEW = Standing("new")
SAME = Standing("same")


def changed(changes: Mapping[str, tuple[str, str]]) -> Standing:
    """A row of something known: with these changes, or as it is when there are none."""
    return Standing("changed", changes) if changes else SAME
