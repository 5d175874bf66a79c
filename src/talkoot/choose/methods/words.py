"""Words for the codes of the library: company sizes, sectors, colours of the groups, languages."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.conf import settings
from django.utils.translation import get_language, get_language_info, pgettext_lazy
from django.utils.translation import gettext_lazy as _

from talkoot.choose.methods.models import Category, Criterion
from talkoot.city.organisations.industries import SECTIONS
from talkoot.city.organisations.models import SizeClass

if TYPE_CHECKING:
    from django.utils.functional import _StrPromise

    from talkoot.choose.methods.models import Method

SIZES = {
    "micro": SizeClass.MICRO.label,
    "small": SizeClass.SMALL.label,
    "medium": SizeClass.MEDIUM.label,
    "large": SizeClass.LARGE.label,
}
GOALS = {
    Criterion.EMISSIONS: pgettext_lazy("short name of a goal", "Emissions"),
    Criterion.GREEN_BUSINESS: pgettext_lazy("short name of a goal", "Green business"),
    Criterion.ENVIRONMENT: pgettext_lazy("short name of a goal", "Other environment"),
    Criterion.INTERACTION: pgettext_lazy("short name of a goal", "Interaction"),
    Criterion.IMAGE: pgettext_lazy("short name of a goal", "Climate image"),
}
PIGMENTS = {
    Category.BASIC: "city",
    Category.AREA: "lake",
    Category.MARKET: "clay",
    Category.COMMUNICATION: "lingon",
    Category.TOGETHER: "lake",
    Category.REWARD: "lichen",
    Category.TRAINING: "ochre",
    Category.COMMITMENT: "spruce",
    Category.KNOWLEDGE: "lichen",
}
EMPTY_LIBRARY = _(
    "The library is empty. Those who run the service bring it in with one command: talkoot import library"
)
TRANSLATION_STATES = {
    "draft": _("Draft"),
    "reviewed": _("Reviewed"),
    "outdated": _("Outdated"),
    "": _("Not translated"),
}
TRANSLATION_NOTES = {
    "draft": _("This description is a draft: nobody outside the project has checked it yet."),
    "outdated": _("The Finnish description has changed since this translation was made."),
    "": _("This description is not available in this language yet. It is shown in Finnish."),
}


def sizes(method: Method) -> list[str | _StrPromise]:
    """Words for the company sizes that the method suits, smallest first."""
    return [label for code, label in SIZES.items() if code in method.sizes]


def industries(method: Method) -> list[str | _StrPromise]:
    """Words for the sectors that the method suits; none means all."""
    return [SECTIONS.get(code, code) for code in method.industries]


def translation_note(method: Method) -> str | _StrPromise:
    """What a reader must know of the text in the present language, or nothing."""
    if not method.is_described:
        return ""
    code = get_language() or settings.LANGUAGE_CODE
    return TRANSLATION_NOTES.get(_translation_state(method, code), "")


def translations(method: Method) -> list[tuple[str, str, str | _StrPromise]]:
    """(code, language in its own words, state of its text) for each language."""
    return [
        (
            code,
            get_language_info(code)["name_local"].capitalize(),
            TRANSLATION_STATES[_translation_state(method, code)],
        )
        for code, _name in settings.LANGUAGES
    ]


def _translation_state(method: Method, code: str) -> str:
    """Draft, reviewed or outdated; empty when there is no text in the language."""
    return str(method.translation_states.get(code, "draft")) if getattr(method, f"what_{code}") else ""
