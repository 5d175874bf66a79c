from __future__ import annotations

from modeltranslation.translator import TranslationOptions, register

from talkoot.city.changes.models import Effect, RoleChange


@register(RoleChange)
class RoleChangeTranslation(TranslationOptions):
    fields = ("name", "text")
    required_languages = {"fi": ("name",)}


@register(Effect)
class EffectTranslation(TranslationOptions):
    fields = ()
