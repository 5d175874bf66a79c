"""What the search reads of a method."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from talkoot.choose.methods.models import Method


def url(method: Method) -> str:
    return method.get_absolute_url()


def text(method: Method) -> str:
    parts = (method.purpose, method.what, method.why, method.how, method.where, method.evidence_text)
    return "\n".join(part for part in (method.code, *parts) if part)
