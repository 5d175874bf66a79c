"""Tags and filters of the look. They are builtins: no template needs to load them."""

from __future__ import annotations

import uuid
from typing import TYPE_CHECKING, Any

from django import template
from django.conf import settings
from django.template.loader import render_to_string
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language

from talkoot.kit import typography
from talkoot.kit.ui import chart_rows as rows_of_chart
from talkoot.kit.ui import fields, ledger, navigation, words
from talkoot.kit.ui import markdown as texts
from talkoot.kit.ui import translated as in_languages
from talkoot.kit.ui.icons import icon
from talkoot.kit.ui.theme import theme_url as address_of_theme

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Sequence

    from django.core.paginator import Page
    from django.forms import BoundField
    from django.template.base import NodeList, Parser, Token
    from django.template.context import Context

    from talkoot.kit.typography import Number
    from talkoot.kit.ui.theme import Themed

register = template.Library()

register.filter("number", typography.number)
register.filter("percent", typography.percent)
register.filter("euros", typography.euros)
register.filter("htp", typography.person_days)
register.filter("tco2", typography.tco2)
register.filter("day", typography.date)
register.filter("long_day", typography.long_date)
register.filter("weekday", typography.weekday_date)
register.filter("month", typography.month)
register.filter("hours", typography.time)
register.filter("deed", words.deed)
register.simple_tag(icon)
register.simple_tag(fields.field, name="form_field")


@register.filter
def span(low: Number | None, high: Number | None) -> str:
    """``{{ 26|span:51 }}`` → 26–51."""
    return typography.span(low, high)


@register.filter
def percent_span(low: Number | None, high: Number | None) -> str:
    """``{{ 54|percent_span:70 }}`` → 54–70 %."""
    return typography.percent_span(low, high)


@register.filter
def iso(moment: dt.date) -> str:
    """For the ``datetime`` of a ``<time>``."""
    return moment.isoformat()


@register.filter
def markdown(text: str, top: int = 2) -> SafeString:
    """Safe HTML of an officer's text; ``top`` is the level of its highest heading."""
    return texts.render(text, top)


@register.simple_tag
def translated(obj: Any, field: str, *, top: int = 0, note: bool = True) -> SafeString:
    """``{% translated method "name" %}``: the text, marked with its language where that is not the reader's.

    ``top=3`` reads it as Markdown whose highest heading is h3; ``note=False`` leaves the visible word out.
    """
    if not top:
        return in_languages.html(obj, field, note=note)
    found = in_languages.said(obj, field)
    return in_languages.block(texts.render(found.text, top), found, note=note)


@register.simple_tag
def estimate(value: Number | None, low: Number, high: Number) -> str:
    """``{% estimate 66 58 74 %}`` → 66 % (58–74)."""
    return typography.estimate(value, low, high)


@register.simple_tag
def theme_url(city: Themed) -> str:
    return address_of_theme(city)


@register.simple_tag(takes_context=True)
def page_link(context: Context, name: str, optional: str = "") -> str:
    """The address of a page of the house, in the city at hand if it has such a page; empty where there is no such room.

    A room (URL namespace) that is not built yet, and a city's page seen without a city, give an empty string. A
    page missing from a room that exists is a mistake and raises NoReverseMatch, unless marked ``"optional"``.
    """
    city = context.get("city")
    return navigation.address_if_any(name, city.slug if city is not None else "", optional=bool(optional))


@register.simple_tag
def front_door() -> str:
    """The shared front page in the reader's language."""
    return navigation.front_door(get_language() or settings.LANGUAGE_CODE)


@register.filter
def error_anchor(field: BoundField) -> str:
    """The id of the control that an error summary leads to: the first one of a group."""
    return field.id_for_label or f"{field.auto_id}_0"


@register.filter
def item(mapping: dict[Any, Any], key: Any) -> Any:
    """``{{ mapping|item:key }}``, or nothing."""
    return mapping.get(key, "")


@register.filter
def at(sequence: Sequence[Any], index: int) -> Any:
    """``{{ columns|at:forloop.counter0 }}``"""
    return sequence[index]


@register.simple_tag
def table_heads(heads: Any) -> SafeString:
    """``{% table_heads table.heads %}``: headings of kit.crud's table, links where they sort."""
    return ledger.heads(heads)


@register.simple_tag(takes_context=True)
def table_rows(context: Context, rows: Any) -> SafeString:
    """``{% table_rows table.rows %}``: rows of kit.crud's table, the first cell of each its heading."""
    return ledger.rows(context, rows)


@register.filter
def page_numbers(page: Page[Any]) -> list[int | None]:
    """Pages to link to: the first, the last and those around this one; None where some are left out."""
    near = {1, page.paginator.num_pages, *range(page.number - 1, page.number + 2)}
    shown = [number for number in sorted(near) if 1 <= number <= page.paginator.num_pages]
    numbers: list[int | None] = []
    for number in shown:
        if numbers and number - (numbers[-1] or 0) > 1:
            numbers.append(None)
        numbers.append(number)
    return numbers


@register.simple_tag
def chart(drawn: Any) -> SafeString:
    """``{% chart chart %}``: a chart of kit.charts with its table or its list."""
    return render_to_string(drawn.template_name, {"chart": drawn})


@register.simple_tag
def chart_rows(drawn: Any) -> SafeString:
    """``{% chart_rows chart %}``: what is in the table of a chart that is one."""
    return rows_of_chart.rows(drawn)


@register.simple_tag
def clock_lines(groups: Any) -> SafeString:
    """``{% clock_lines chart.groups %}``: the list beside the annual clock."""
    return rows_of_chart.clock_lines(groups)


@register.simple_tag
def chart_figures(table: Any) -> SafeString:
    """``{% chart_figures chart.table %}``: rows of the table beside a picture."""
    return rows_of_chart.figures(table)


@register.simple_tag
def once_key() -> SafeString:
    """The key by which a form sent twice is known; every form that posts carries one."""
    return format_html('<input type="hidden" name="idempotency_key" value="{}">', uuid.uuid4())


class _CaptureNode(template.Node):
    child_nodelists = ("nodelist",)

    def __init__(self, nodelist: NodeList, name: str) -> None:
        self.nodelist = nodelist
        self.name = name

    def render(self, context: Context) -> SafeString:
        context[self.name] = mark_safe(self.nodelist.render(context).strip())  # noqa: S308 -- rendered, so escaped
        return mark_safe("")


@register.tag
def capture(parser: Parser, token: Token) -> _CaptureNode:
    """``{% capture as name %}…{% endcapture %}``: what is inside, to be used more than once on the page."""
    words = token.split_contents()
    if len(words) != 3 or words[1] != "as":  # noqa: PLR2004 -- capture as name
        raise template.TemplateSyntaxError("Write {% capture as name %}")
    nodelist = parser.parse(("endcapture",))
    parser.delete_first_token()
    return _CaptureNode(nodelist, words[2])


@register.simple_tag(takes_context=True)
def query(context: Context, **changes: Any) -> str:
    """The address of this list with some of its query changed; None or an empty string takes a key away."""
    params = context["request"].GET.copy()
    for key, value in changes.items():
        if value in {None, ""}:
            params.pop(key, None)
        else:
            params[key] = str(value)
    return f"?{params.urlencode()}"
