"""Rows of a chart that is a table, as HTML: a page of results has sixty, too many for a template each."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe

from talkoot.kit.ui.icons import icon

if TYPE_CHECKING:
    from collections.abc import Iterable

    from talkoot.kit.charts.rows import Row, RowChart


def rows(chart: RowChart, shown: Iterable[Row]) -> SafeString:
    """One ``<tr>`` a row: label, picture, figure and, where the chart counts, how many."""
    return mark_safe("".join(_row(chart, row) for row in shown))  # noqa: S308 -- each row is escaped


def _row(chart: RowChart, row: Row) -> SafeString:
    return format_html(
        '<tr{}><th scope="row">{}{}</th><td class="bar" data-l="{}">{}</td>'
        '<td class="num" data-l="{}">{}</td>{}</tr>',
        _if(row.classes, ' class="{}"'),
        format_html('<a href="{}">{}</a>', row.href, row.label) if row.href else row.label,
        _if(row.note, "<small>{}</small>"),
        chart.scale_head,
        _picture(row),
        chart.figure_head,
        row.words if row.missing else format_html("<b>{}</b>", row.words),
        format_html('<td class="num muted" data-l="{}">{}</td>', chart.n_head, row.n) if chart.n_head else "",
    )


def _if(words: object, pattern: str) -> SafeString | str:
    return format_html(pattern, words) if words else ""


def _picture(row: Row) -> SafeString | str:
    if not row.missing:
        return row.svg
    return format_html('<span class="suppressed">{}{}</span>', icon(row.sign), row.why)
