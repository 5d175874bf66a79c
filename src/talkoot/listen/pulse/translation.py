from __future__ import annotations

from modeltranslation.translator import TranslationOptions, register

from talkoot.listen.pulse.models import Feedback


@register(Feedback)
class FeedbackTranslation(TranslationOptions):
    fields = ()
