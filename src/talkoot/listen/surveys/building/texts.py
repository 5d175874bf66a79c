"""Answers to choose as an officer writes them: one a line, the same lines in each language."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.utils.text import slugify

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Sequence

    from django.db import models

LANGUAGES = ("fi", "sv", "en")
CODE_MOST = 40
ASIDE = 1000


@dataclass(frozen=True)
class Line:
    """One answer in the languages it was written in."""

    fi: str
    sv: str = ""
    en: str = ""

    def columns(self) -> dict[str, str]:
        return {f"text_{code}": getattr(self, code) for code in LANGUAGES}


class NotAsMany(Exception):
    """Another language has a different number of lines than Finnish; `language` names it."""

    def __init__(self, language: str) -> None:
        super().__init__(language)
        self.language = language


def split(text: str) -> list[str]:
    """Lines with something on them."""
    return [line.strip() for line in (text or "").splitlines() if line.strip()]


def read(texts: dict[str, str]) -> list[Line]:
    """The lines of a text in each language. Raises NotAsMany."""
    finnish = split(texts.get("fi", ""))
    found = {"fi": finnish}
    for code in LANGUAGES[1:]:
        lines = split(texts.get(code, ""))
        if lines and len(lines) != len(finnish):
            raise NotAsMany(code)
        found[code] = lines or [""] * len(finnish)
    return [Line(*words) for words in zip(*(found[code] for code in LANGUAGES), strict=True)]


def write(rows: Iterable[Any]) -> dict[str, str]:
    """Rows back as text by language; a language that lacks any of them is left empty."""
    rows = list(rows)
    found = {code: [getattr(row, f"text_{code}") or "" for row in rows] for code in LANGUAGES}
    return {code: "\n".join(lines) if all(lines) else "" for code, lines in found.items()}


def code_for(text: str, taken: Collection[str], otherwise: str) -> str:
    """A code made of the text that is not taken yet."""
    base = slugify(text)[: CODE_MOST - 4].strip("-_") or otherwise
    number, code = 1, base
    while code in taken:
        number += 1
        code = f"{base}-{number}"
    return code


def sync(rows: models.Manager[Any], lines: Sequence[Line]) -> None:
    """Make the rows of a question these. One with the same Finnish text, or in its place, keeps its code."""
    known = list(rows.order_by("number"))
    kept = _matched(known, lines)
    for row in known:
        if row not in kept.values():
            row.delete()
        else:
            row.number += ASIDE
            row.save(update_fields=("number",))
    taken = {row.code for row in kept.values()}
    for number, line in enumerate(lines, 1):
        row = kept.get(number)
        if row is None:
            code = code_for(line.en or line.fi, taken, f"a{number}")
            taken.add(code)
            row = rows.model(question=rows.instance, code=code)  # type: ignore[attr-defined]  # a related manager
        row.number = number
        for name, value in line.columns().items():
            setattr(row, name, value)
        row.full_clean(validate_constraints=False)
        row.save()


def _matched(known: Sequence[Any], lines: Sequence[Line]) -> dict[int, Any]:
    """{place of a line: the row that it changes}: same words first, then one by one in order."""
    found: dict[int, Any] = {}
    free = list(known)
    for place, line in enumerate(lines, 1):
        same = next((row for row in free if row.text_fi == line.fi), None)
        if same is not None:
            found[place] = same
            free.remove(same)
    if len(known) == len(lines):
        for place in range(1, len(lines) + 1):
            if place not in found:
                found[place] = free.pop(0)
    return found
