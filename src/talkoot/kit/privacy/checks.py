"""A model without a privacy record does not start."""

from __future__ import annotations

from typing import Any

from django.core.checks import Error, Tags, register

from talkoot.kit.privacy import records


@register(Tags.models)
def every_model_is_recorded(**_: Any) -> list[Error]:
    """One error a model without a record, one a field that does not exist."""
    missing = [
        Error(f"{label} has no privacy record in its plate", id="privacy.E001")
        for label in records.unrecorded()
    ]
    wrong = [
        Error(f"{field} is declared personal but does not exist", id="privacy.E002")
        for field in records.unknown_fields()
    ]
    return missing + wrong
