"""What a table of studies can be refused for: a stable code and an English sentence."""

from __future__ import annotations

from types import MappingProxyType
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

SHOWN = 20
SENTENCES: Mapping[str, str] = MappingProxyType(
    {
        "not_readable": "{path}: {reason}",
        "not_text": "{path} is not UTF-8 text.",
        "not_csv": "{path} is not a CSV file with one heading a column: {reason}.",
        "too_large": "{path} is larger than {most} MB.",
        "too_many": "{path} has more than {most} studies.",
        "no_studies": "{path} has no studies: there is nothing to pool, and what was thought before stands.",
        "missing_columns": "{path} needs the columns study, yi, vi or study, events, n; it lacks {names}.",
        "both_kinds": "{path} has both yi, vi and events, n: keep the columns of one kind.",
        "ragged_rows": "These rows have more or fewer fields than the heading (numbered from 0): {rows}.",
        "no_name": "These rows do not name their study (numbered from 0): {rows}.",
        "repeated_studies": "These studies are there twice: {names}.",
        "not_numbers": "The column {column} holds something else than finite numbers in these studies: {names}.",
        "not_counts": "The column {column} holds something else than whole numbers from {least} to 1e12 in these studies: {names}.",
        "not_positive": "A variance must be more than zero (at least 1e-30): {names}.",
        "more_events_than_n": "There are more events than n in these studies: {names}.",
        "prior_needed": (
            "{k} studies say too little of how much they differ: give the spread that is thought likely, in the "
            "unit of yi, by --prior-sd."
        ),
        "prior_not_positive": "--prior-sd must be a finite number above zero.",
    }
)


class EvidenceError(ValueError):
    """What cannot be pooled, and why.

    `code` is stable and a key of SENTENCES; `params` fill the sentence; `culprits` are the studies, columns or
    rows (from 0) to correct, at most the first twenty.
    """

    def __init__(self, code: str, culprits: Sequence[object] = (), **params: object) -> None:
        self.code = code
        self.culprits = tuple(culprits)[:SHOWN]
        self.params = params
        self.message = SENTENCES[code].format(**params)
        super().__init__(self.message)


def listed(items: Sequence[object]) -> str:
    """The first twenty in words."""
    shown = ", ".join(str(item) for item in items[:SHOWN])
    return shown if len(items) <= SHOWN else f"{shown} and {len(items) - SHOWN} more"
