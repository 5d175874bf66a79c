"""The CSV of studies: `study,yi,vi` or `study,events,n`; other columns are left alone."""

from __future__ import annotations

import csv
import io
from dataclasses import dataclass
from math import isfinite
from typing import TYPE_CHECKING

from talkoot.analysis.documents import reading
from talkoot.analysis.evidence.errors import EvidenceError
from talkoot.analysis.refusal import listed

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from pathlib import Path

ESTIMATES, COUNTS = ("yi", "vi"), ("events", "n")
MOST = 100_000
MOST_BYTES = 16 * 1024 * 1024
LARGEST, SMALLEST_VARIANCE, LARGEST_COUNT = 1e30, 1e-30, 1e12


@dataclass(frozen=True)
class Table:
    """Studies in the order of the file, with yi and vi or events and n."""

    names: Sequence[str]
    counted: bool
    first: Sequence[float]
    second: Sequence[float]


def read(path: Path) -> Table:
    """EvidenceError (FileRefusal of the file itself) for whatever cannot be pooled, with the studies, columns or rows (from 0) at fault."""
    heading, rows = _rows(path)
    lacking = _lacking(heading)
    if all(lacking):
        shortest = min(lacking, key=len)
        raise EvidenceError("missing_columns", shortest, path=path, names=listed(shortest))
    if all(name in heading for name in (*ESTIMATES, *COUNTS)) or _mixed(heading):
        raise EvidenceError("both_kinds", [n for n in heading if n in {*ESTIMATES, *COUNTS}], path=path)
    if not rows:
        raise EvidenceError("no_studies", [str(path)], path=path)
    names = _names(heading, rows)
    counted = not lacking[1]
    columns = [[row[heading.index(column)] for row in rows] for column in (COUNTS if counted else ESTIMATES)]
    return _counted(names, *columns) if counted else _estimated(names, *columns)


def _lacking(heading: Sequence[str]) -> list[list[str]]:
    return [[name for name in ("study", *kind) if name not in heading] for kind in (ESTIMATES, COUNTS)]


def _mixed(heading: Sequence[str]) -> bool:
    return any(name in heading for name in ESTIMATES) and any(name in heading for name in COUNTS)


def _rows(path: Path) -> tuple[list[str], list[list[str]]]:
    text = io.StringIO(_text(path), newline="")
    try:
        lines = [line for line in csv.reader(text, strict=True) if line]
    except csv.Error as error:
        raise EvidenceError("not_csv", [str(path)], path=path, reason=error) from error
    if not lines:
        raise EvidenceError("no_studies", [str(path)], path=path)
    heading = [name.strip() for name in lines[0]]
    twice = sorted({name for name in heading if heading.count(name) > 1})
    if twice:
        raise EvidenceError("not_csv", twice, path=path, reason=f"{listed(twice)} is there twice")
    ragged = [number for number, line in enumerate(lines[1:]) if len(line) != len(heading)]
    if ragged:
        raise EvidenceError("ragged_rows", ragged, rows=listed(ragged))
    return heading, lines[1:]


def _text(path: Path) -> str:
    name = [str(path)]
    with reading(path):
        if path.stat().st_size > MOST_BYTES:
            raise EvidenceError("too_large", name, path=path, most=MOST_BYTES // 1024**2)
        content = path.read_bytes()
        if content.count(b"\n") > MOST + 1:
            raise EvidenceError("too_many", name, path=path, most=f"{MOST:,}")
        return content.decode("utf-8-sig")


def _names(heading: Sequence[str], rows: Sequence[Sequence[str]]) -> list[str]:
    at = heading.index("study")
    names = [row[at].strip() for row in rows]
    nameless = [number for number, name in enumerate(names) if not name]
    if nameless:
        raise EvidenceError("no_name", nameless, rows=listed(nameless))
    seen: set[str] = set()
    twice = [name for name in names if name in seen or seen.add(name)]  # type: ignore[func-returns-value]
    if twice:
        raise EvidenceError(
            "repeated_studies", list(dict.fromkeys(twice)), names=listed(list(dict.fromkeys(twice)))
        )
    return names


def _estimated(names: Sequence[str], yi: Sequence[str], vi: Sequence[str]) -> Table:
    first, second = _numbers("yi", names, yi), _numbers("vi", names, vi)
    _refuse("not_positive", names, (v < SMALLEST_VARIANCE for v in second))
    return Table(names, False, first, second)


def _counted(names: Sequence[str], events: Sequence[str], n: Sequence[str]) -> Table:
    first, second = _whole("events", names, events, 0), _whole("n", names, n, 1)
    _refuse("more_events_than_n", names, (y > m for y, m in zip(first, second, strict=True)))
    return Table(names, True, first, second)


def _numbers(column: str, names: Sequence[str], texts: Sequence[str]) -> list[float]:
    values = [_number(text) for text in texts]
    _refuse("not_numbers", names, (not abs(value) <= LARGEST for value in values), column=column)
    return values


def _whole(column: str, names: Sequence[str], texts: Sequence[str], least: int) -> list[float]:
    values = [_number(text) for text in texts]
    wrong = (not (least <= value <= LARGEST_COUNT and value.is_integer()) for value in values)
    _refuse("not_counts", names, wrong, column=column, least=least)
    return values


def _number(text: str) -> float:
    """NaN for what is not a finite number."""
    try:
        value = float(text)
    except ValueError:
        return float("nan")
    return value if isfinite(value) and "_" not in text else float("nan")


def _refuse(code: str, names: Sequence[str], wrong: Iterable[bool], **params: object) -> None:
    culprits = [name for name, is_wrong in zip(names, wrong, strict=True) if is_wrong]
    if culprits:
        raise EvidenceError(code, culprits, names=listed(culprits), **params)
