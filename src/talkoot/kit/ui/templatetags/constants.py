"""Django's tags for what stays the same while the process runs: worked out once, not once a page.

A page says some fifty fixed sentences, names ten files and links to the same pages over and over.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django import template
from django.template.base import Node
from django.template.defaulttags import url as parse_url
from django.templatetags.i18n import do_translate
from django.templatetags.static import StaticNode
from django.utils.translation import get_language

from talkoot.kit.ui import navigation
from talkoot.kit.ui.writing import escaped

if TYPE_CHECKING:
    from django.template.base import Parser, Token
    from django.template.context import Context
    from django.template.defaulttags import URLNode
    from django.templatetags.i18n import TranslateNode

register = template.Library()


class Fixed(Node):
    """A node in which nothing depends on the page, with what it says in each language."""

    def __init__(self, node: Node) -> None:
        self.node = node
        self.said: dict[str | None, str] = {}

    def render(self, context: Context) -> str:
        language = _language(context)
        if language not in self.said:
            self.said[language] = self.node.render(context)
        return self.said[language]


def _language(context: Context) -> str | None:
    """Of the whole page: found out once, not for each word."""
    page: Any = context.render_context
    if not hasattr(page, "language"):
        page.language = get_language()
    language: str | None = page.language
    return language


class Address(Node):
    """The address of a page that takes a city at most, from the same store as the menus'."""

    def __init__(self, node: URLNode) -> None:
        self.node = node

    def render(self, context: Context) -> str:
        node = self.node
        city = node.kwargs["city"].resolve(context) if node.kwargs else ""
        if node.kwargs and not city:
            return node.render(context)  # Django's own words on what is missing
        address = navigation.address(node.view_name.resolve(context), str(city))
        return escaped(address) if context.autoescape else address


@register.tag("trans")
@register.tag
def translate(parser: Parser, token: Token) -> Node:
    """Django's ``{% translate %}``."""
    node: TranslateNode = do_translate(parser, token)
    said = node.filter_expression
    fixed = getattr(said.var, "literal", None) is not None and not said.filters
    return Fixed(node) if fixed and not node.asvar and not node.message_context else node


@register.tag
def static(parser: Parser, token: Token) -> Node:
    """Django's ``{% static %}``."""
    node = StaticNode.handle_token(parser, token)
    return node if node.path.is_var or node.varname else Fixed(node)


@register.tag
def url(parser: Parser, token: Token) -> Node:
    """Django's ``{% url %}``."""
    node = parse_url(parser, token)
    return node if node.args or set(node.kwargs) - {"city"} or node.asvar else Address(node)
