"""Which column is which question, as far as headings and words tell; a person confirms it.

LimeSurvey writes `Q1`, `Q1[SQ001]`, `Q1[1]`, `Q1. Text` or `Text [Subtext]` as its user chose, Google Forms
`Text [Line]`, Webropol `1. Text` and `1. Text: Option`, Microsoft Forms the text alone.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from talkoot.listen.surveys.matching.reading import LEFT_OUT, Reading, unknown
from talkoot.listen.surveys.matching.targets import bare, nth

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from talkoot.listen.surveys.matching.reading import Examined, FileColumn
    from talkoot.listen.surveys.matching.targets import Target

NOTHING = ("", "")
_BRACKETS = re.compile(r"(?P<whole>[^\[\]]+?)\s*\[(?P<part>[^\[\]]+)\](?P<rest>.*)", re.DOTALL)
_NUMBERED = re.compile(r"\d{1,3}[.)]\s+")
_OTHER = {"-oth-", "other", "muu", "annat", "comment"}


def read_as(examined: Examined, targets: Mapping[str, Target], city: str) -> Reading:
    """A reading of every column; a target is taken by the first column that fits."""
    reading = Reading(city=city)
    taken: set[tuple[str, str]] = set()
    for column in examined.columns:
        pair = _pair(column.heading, targets)
        key, part = pair
        clash = pair in taken or (key, "") in taken or (not part and any(other == key for other, _p in taken))
        reading.columns[column.heading] = NOTHING if clash else pair
        if key and not clash:
            taken.add(pair)
    for column in examined.columns:
        key, part = reading.columns[column.heading]
        if key:
            values_of(reading, column, targets[key], part)
    return reading


def values_of(reading: Reading, column: FileColumn, target: Target, part: str) -> None:
    """Add what the unknown words of a column most likely mean, by their place among the choices."""
    if part and target.is_ticked:
        return
    own = reading.values.setdefault(target.key, {})
    for text in unknown(column, target, part):
        guessed = LEFT_OUT if bare(text) in _OTHER else nth(text, target.values)
        if guessed:
            own.setdefault(bare(text), guessed)


def _pair(heading: str, targets: Mapping[str, Target]) -> tuple[str, str]:
    for whole, part in _readings(heading):
        target = _named(whole, targets)
        if target is None:
            continue
        if not part:
            return target.key, ""
        code = target.part_means.get(bare(part)) or nth(part, target.parts)
        return (target.key, code) if code else NOTHING
    return NOTHING


def _readings(heading: str) -> Iterator[tuple[str, str]]:
    """(question, part) as different tools put them together, the surest first."""
    yield heading, ""
    plain = _NUMBERED.sub("", heading, count=1)
    for text in dict.fromkeys((heading, plain)):
        found = _BRACKETS.fullmatch(text)
        if found:
            yield found["whole"], found["part"]
            if ". " in found["whole"]:
                code, _dot, words = found["whole"].partition(". ")
                yield code, found["part"]
                yield words, found["part"]
        yield text, ""
    code, dot, words = heading.partition(". ")
    if dot:
        yield code, ""
        yield words, ""
    for sign in (": ", ":", " - ", " – "):
        whole, found_sign, part = plain.rpartition(sign)
        if found_sign:
            yield whole, part


def _named(text: str, targets: Mapping[str, Target]) -> Target | None:
    word = bare(text)
    return next((target for target in targets.values() if word in target.names), None)
