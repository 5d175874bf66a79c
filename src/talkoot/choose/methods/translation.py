from __future__ import annotations

from modeltranslation.translator import TranslationOptions, register

from talkoot.choose.methods.models import CityEffort, CityScore, Goal, Method


@register(Method)
class MethodTranslation(TranslationOptions):
    fields = (
        "name",
        "purpose",
        "what",
        "why",
        "how",
        "where",
        "cadence_note",
        "effort_note",
        "effort_source",
        "euros_note",
        "evidence_text",
    )
    required_languages = {"fi": ("name", "purpose"), "default": ()}


@register(Goal)
class GoalTranslation(TranslationOptions):
    fields = ("source",)
    required_languages = ()


@register(CityEffort)
class CityEffortTranslation(TranslationOptions):
    fields = ()


@register(CityScore)
class CityScoreTranslation(TranslationOptions):
    fields = ()
