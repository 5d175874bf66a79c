"""Rows of the tables of charts, as HTML: a page of results has sixty, too many for a template each."""

from __future__ import annotations

from typing import TYPE_CHECKING

from talkoot.kit.charts.rows import MISSING
from talkoot.kit.ui.icons import icon
from talkoot.kit.ui.writing import escaped, written

if TYPE_CHECKING:
    from collections.abc import Iterable

    from django.utils.safestring import SafeString

    from talkoot.kit.charts.clock import Line
    from talkoot.kit.charts.figures import DataTable
    from talkoot.kit.charts.rows import Row, RowChart, Words


def rows(chart: RowChart) -> SafeString:
    """What is in the ``<table>`` of a chart: a row has its label, picture, figure and, where they count, how many."""
    heads = [escaped(head) for head in (chart.scale_head, chart.figure_head, chart.n_head)]
    named = [f'<th scope="col">{head}</th>' for head in (escaped(chart.label_head), heads[0])]
    named += [f'<th scope="col" class="num">{head}</th>' for head in heads[1:] if head]
    note = f"<span>{escaped(chart.note)}</span>" if chart.note else ""
    sums = [_row(row, *heads) for row in chart.sum_rows]
    return written(
        f"<caption>{escaped(chart.caption)}{note}</caption>",
        f"<thead><tr>{''.join(named)}</tr></thead><tbody>",
        *[_row(row, *heads) for row in chart.rows],
        f'</tbody><tbody class="sums">{"".join(sums)}</tbody>' if sums else "</tbody>",
    )


def figures(table: DataTable) -> SafeString:
    """One ``<tr>`` a row of the table beside a picture."""
    heads = [
        f'<td data-l="{escaped(label)}" class="{"num" if numeric else ""}">'
        for label, numeric in table.heads[1:]
    ]
    return written(*[_figures(heads, *map(escaped, row)) for row in table.rows])


def clock_lines(groups: Iterable[tuple[Words, Iterable[Line]]]) -> SafeString:
    """One ``<tbody>`` a ring of the annual clock: its name, and a row a thing with its number, name and time."""
    return written(*[_ring(label, map(_line, lines)) for label, lines in groups])


def _ring(label: Words, rows: Iterable[str]) -> str:
    name = f'<tr class="group"><th colspan="3" scope="rowgroup">{escaped(label)}</th></tr>'
    return f"<tbody>{name}{''.join(rows)}</tbody>"


def _line(line: Line) -> str:
    entry, number = line.entry, f"<b>{line.number}</b>" if line.number else "–"
    label = escaped(entry.label)
    name = f'<a href="{escaped(entry.href)}">{label}</a>' if entry.href else label
    return (
        f'<tr class="v{entry.verb}"><td>{number}</td><th scope="row">{name}</th>'
        f"<td>{escaped(line.when)}</td></tr>"
    )


def _figures(heads: Iterable[str], name: str, *cells: str) -> str:
    inside = "".join([f"{head}{cell}</td>" for head, cell in zip(heads, cells, strict=True)])
    return f'<tr><th scope="row">{name}</th>{inside}</tr>'


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
