"""One table of rows and columns with its sums, protected: `talkoot survey protect`."""

from __future__ import annotations

from dataclasses import dataclass, field
from itertools import chain
from typing import TYPE_CHECKING, Any

from talkoot.analysis.decision import fields
from talkoot.analysis.survey.disclosure.cells import Sum
from talkoot.analysis.survey.disclosure.rules import WHOLE, Rule
from talkoot.analysis.survey.disclosure.suppress import Suppression, suppress
from talkoot.analysis.survey.errors import SurveyError

if TYPE_CHECKING:
    from collections.abc import Sequence

Cell = tuple[int, int]
MARGIN = -1
GRAND = (MARGIN, MARGIN)


@dataclass(frozen=True)
class Table:
    """`counts`: rows × columns, at least 0; `contributors`: of each cell what each contributed, or None.

    With `publish_margins` the sums of rows and columns are figures that a reader sees and that may be hidden.
    The grand total is published in any case.
    """

    counts: tuple[tuple[int, ...], ...]
    contributors: tuple[tuple[tuple[float, ...], ...], ...] | None = None
    publish_margins: bool = True
    rule: Rule = field(default_factory=Rule)

    def figures(self) -> dict[Cell, int]:
        """Cells row by row, then the sums of rows, of columns, and of all."""
        found = {(r, c): n for r, row in enumerate(self.counts) for c, n in enumerate(row)}
        if self.publish_margins:
            found |= {(r, MARGIN): sum(row) for r, row in enumerate(self.counts)}
            found |= {(MARGIN, c): sum(column) for c, column in enumerate(zip(*self.counts, strict=True))}
        return found | {GRAND: sum(map(sum, self.counts))}

    def sums(self) -> list[Sum[Cell]]:
        rows, columns = range(len(self.counts)), range(len(self.counts[0]))
        if not self.publish_margins:
            return [Sum(GRAND, tuple((r, c) for r in rows for c in columns))]
        return [
            *(Sum((r, MARGIN), tuple((r, c) for c in columns)) for r in rows),
            *(Sum((MARGIN, c), tuple((r, c) for r in rows)) for c in columns),
            Sum(GRAND, tuple((r, MARGIN) for r in rows)),
            Sum(GRAND, tuple((MARGIN, c) for c in columns)),
        ]

    def primary(self) -> list[Cell]:
        return [
            cell
            for cell, count in self.figures().items()
            if cell != GRAND and self.rule.hides(count, self._contributions(cell))
        ]

    def _contributions(self, cell: Cell) -> Sequence[float]:
        if self.contributors is None:
            return ()
        rows = self.contributors if cell[0] == MARGIN else self.contributors[cell[0] : cell[0] + 1]
        cells = (row if cell[1] == MARGIN else row[cell[1] : cell[1] + 1] for row in rows)
        return list(chain.from_iterable(chain.from_iterable(cells)))


@dataclass(frozen=True)
class Protected:
    suppression: Suppression[Cell]

    def to_json(self) -> dict[str, Any]:
        found = self.suppression
        return {
            "primary": [list(cell) for cell in found.primary],
            "secondary": [list(cell) for cell in found.secondary],
            "attacker": [
                {"cell": list(cell), "low": low, "high": high} for cell, (low, high) in found.attacker.items()
            ],
            "cost": found.cost,
        }


def protect(table: Table) -> Protected:
    """SurveyError when a small figure can be told from the grand total whatever else is hidden."""
    return Protected(
        suppress(
            table.figures(),
            table.sums(),
            table.primary(),
            threshold=table.rule.threshold,
            published=[GRAND],
        )
    )


def read(document: object) -> Table:
    """A table from JSON, read strictly. SurveyError or CaseError for what is not as the command's format says."""
    top = fields.record(
        document, "the table", required=("counts",), optional=("contributors", "publish_margins", "rule")
    )
    counts = _rows(top["counts"], "counts")
    read_counts = tuple(
        tuple(fields.count(n, f"counts[{r}][{c}]", least=0) for c, n in enumerate(row))
        for r, row in enumerate(counts)
    )
    given = top.get("contributors")
    return Table(
        read_counts,
        None if given is None else _contributors(given, read_counts),
        fields.truth(top.get("publish_margins", True), "publish_margins"),
        _rule(top.get("rule") or {}),
    )


def _rows(value: object, where: str) -> list[list[object]]:
    rows = [fields.items(row, f"{where}[{r}]") for r, row in enumerate(fields.items(value, where))]
    if not rows or not rows[0] or len({len(row) for row in rows}) > 1:
        raise SurveyError("not_a_table", [where], where=where)
    return rows


def _contributors(
    value: object, counts: tuple[tuple[int, ...], ...]
) -> tuple[tuple[tuple[float, ...], ...], ...]:
    rows = _rows(value, "contributors")
    if len(rows) != len(counts) or len(rows[0]) != len(counts[0]):
        raise SurveyError("not_a_table", ["contributors"], where="contributors, as those of counts,")
    return tuple(
        tuple(
            tuple(
                fields.number(n, f"contributors[{r}][{c}][{i}]", negative=False)
                for i, n in enumerate(fields.items(cell, f"contributors[{r}][{c}]"))
            )
            for c, cell in enumerate(row)
        )
        for r, row in enumerate(rows)
    )


def _rule(value: object) -> Rule:
    read = fields.record(value, "rule", required=(), optional=("threshold", "dominance", "p_percent"))
    threshold = fields.count(read.get("threshold", 5), "rule.threshold", least=1)
    dominance, percent = read.get("dominance"), read.get("p_percent")
    return Rule(
        threshold,
        None if dominance is None else _dominance(dominance),
        None if percent is None else fields.number(percent, "rule.p_percent", negative=False),
    )


def _dominance(value: object) -> tuple[int, float]:
    where = "rule.dominance"
    pair = fields.items(value, where)
    if len(pair) != 2:  # noqa: PLR2004 -- n and k
        raise SurveyError("not_a_rule", [where], where=where, reason="it must be [n, k]")
    most = fields.count(pair[0], f"{where}[0]", least=1)
    percent = fields.number(pair[1], f"{where}[1]")
    if not 0 < percent <= WHOLE:
        raise SurveyError(
            "not_a_rule", [where], where=where, reason="k must be above 0 and at most 100 per cent"
        )
    return most, percent
