"""What a specification, a data file or a table can be refused for: a stable code and an English sentence."""

from __future__ import annotations

from types import MappingProxyType
from typing import TYPE_CHECKING

from talkoot.analysis.refusal import Refusal

if TYPE_CHECKING:
    from collections.abc import Mapping

SENTENCES: Mapping[str, str] = MappingProxyType(
    {
        "not_csv": "{path} is not a CSV file with one heading a column: {reason}.",
        "no_rows": "{path} has no rows.",
        "ragged_rows": "These rows have more or fewer fields than the heading (numbered from 0): {rows}.",
        "unknown_columns": "The data have no columns called {names}.",
        "not_numbers": "The column {column} holds something else than finite numbers in rows {rows} (numbered from 0).",
        "missing_values": "The column {column} is empty in rows {rows} (numbered from 0); {use} needs it in every row.",
        "negative_weights": "The weights must not be negative: rows {rows} (numbered from 0).",
        "no_weight": "The weights sum to zero.",
        "population_varies": "The number of units in the population differs within {places}.",
        "population_too_small": "The population has fewer units than the sample in {places}.",
        "single_unit": (
            "Only one primary unit was sampled in {places}: its variance cannot be estimated. Merge the stratum with another."
        ),
        "too_many_populations": "population names more stages than cluster has.",
        "one_calibration": "calibrate must be null or hold exactly one of post_stratify, rake and distance.",
        "unknown_choice": "{where} must be one of {choices}.",
        "not_bounds": "{where} must be [low, high] with low below high.",
        "bounds_needed": "The logit distance needs bounds [l, u] with 0 <= l < 1 < u.",
        "bounds_miss_one": "Bounds of the ratio of weights must lie on both sides of 1.",
        "one_statistic": "{where} must name one of mean, total and share, and at most by.",
        "level_without_total": "These levels are in the data but have no total: {levels}.",
        "empty_stratum": "These levels have a total but no respondent, or none with weight: {levels}.",
        "repeated_totals": "The totals name the same level twice: {levels}.",
        "negative_totals": "These totals are negative: {levels}.",
        "totals_disagree": "The margins do not add up to the same total: {sums}.",
        "rake_did_not_converge": (
            "Raking did not meet the margins within {rounds} rounds; furthest off are {levels}."
        ),
        "totals_not_met": "No weights within the bounds meet the totals of {names}.",
        "all_outside": "Every weight lies outside the limits of the trimming.",
        "no_answers": "Nobody answered {column}.",
        "one_row_or_column": "A test of independence needs at least two rows and two columns with answers.",
        "no_error": "A test needs answers that vary within the cells they are weighted in.",
        "not_a_table": "{where} must be rows of one length, at least one row and one column.",
        "not_a_rule": "{where}: {reason}.",
        "cannot_be_protected": "No suppression protects these cells while the grand total is published: {cells}.",
    }
)


class SurveyError(Refusal):
    """What cannot be estimated or protected, and why."""

    sentences = SENTENCES
