"""What a table of studies can be refused for: a stable code and an English sentence."""

from __future__ import annotations

from types import MappingProxyType
from typing import TYPE_CHECKING

from talkoot.analysis.refusal import Refusal

if TYPE_CHECKING:
    from collections.abc import Mapping

SENTENCES: Mapping[str, str] = MappingProxyType(
    {
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


class EvidenceError(Refusal):
    """What cannot be pooled, and why."""

    sentences = SENTENCES
