"""What a decision case can be refused for: a stable code, its numbers, and an English sentence."""

from __future__ import annotations

from types import MappingProxyType
from typing import TYPE_CHECKING

from talkoot.analysis.refusal import Refusal

if TYPE_CHECKING:
    from collections.abc import Mapping

SENTENCES: Mapping[str, str] = MappingProxyType(
    {
        "not_an_object": "{where} must be a JSON object.",
        "not_a_list": "{where} must be a list.",
        "not_a_name": "{where} must be a text that is not empty.",
        "not_a_number": "{where} must be a finite number.",
        "not_a_count": "{where} must be a whole number, at least {least}.",
        "not_a_truth": "{where} must be true or false.",
        "not_a_pair": "{where} must be two different methods.",
        "count_too_large": "{where} must be at most {most}.",
        "too_many": "{where} may hold at most {most} items; it has {found}.",
        "no_score": "{method} has no score.",
        "unknown_keys": "{where} has keys that are not read here: {keys}.",
        "missing_keys": "{where} lacks {keys}.",
        "empty_list": "{where} must not be empty.",
        "repeated_names": "{where} names the same thing twice: {names}.",
        "score_length": "The score of {method} must have {expected} items, one a criterion in order; it has {found}.",
        "score_item": "{where} must be a number, [low, high] with low at most high, or mean, sd and df.",
        "negative_number": "{where} must not be negative.",
        "unknown_criteria": "{where} names criteria that the case does not have: {names}.",
        "unknown_methods": "{where} names methods that the case does not have: {names}.",
        "weight_operator": '{where} must be ">=", "<=" or "=".',
        "weights_contradict": "These weight statements contradict each other (numbered from 0): {statements}.",
        "person_contradicts": "The weight statements of {person} contradict each other: {statements}.",
        "fixed_both_ways": "fixed_in and fixed_out both name {names}.",
        "group_limits": "{where} asks for at least {least} and at most {most}.",
        "requires_circle": "These methods need one another in a circle: {names}.",
        "nothing_feasible": "No portfolio keeps these rules together{situation}: {rules}.",
        "nothing_found": "No portfolio was found that keeps every rule{situation}; loosen what is asked for: {rules}.",
        "budget_admits_nothing": (
            "No method fits the budgets: {budget} allows {limit}, the smallest need is {need} ({method})."
        ),
        "reserved_scenario": "A scenario cannot be called expected: the result uses that name.",
        "no_probability": "The probabilities of the scenarios must not all be zero.",
    },
)


class CaseError(Refusal):
    """A case that cannot be decided; every culprit is named."""

    sentences = SENTENCES
    most = None
