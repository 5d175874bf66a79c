"""Rows of a chart that is a table, as HTML: a page of results has sixty, too many for a template each."""

from __future__ import annotations

from typing import TYPE_CHECKING

from talkoot.kit.charts.rows import MISSING
from talkoot.kit.ui.icons import icon
from talkoot.kit.ui.writing import escaped, written

if TYPE_CHECKING:
    from collections.abc import Iterable

    from django.utils.safestring import SafeString

    from talkoot.kit.charts.rows import Row, RowChart


def rows(chart: RowChart, shown: Iterable[Row]) -> SafeString:
    """One ``<tr>`` a row: label, picture, figure and, where the chart counts, how many."""
    heads = tuple(map(escaped, (chart.scale_head, chart.figure_head, chart.n_head)))
    return written(*[_row(row, *heads) for row in shown])


def _row(row: Row, scale_head: str, figure_head: str, n_head: str) -> str:
    css = f' class="{escaped(row.classes)}"' if row.classes else ""
    words = escaped(row.words)
    count = f'<td class="num muted" data-l="{n_head}">{escaped(row.n)}</td>' if n_head else ""
    return (
        f'<tr{css}><th scope="row">{_name(row)}</th><td class="bar" data-l="{scale_head}">{_picture(row)}</td>'
        f'<td class="num" data-l="{figure_head}">{words if row.missing else f"<b>{words}</b>"}</td>{count}</tr>'
    )


def _name(row: Row) -> str:
    label = escaped(row.label)
    name = f'<a href="{escaped(row.href)}">{label}</a>' if row.href else label
    return f"{name}<small>{escaped(row.note)}</small>" if row.note else name


def _picture(row: Row) -> str:
    return suppressed(row.missing, row.missing_words) if row.missing else row.svg


def suppressed(missing: str, words: object = "") -> SafeString:
    """A figure that is not there, as `ui/components/suppressed.html` writes it."""
    sign, why = MISSING[missing]
    return written('<span class="suppressed">', icon(sign), escaped(words or why), "</span>")
