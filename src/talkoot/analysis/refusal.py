"""What is refused, in one shape: a stable code, an English sentence, and what to correct."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, ClassVar

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

SHOWN = 20


class Refusal(ValueError):
    """`code` is stable and a key of `sentences`; `params` fill the sentence, so that a page can say the same in another
    language; `culprits` are the names, ids or indices (from 0) to correct, at most the first `most`.
    """

    sentences: ClassVar[Mapping[str, str]]
    most: ClassVar[int | None] = SHOWN

    def __init__(self, code: str, culprits: Sequence[object] = (), **params: Any) -> None:
        self.code = code
        self.culprits: tuple[Any, ...] = tuple(culprits)[: self.most]
        self.params = params
        self.message = self.sentences[code].format(**params)
        super().__init__(self.message)


def listed(items: Sequence[object]) -> str:
    """The first twenty in words."""
    shown = ", ".join(str(item) for item in items[:SHOWN])
    return shown if len(items) <= SHOWN else f"{shown} and {len(items) - SHOWN} more"
