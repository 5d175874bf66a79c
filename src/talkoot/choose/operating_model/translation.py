from __future__ import annotations

from modeltranslation.translator import TranslationOptions, register

from talkoot.choose.operating_model.models import ModelMethod, OperatingModel


@register(OperatingModel)
class OperatingModelTranslation(TranslationOptions):
    fields = ("intro", "deciding_body")


@register(ModelMethod)
class ModelMethodTranslation(TranslationOptions):
    fields = ("why", "indicator", "indicator_unit", "source")
