from __future__ import annotations

from modeltranslation.translator import TranslationOptions, register

from talkoot.choose.pilots.models import Participant, Pilot


@register(Pilot)
class PilotTranslation(TranslationOptions):
    fields = (
        "name",
        "hypothesis",
        "measure",
        "lesson_worked",
        "lesson_for_whom",
        "lesson_did_not",
        "lesson_again",
    )
    required_languages = {"fi": ("name",), "default": ()}


@register(Participant)
class ParticipantTranslation(TranslationOptions):
    fields = ()
