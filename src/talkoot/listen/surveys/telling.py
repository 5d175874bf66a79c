"""What stands behind the figures of one question, in sentences and short tables that are folded away."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext as _

from talkoot.analysis.survey.disclosure.rules import THRESHOLD
from talkoot.kit import typography
from talkoot.listen.surveys import sizes

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from talkoot.listen.surveys.asked import Asked

POINTS = 100
CERTAIN = 0.05


@dataclass(frozen=True)
class Table:
    """`heads`: of the columns; each of `rows` has a cell for each."""

    caption: str
    heads: Sequence[str]
    rows: Sequence[Sequence[str]]


@dataclass(frozen=True)
class Behind:
    sentences: list[str] = field(default_factory=list)
    tables: list[Table] = field(default_factory=list)

    def __bool__(self) -> bool:
        return bool(self.sentences or self.tables)


def behind(question: Asked, found: dict[str, Any], *, weighted: bool) -> Behind:
    """Of a question whose shares are shown."""
    if not found["options"]:
        return Behind()
    tables = [_places(question, found), _changes(question, found)]
    return Behind(_sentences(found, weighted=weighted), [table for table in tables if table.rows])


def _sentences(found: dict[str, Any], *, weighted: bool) -> list[str]:
    parts = [missing(found)]
    if weighted and found.get("weighted"):
        parts.append(
            _("Effective number of answers: %(n)s (effect of weighting %(deff)s).")
            % {
                "n": typography.number(found["effective_n"], 0),
                "deff": typography.number(found["deff"], 2),
            }
        )
    if found.get("weighted") is False:
        parts.append(
            _(
                "Not weighted by size: too few of some size answered, or the weights would give a small group away."
            )
        )
    elif "cells" in found:
        parts.append(_cells(found["cells"]))
    if test := found.get("test"):
        parts.append(_tested(test))
    return [part for part in parts if part]


def missing(found: dict[str, Any]) -> str:
    """How many of those who answered the survey passed the question over; nothing where n is not shown."""
    n = found.get("missing")
    if n is None or found["n"] is None:
        return ""
    if n == 0:
        return _("All who answered the survey answered this question.")
    words = _("fewer than 5") if n < THRESHOLD else typography.number(n)
    share = 100 * n / (n + found["n"])
    if n < THRESHOLD:
        return _("Passed over by: %(n)s.") % {"n": words}
    return _("Passed over by: %(n)s (%(share)s).") % {"n": words, "share": typography.percent(share, 0)}


def _cells(cells: Sequence[Sequence[str]]) -> str:
    labels = ", ".join(sizes.label(sizes.key_of(cell)) for cell in cells)
    return _("This question is weighted by itself, in the groups %(groups)s.") % {"groups": labels}


def _tested(test: dict[str, Any]) -> str:
    p = typography.number(test["p"], 3)
    if test["p"] < 0.001:  # noqa: PLR2004 -- as p is written
        p = f"< {typography.number(0.001, 3)}"
    numbers = {
        "p": p,
        "f": typography.number(test["f"], 2),
        "df1": typography.number(test["df1"], 1),
        "df2": typography.number(test["df2"], 0),
    }
    if test["p"] < CERTAIN:
        return (
            _("The answers differ by company size: p = %(p)s (Rao–Scott F = %(f)s; %(df1)s and %(df2)s).")
            % numbers
        )
    return (
        _("No difference by company size can be told: p = %(p)s (Rao–Scott F = %(f)s; %(df1)s and %(df2)s).")
        % numbers
    )


def _places(question: Asked, found: dict[str, Any]) -> Table:
    rows = []
    for choice in question.choices:
        place = found["options"][choice.code].get("place")
        if place:
            rows.append([choice.text, _interval(place["mean"], place["low"], place["high"], 1)])
    return Table(
        _("Mean place among those who gave it one; 1 is first"), [_("Answer"), _("Mean place")], rows
    )


def _changes(question: Asked, found: dict[str, Any]) -> Table:
    rows = []
    for choice in question.choices:
        change = found["options"][choice.code].get("change")
        if change:
            rows.append([choice.text, points(change)])
    return Table(
        _("Change from the round before, percentage points"), [_("Answer"), _("Change and interval")], rows
    )


def points(change: dict[str, Any]) -> str:
    """A change of a share with its interval, in percentage points."""
    value, low, high = (POINTS * change[name] for name in ("difference", "low", "high"))
    return _interval(value, low, high, 0, sign=True)


def _interval(value: float, low: float, high: float, digits: int, *, sign: bool = False) -> str:
    plus = "+" if sign and round(value, digits) > 0 else ""
    ends = _("from %(low)s to %(high)s") % {
        "low": typography.number(low, digits),
        "high": typography.number(high, digits),
    }
    return f"{plus}{typography.number(value, digits)} ({ends})"


def mean(found: dict[str, Any], unit: str) -> str:
    """A mean with its interval in words, or why there is none."""
    number = found.get("number")
    if found["hidden"] or not found["n"]:
        return ""
    if number is None:
        return _(
            "The mean is not shown here: it could say too much about single companies. How many answered is shown."
        )
    ends = typography.span(number["low"], number["high"])
    return _("Mean %(mean)s %(unit)s (95%% confidence interval %(ends)s).") % {
        "mean": typography.number(number["mean"]),
        "unit": unit,
        "ends": ends,
    }


def modelled(names: Iterable[tuple[str, dict[str, Any]]]) -> Table:
    """Methods with their direct share and the one drawn towards the mean of the cities."""
    rows = [
        [name, *(_percent(one) for one in (share, share["modelled"]))]
        for name, share in names
        if "modelled" in share
    ]
    return Table(
        _("Modelled estimates beside the direct ones"),
        [_("Method"), _("Direct"), _("Modelled")],
        rows,
    )


def _percent(share: dict[str, Any]) -> str:
    return typography.estimate(100 * share["share"], 100 * share["low"], 100 * share["high"])
