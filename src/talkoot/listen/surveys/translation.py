from __future__ import annotations

from modeltranslation.translator import TranslationOptions, register

from talkoot.listen.surveys.models import (
    Draft,
    Invitation,
    MatrixRow,
    Option,
    Question,
    Questionnaire,
    Response,
    Results,
    Round,
)


@register(Questionnaire)
class QuestionnaireTranslation(TranslationOptions):
    fields = ("name", "intro")
    required_languages = {"fi": ("name",)}


@register(Question)
class QuestionTranslation(TranslationOptions):
    fields = ("text", "why_we_ask")
    required_languages = {"fi": ("text",)}


@register([Option, MatrixRow])
class OptionTranslation(TranslationOptions):
    fields = ("text",)
    required_languages = ("fi",)


@register(Round)
class RoundTranslation(TranslationOptions):
    fields = ("name", "source")
    required_languages = {"fi": ("name",)}


@register([Response, Results, Draft, Invitation])
class NothingToTranslate(TranslationOptions):
    fields = ()
