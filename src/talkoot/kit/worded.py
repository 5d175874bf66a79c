"""Rows for pages that everyone opens: plain values with words in the reader's language, no model instances."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.utils.translation import get_language

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence


def worded(rows: Any, plain: Sequence[str], words: Sequence[str]) -> Iterable[dict[str, Any]]:
    """The named fields of a queryset's rows; words that are not translated are in Finnish.

    The columns are named by language here, so the queryset need not look for them once more (`rewrite`).
    """
    languages = dict.fromkeys((get_language() or settings.LANGUAGE_CODE, settings.LANGUAGE_CODE))
    asked = {name: [f"{name}_{code}" for code in languages] for name in words}
    for row in rows.rewrite(False).values(
        *plain, *(column for columns in asked.values() for column in columns)
    ):
        said = {
            name: next((row[column] for column in columns if row[column]), "")
            for name, columns in asked.items()
        }
        yield {name: row[name] for name in plain} | said
