from __future__ import annotations

from modeltranslation.translator import TranslationOptions, register

from talkoot.choose.selection.models import Preference


@register(Preference)
class PreferenceTranslation(TranslationOptions):
    fields = ("name",)
    required_languages = {"fi": ("name",), "default": ()}
