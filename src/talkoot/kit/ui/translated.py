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
    """A text, the code of the language that it is really in, and whether that is another than the reader's."""

    text: str
    language: str
    is_foreign: bool


def columns(*fields: str) -> list[str]:
    """Translated fields in each language, for `only`; the column without a language says nothing that they do not."""
    return [f"{field}_{code}" for field in fields for code, _name in settings.LANGUAGES]


def said(obj: Any, field: str) -> Said:
    """What `obj` says in a translated field, in the reader's language or the first one that it has."""
    reader = get_language() or settings.LANGUAGE_CODE
    for code in (reader, *settings.MODELTRANSLATION_FALLBACK_LANGUAGES):
        if text := getattr(obj, f"{field}_{code}", None):
            return Said(str(text), code, code != reader)
    return Said("", reader, is_foreign=False)


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


def for_document(obj: Any, field: str, after: str = "") -> str | dict[str, str]:
    """The text of a field for a PDF (`said` of base.typ), marked where it is not in the language in force."""
    found = said(obj, field)
    if not found.is_foreign:
        return found.text + after
    return {"text": found.text, "language": found.language, "note": f"({IN[found.language]})", "after": after}


def block(rendered: SafeString, found: Said, *, note: bool = True) -> SafeString:
    """Paragraphs made of a text: in an element with its language, and the word that names it above them."""
    if not found.is_foreign:
        return rendered
    word = format_html('<p class="in-language">({})</p>', IN[found.language]) if note else mark_safe("")
    return format_html('{}<div class="stack tight" lang="{}">{}</div>', word, found.language, rendered)
