from __future__ import annotations

from modeltranslation.translator import TranslationOptions, register

from talkoot.listen.pulse.models import Check, Heard, Outcome, Tap


@register(Heard)
class HeardTranslation(TranslationOptions):
    fields = ()


@register(Outcome)
class OutcomeTranslation(TranslationOptions):
    fields = ("said", "done")
    required_languages = {"fi": ("said", "done"), "default": ()}


@register(Check)
class CheckTranslation(TranslationOptions):
    fields = ("question",)
    required_languages = {"fi": ("question",), "default": ()}


@register(Tap)
class TapTranslation(TranslationOptions):
    fields = ()
