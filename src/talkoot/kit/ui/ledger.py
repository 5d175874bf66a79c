"""The cells of the one table, written here: a template would ask some ten questions of each."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.template.base import render_value_in_context

from talkoot.kit.ui.writing import escaped, written

if TYPE_CHECKING:
    from collections.abc import Iterable

    from django.template.context import Context
    from django.utils.safestring import SafeString


def cells(context: Context, row: Iterable[Any]) -> SafeString:
    """HTML of a row's cells. A cell has `column` (label, numeric, template), `obj`, `value` and `url`."""
    first, *rest = row
    parts = ['<th scope="row">', _inside(context, first), "</th>"]
    for cell in rest:
        css = ' class="num"' if cell.column.numeric else ""
        parts += (f'<td data-l="{escaped(cell.column.label)}"{css}>', _inside(context, cell), "</td>")
    return written(*parts)


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
