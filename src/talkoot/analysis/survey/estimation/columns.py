"""A CSV file as columns of text; an empty field, NA and NaN are missing."""

from __future__ import annotations

import csv
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import numpy as np

from talkoot.analysis.documents import reading
from talkoot.analysis.refusal import SHOWN, listed
from talkoot.analysis.survey.errors import SurveyError

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from pathlib import Path

    from talkoot.analysis.survey.estimation.design import Codes, Floats

MISSING = frozenset({"", "NA", "NaN", "nan", "NAN"})


@dataclass(frozen=True)
class Columns:
    """`texts`: {name: one text a row}, stripped."""

    texts: dict[str, list[str]]
    rows: int
    _coded: dict[str, tuple[Codes, list[str]]] = field(default_factory=dict, compare=False, repr=False)

    def require(self, names: Iterable[str]) -> None:
        unknown = sorted(set(names) - set(self.texts))
        if unknown:
            raise SurveyError("unknown_columns", unknown, names=listed(unknown))

    def whole(self, name: str, use: str) -> list[str]:
        """A column without a gap. SurveyError names the rows that have none."""
        texts = self.texts[name]
        gaps = [row for row, text in enumerate(texts) if text in MISSING]
        if gaps:
            raise SurveyError("missing_values", [name, *gaps], column=name, rows=listed(gaps), use=use)
        return texts

    def numbers(self, name: str) -> Floats:
        """NaN where missing. SurveyError names the rows that hold something else than finite numbers."""
        texts = self.texts[name]
        try:
            found = np.array([np.nan if text in MISSING else float(text) for text in texts])
        except ValueError:
            found = np.array([_number(text) for text in texts])
        wrong = np.flatnonzero(np.isinf(found)).tolist()
        if wrong:
            raise SurveyError("not_numbers", [name, *wrong[:SHOWN]], column=name, rows=listed(wrong))
        return found

    def whole_numbers(self, name: str, use: str) -> Floats:
        self.whole(name, use)
        return self.numbers(name)

    def coded(self, name: str) -> tuple[Codes, list[str]]:
        """The code of each row, −1 where missing, and the levels in order: as numbers where all are numbers."""
        if name not in self._coded:
            texts = self.texts[name]
            levels = ordered(set(texts) - MISSING)
            place = dict.fromkeys(MISSING, -1) | {level: code for code, level in enumerate(levels)}
            codes = np.fromiter(map(place.__getitem__, texts), dtype=np.intp, count=len(texts))
            self._coded[name] = codes, levels
        return self._coded[name]


def ordered(levels: Iterable[str]) -> list[str]:
    found = sorted(levels)
    if all(np.isfinite(_number(level)) for level in found):
        return sorted(found, key=lambda level: (_number(level), level))
    return found


def _number(text: str) -> float:
    """Infinite where the text is no finite number, NaN where it is missing."""
    if text in MISSING:
        return np.nan
    try:
        value = float(text)
    except ValueError:
        return np.inf
    return value if np.isfinite(value) else np.inf


def read(path: Path) -> Columns:
    """FileRefusal when the file cannot be read; SurveyError when it is not CSV with a heading, or has no rows."""
    try:
        with reading(path), path.open(encoding="utf-8-sig", newline="") as file:
            lines = [line for line in csv.reader(file, strict=True) if line]
    except csv.Error as error:
        raise SurveyError("not_csv", [str(path)], path=path, reason=error) from error
    heading = [name.strip() for name in lines[0]] if lines else []
    if not heading or len(set(heading)) < len(heading) or not all(heading):
        reason = "the headings are empty or repeated" if heading else "the file is empty"
        raise SurveyError("not_csv", [str(path)], path=path, reason=reason)
    return _columns(path, heading, lines[1:])


def _columns(path: Path, heading: Sequence[str], lines: Sequence[Sequence[str]]) -> Columns:
    if not lines:
        raise SurveyError("no_rows", [str(path)], path=path)
    ragged = [row for row, line in enumerate(lines) if len(line) != len(heading)]
    if ragged:
        raise SurveyError("ragged_rows", ragged, rows=listed(ragged))
    columns = zip(*lines, strict=True)
    texts = {name: list(map(str.strip, column)) for name, column in zip(heading, columns, strict=True)}
    return Columns(texts, len(lines))
