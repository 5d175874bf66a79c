"""Rows for pages that everyone opens: plain values with words in the reader's language, no model instances."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.utils.translation import get_language

from talkoot.kit.prepared import Prepared

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from django.db.models import QuerySet

    Rows = Callable[..., QuerySet[Any, Any]]


class Worded:
    """A prepared query for named fields, `plain` ones first; words that are not translated are in Finnish."""

    def __init__(self, rows: Rows, plain: Sequence[str], words: Sequence[str]) -> None:
        self.rows, self.plain, self.words = rows, plain, words
        self.prepared = Prepared(self._columns)

    def __call__(self, **values: Any) -> Iterator[list[Any]]:
        plain, words = len(self.plain), len(self.words)
        for row in self.prepared(**values):
            said = zip(row[plain : plain + words], row[-words:], strict=False)
            yield [*row[:plain], *(own or finnish or "" for own, finnish in said)]

    def _columns(self, **asked: Any) -> QuerySet[Any, Any]:
        """Words in the reader's language, then in Finnish; named here, so the queryset need not `rewrite` them."""
        languages = dict.fromkeys((get_language() or settings.LANGUAGE_CODE, settings.LANGUAGE_CODE))
        words = [f"{name}_{code}" for code in languages for name in self.words]
        rows: Any = self.rows(**asked)
        found: QuerySet[Any, Any] = rows.rewrite(False).values_list(*self.plain, *words)
        return found


def worded(plain: Sequence[str], words: Sequence[str]) -> Callable[[Rows], Worded]:
    """Decorates a function that makes the queryset, as for `Prepared`."""
    return lambda rows: Worded(rows, plain, words)
