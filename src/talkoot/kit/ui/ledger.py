"""The cells of the one table, written here: a template would ask some ten questions of each."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.template.base import render_value_in_context
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe

if TYPE_CHECKING:
    from collections.abc import Iterable

    from django.template.context import Context

_CLASS = {True: mark_safe(' class="num"'), False: mark_safe("")}


def cells(context: Context, row: Iterable[Any]) -> SafeString:
    """HTML of a row's cells. A cell has `column` (label, numeric, template), `obj`, `value` and `url`."""
    first, *rest = row
    parts = [format_html('<th scope="row">{}</th>', _inside(context, first))]
    parts += [
        format_html(
            '<td data-l="{}"{}>{}</td>',
            cell.column.label,
            _CLASS[bool(cell.column.numeric)],
            _inside(context, cell),
        )
        for cell in rest
    ]
    return mark_safe("".join(parts))  # noqa: S308 -- each part is escaped


def _inside(context: Context, cell: Any) -> str:
    if cell.column.template:
        return _by_template(context, cell)
    shown = mark_safe(render_value_in_context(cell.value, context))  # noqa: S308 -- escapes as a template does
    return format_html('<a href="{}">{}</a>', cell.url, shown) if cell.url else shown


def _by_template(context: Context, cell: Any) -> SafeString:
    template = context.template.engine.get_template(cell.column.template)  # type: ignore[union-attr]  # bound while rendering
    with context.push(value=cell.value, obj=cell.obj):
        return template.render(context)
