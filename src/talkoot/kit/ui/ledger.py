"""The headings and rows of the one table, written here: a template would ask some ten questions of each."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.template.base import render_value_in_context

from talkoot.kit.ui.icons import icon
from talkoot.kit.ui.writing import escaped, written

if TYPE_CHECKING:
    from collections.abc import Iterable

    from django.template.context import Context
    from django.utils.safestring import SafeString


SIGNS = {"ascending": "up", "descending": "down"}


def heads(shown: Iterable[Any]) -> SafeString:
    """HTML of headings with `label`, `numeric`, `aria_sort` and `sort_url`."""
    return written(*map(_head, shown))


def _head(head: Any) -> str:
    css = ' class="num"' if head.numeric else ""
    state = f' aria-sort="{head.aria_sort}"' if head.aria_sort else ""
    label = escaped(head.label)
    if head.sort_url:
        sign = icon(SIGNS[head.aria_sort]) if head.aria_sort in SIGNS else ""
        label = f'<a href="{escaped(head.sort_url)}">{label}{sign}</a>'
    return f'<th scope="col"{css}{state}>{label}</th>'


def rows(context: Context, shown: Iterable[Any]) -> SafeString:
    """HTML of rows with `cells`, perhaps `classes` and the `group` that they begin.

    A cell has `column` (label, numeric, template), `obj`, `value` and `url`.
    """
    shown = list(shown)
    opened = [_opened(cell.column) for cell in shown[0].cells[1:]] if shown else []
    return written(*[_row(context, row, opened) for row in shown])


def _opened(column: Any) -> str:
    """The tag of a cell, the same in all rows."""
    css = ' class="num"' if column.numeric else ""
    return f'<td data-l="{escaped(column.label)}"{css}>'


def _row(context: Context, row: Any, opened: Iterable[str]) -> str:
    first, *rest = row.cells
    inside = [f"{tag}{_inside(context, cell)}</td>" for tag, cell in zip(opened, rest, strict=True)]
    css = f' class="{escaped(row.classes)}"' if row.classes else ""
    return f'{_group(row)}<tr{css}><th scope="row">{_inside(context, first)}</th>{"".join(inside)}</tr>'


def _group(row: Any) -> str:
    name = getattr(row, "group", "")
    if not name:
        return ""
    return f'<tr class="group"><th colspan="{len(row.cells)}" scope="colgroup">{escaped(name)}</th></tr>'


def _inside(context: Context, cell: Any) -> str:
    if cell.column.template:
        return _by_template(context, cell)
    value = cell.value
    shown = escaped(value) if isinstance(value, str) else render_value_in_context(value, context)
    url = cell.url
    return f'<a href="{escaped(url)}">{shown}</a>' if url else shown


def _by_template(context: Context, cell: Any) -> SafeString:
    template = context.template.engine.get_template(cell.column.template)  # type: ignore[union-attr]  # bound while rendering
    with context.push(value=cell.value, obj=cell.obj):
        return template.render(context)
