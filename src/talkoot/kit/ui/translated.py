"""A text in the reader's language, or in the one that it has; then marked as such, for the eye and the screen reader."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

from django.conf import settings
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from talkoot.kit.ui.writing import escaped, written

if TYPE_CHECKING:
    from django.utils.functional import _StrPromise

IN: dict[str, _StrPromise] = {"fi": _("in Finnish"), "sv": _("in Swedish"), "en": _("in English")}


class Said(NamedTuple):
    """A text and the code of the language that it is really in."""

    text: str
    language: str

    @property
    def is_foreign(self) -> bool:
        """The text is not in the reader's language."""
        return bool(self.text) and self.language != get_language()


def columns(*fields: str) -> list[str]:
    """Translated fields in each language, for `only`; the column without a language says nothing that they do not."""
    return [f"{field}_{code}" for field in fields for code, _name in settings.LANGUAGES]


def said(obj: Any, field: str) -> Said:
    """What `obj` says in a translated field, in the reader's language or the first one that it has."""
    reader = get_language() or settings.LANGUAGE_CODE
    for code in dict.fromkeys((reader, *settings.MODELTRANSLATION_FALLBACK_LANGUAGES)):
        if text := getattr(obj, f"{field}_{code}", None):
            return Said(str(text), code)
    return Said("", reader)


def marked(text: str | SafeString, language: str, *, note: bool = True) -> SafeString:
    """`text` in an element with its language and, unless `note` is off, a small word that names it."""
    spoken = format_html('<span lang="{}">{}</span>', language, text)
    if not note or language not in IN:
        return spoken
    return format_html('{} <span class="in-language">({})</span>', spoken, IN[language])


def html(obj: Any, field: str, *, note: bool = True) -> SafeString:
    """The text of a field for a page, marked where it is not in the reader's language."""
    found = said(obj, field)
    if found.is_foreign:
        return marked(found.text, found.language, note=note)
    return written(escaped(found.text))


def block(rendered: SafeString, found: Said, *, note: bool = True) -> SafeString:
    """Paragraphs made of a text: in an element with its language, and the word that names it above them."""
    if not found.is_foreign:
        return rendered
    word = format_html('<p class="in-language">({})</p>', IN[found.language]) if note else mark_safe("")
    return format_html('{}<div class="stack tight" lang="{}">{}</div>', word, found.language, rendered)
