from __future__ import annotations

from modeltranslation.translator import TranslationOptions, register

from talkoot.city.roadmap.models import Goal, Indicator, Roadmap, Theme, Value


@register(Roadmap)
class RoadmapTranslation(TranslationOptions):
    fields = ("name", "text", "theme_word", "decision")
    required_languages = {"fi": ("name",)}


@register(Theme)
class ThemeTranslation(TranslationOptions):
    fields = ("name",)
    required_languages = ("fi",)


@register(Goal)
class GoalTranslation(TranslationOptions):
    fields = ("name", "text")
    required_languages = {"fi": ("name",)}


@register(Indicator)
class IndicatorTranslation(TranslationOptions):
    fields = ("name", "unit", "target_note", "target_source", "method")
    required_languages = {"fi": ("name", "unit")}


@register(Value)
class ValueTranslation(TranslationOptions):
    fields = ("note", "source")
    required_languages = {"fi": ("source",)}
