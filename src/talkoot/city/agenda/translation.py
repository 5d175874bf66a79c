from __future__ import annotations

from modeltranslation.translator import TranslationOptions, register

from talkoot.city.agenda.models import CalendarFeed, ChecklistItem, Task


@register(Task)
class TaskTranslation(TranslationOptions):
    fields = ()


@register(ChecklistItem)
class ChecklistItemTranslation(TranslationOptions):
    fields = ()


@register(CalendarFeed)
class CalendarFeedTranslation(TranslationOptions):
    fields = ()
