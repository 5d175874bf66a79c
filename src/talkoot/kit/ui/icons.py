"""Signs of the sprite."""

from __future__ import annotations

from functools import lru_cache

from django.templatetags.static import static
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe


def icon(name: str, label: object = "", classes: str = "") -> SafeString:
    """A sign from the sprite: silent beside a word, or with ``label`` read aloud in its place."""
    return _icon(name, str(label), classes)


@lru_cache(maxsize=512)
def _icon(name: str, label: str, classes: str) -> SafeString:
    voice = format_html('role="img" aria-label="{}"', label) if label else mark_safe('aria-hidden="true"')
    sprite = static("ui/icons.svg")
    css = f"icon {classes}".strip()
    return format_html(
        '<svg class="{}" viewBox="0 0 24 24" {}><use href="{}#i-{}"/></svg>', css, voice, sprite, name
    )
