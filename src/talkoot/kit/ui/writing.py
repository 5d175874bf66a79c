"""HTML written in Python, where a page repeats a thing by the hundred: a template for each would be most of the page."""

from __future__ import annotations

from html import escape

from django.utils.safestring import SafeString


def escaped(value: object) -> str:
    """``value`` as it may stand in HTML, between tags or in quotes; what is safe already stays as it is.

    The same as Django's ``conditional_escape``, without its detour for words that are translated later.
    """
    if type(value) is str:
        return escape(value)
    if isinstance(value, SafeString):
        return value
    if hasattr(value, "__html__"):
        return str(value.__html__())
    text = str(value)
    return text if isinstance(text, SafeString) else escape(text)


def written(*parts: str) -> SafeString:
    """Parts that are HTML already, after each other."""
    return SafeString("".join(parts))
