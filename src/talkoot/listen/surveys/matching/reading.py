"""How the columns and words of a file are read, and the rows of the file put into our own layout."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from talkoot.kit.exchange import Row, read
from talkoot.listen.surveys.matching.targets import SENT, Target, bare, ticked
from talkoot.listen.surveys.sheet import SEPARATOR
from talkoot.listen.surveys.storing import batched

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from talkoot.listen.surveys.models import Round

EXAMPLES = 3
DIFFERENT_MOST = 200
"""As many different values of a column are counted; a column with more is not one of choices."""
LEFT_OUT = "-"
"""A value that is read as no answer."""
_PIECES = re.compile(r"[|;\n]")
_NO_ANSWER = {"n/a", "na"}


@dataclass
class FileColumn:
    """A column of the file: its heading and how often each value stands in it, until there are DIFFERENT_MOST."""

    heading: str
    values: Counter[str] = field(default_factory=Counter)

    def count(self, cells: Iterable[Any]) -> None:
        """Add cells; those that are empty do not count."""
        for cell, n in Counter(map(said, cells)).items():
            if cell and (cell in self.values or len(self.values) < DIFFERENT_MOST):
                self.values[cell] += n

    @property
    def examples(self) -> list[str]:
        return [value if len(value) <= 40 else f"{value[:39]}…" for value in list(self.values)[:EXAMPLES]]  # noqa: PLR2004 -- as much as fits


@dataclass
class Examined:
    """What is in a file, told in one pass."""

    columns: list[FileColumn]
    rows: int = 0


def examine(content: bytes) -> Examined:
    """Raises Unreadable."""
    found = Examined([])
    for rows in batched(read(content)):
        found.rows += len(rows)
        if not found.columns:
            found.columns = [FileColumn(heading) for heading in rows[0].cells]
        for column in found.columns:
            if len(column.values) < DIFFERENT_MOST:
                column.count(row.cells.get(column.heading, "") for row in rows)
    return found


def said(cell: Any) -> str:
    """A cell as text; spreadsheets keep yes and no as TRUE and FALSE."""
    if cell.__class__ is str:
        return cell
    if isinstance(cell, bool):
        return "yes" if cell else "no"
    return str(cell)


@dataclass
class Reading:
    """`columns`: (key of the target, code of its part or empty) by heading; a heading without is left out.

    `values`: code or LEFT_OUT by bare text, for each target; `city`: code of the municipality of rows without one.
    """

    columns: dict[str, tuple[str, str]] = field(default_factory=dict)
    values: dict[str, dict[str, str]] = field(default_factory=dict)
    city: str = ""

    @classmethod
    def kept(cls, survey: Round) -> Reading:
        """As it was said at the import before."""
        found = survey.reading or {}
        columns = {heading: (key, part) for heading, (key, part) in found.get("columns", {}).items()}
        return cls(columns, found.get("values", {}), found.get("city", ""))

    def as_json(self) -> dict[str, Any]:
        columns = {heading: list(pair) for heading, pair in self.columns.items()}
        return {"columns": columns, "values": self.values, "city": self.city}

    def covers(self, examined: Examined) -> bool:
        """Every column of the file was spoken of before."""
        return bool(self.columns) and all(column.heading in self.columns for column in examined.columns)

    def twice(self) -> str:
        """The key of a target that two columns are read as, or empty."""
        counts = Counter(pair for pair in self.columns.values() if pair[0])
        whole = {key for key, part in counts if not part}
        parted = {key for key, part in counts if part}
        clashes = [pair[0] for pair, n in counts.items() if n > 1]
        return next(iter([*clashes, *sorted(whole & parted)]), "")


def meaning(target: Target, text: str, own: Mapping[str, str]) -> str | None:
    """The code that a word stands for, LEFT_OUT for none, None when nobody knows."""
    word = bare(text)
    if word in own:
        return own[word]
    if word in target.means:
        return target.means[word]
    return LEFT_OUT if word in _NO_ANSWER else None


def pieces(target: Target, text: str, own: Mapping[str, str]) -> list[str]:
    """The words of a cell with several choices, parted by | ; a new line, or commas where that makes them known."""
    found = []
    for piece in filter(None, (part.strip() for part in _PIECES.split(text))):
        parts = [part.strip() for part in piece.split(",")]
        known = meaning(target, piece, own) is None and all(meaning(target, p, own) for p in parts)
        found += parts if known else [piece]
    return found


class Turning:
    """Rows of the file in our layout; `passed` counts those that were never sent."""

    def __init__(self, reading: Reading, targets: Mapping[str, Target], first: int) -> None:
        self.reading = reading
        self.next = first
        self.passed = 0
        self.plan: list[tuple[str, Target, str, dict[str, Any]]] = [
            (heading, targets[key], part, {})
            for heading, (key, part) in reading.columns.items()
            if key in targets
        ]
        self.sent = next((heading for heading, target, _p, _k in self.plan if target.key == SENT), None)
        self.numbered = any(target.key == "respondent" for _h, target, _p, _k in self.plan)

    def __call__(self, rows: Iterable[Row]) -> Iterator[Row]:
        for row in rows:
            if self.sent is not None and row.cells.get(self.sent, "") == "":
                self.passed += 1
                continue
            yield Row(row.line, self._cells(row.cells), row.surplus)

    def _cells(self, found: Mapping[str, Any]) -> dict[str, Any]:
        out: dict[str, Any] = {"municipality": self.reading.city, "kind": "company"}
        several: dict[str, list[Any]] = {}
        for heading, target, part, known in self.plan:
            cell = found.get(heading, "")
            if cell == "" or (value := self._known(known, target, part, cell)) == "":
                continue
            if part:
                several.setdefault(target.key, []).append(value)
            elif target.key != SENT:
                out[target.key] = value
        for key, values in several.items():
            out[key] = _together(values)
        if not self.numbered:
            out["respondent"] = str(self.next)
            self.next += 1
        return out

    def _known(self, known: dict[str, Any], target: Target, part: str, cell: Any) -> Any:
        text = said(cell)
        if text in known:
            return known[text]
        value = self._value(target, part, cell)
        if len(known) < DIFFERENT_MOST:
            known[text] = value
        return value

    def _value(self, target: Target, part: str, cell: Any) -> Any:
        own, text = self.reading.values.get(target.key, {}), said(cell)
        if target.key == "respondent" or not target.values:
            return cell
        if not part and target.parts:
            return self._whole(target, text, own)
        if part and target.is_ticked:
            return part if _is_chosen(target, part, text) else ""
        code = meaning(target, text, own)
        code = text if code is None else "" if code == LEFT_OUT else code
        if part and code:
            return (int(part), code) if target.kind == "ranking" else f"{part}={code}"
        return code

    def _whole(self, target: Target, text: str, own: Mapping[str, str]) -> str:
        if target.kind == "matrix":
            return text
        codes = ((meaning(target, piece, own), piece) for piece in pieces(target, text, own))
        return SEPARATOR.join(piece if code is None else code for code, piece in codes if code != LEFT_OUT)


def _is_chosen(target: Target, part: str, text: str) -> bool:
    yes = ticked(text)
    return target.part_means.get(bare(text)) == part if yes is None else yes


def _together(values: list[Any]) -> str:
    if isinstance(values[0], tuple):
        values = [code for _place, code in sorted(values)]
    return SEPARATOR.join(values)


def unknown(column: FileColumn, target: Target, part: str) -> dict[str, int]:
    """Words of a column that mean nothing yet, with how many rows say so."""
    if not target.values or (target.kind == "matrix" and not part):
        return {}
    found: Counter[str] = Counter()
    for text, n in column.values.items():
        if part and target.is_ticked:
            if ticked(text) is None and target.part_means.get(bare(text)) != part:
                found[text] += n
            continue
        words = pieces(target, text, {}) if target.parts and not part else [text]
        for word in words:
            if meaning(target, word, {}) is None:
                found[word] += n
    return dict(found)
