"""The layout of a file of answers: one row a respondent, one column a question.

`respondent` (a number, R012 is 12), `municipality` (code, or other), `kind`, `size`, `industry`, then a column for
each question by its code; several choices in one cell are separated by |. `language`, `by_officer` and
`simulated` are optional. An empty cell is a question that was passed over, which is not no.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from django import forms
from django.core.exceptions import ValidationError
from django.core.validators import RegexValidator
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from talkoot.kit.exchange import Column, Sheet
from talkoot.listen.surveys.models import Question, Response
from talkoot.listen.surveys.sizes import CLASSES

if TYPE_CHECKING:
    from collections.abc import Collection

    from talkoot.listen.surveys.models import Round

ELSEWHERE = "other"
SEPARATOR = "|"
YES, NO = {"yes", "1", "true", "kyllä", "ja"}, {"", "no", "0", "false", "ei", "nej"}
_RESPONDENT = re.compile(r"[A-Za-z]{0,2}0*(\d{1,9})")
_SECTION = RegexValidator(r"^[A-Xa-x]$", gettext_lazy("Write the letter of the section, such as C."))


class RespondentField(forms.CharField):
    """A running number; a letter before it is let go."""

    def clean(self, value: Any) -> int:
        found = _RESPONDENT.fullmatch(super().clean(value))
        if not found:
            raise ValidationError(_("Write a running number, such as 12 or R012. Do not use names."))
        return int(found[1])


class OneOf(forms.CharField):
    """A cell with one of the known codes."""

    def __init__(self, known: Collection[str], **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.known = known

    def clean(self, value: Any) -> str:
        text: str = super().clean(value)
        if text and text not in self.known:
            raise ValidationError(_unknown(text, self.known))
        return text


class SomeOf(forms.CharField):
    """A cell with any number of the known codes, and at most `most` of them."""

    def __init__(self, known: Collection[str], most: int | None, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.known, self.most = known, most

    def clean(self, value: Any) -> tuple[str, ...]:
        codes = tuple(
            dict.fromkeys(part.strip() for part in super().clean(value).split(SEPARATOR) if part.strip())
        )
        for code in codes:
            if code not in self.known:
                raise ValidationError(_unknown(code, self.known))
        if self.most is not None and len(codes) > self.most:
            raise ValidationError(_("At most %(most)s choices are allowed.") % {"most": self.most})
        return codes


class YesNo(forms.CharField):
    def clean(self, value: Any) -> bool:
        text = super().clean(value).casefold()
        if text not in YES | NO:
            raise ValidationError(_("Write yes or no."))
        return text in YES


def sheet_of(survey: Round) -> Sheet:
    """The columns that answers to this round may have."""
    cities = {city.code for city in survey.municipalities()} | {ELSEWHERE}
    taken = set(Response.objects.filter(round=survey).values_list("number", flat=True))

    def check(values: dict[str, Any]) -> None:
        if values["respondent"] in taken:
            raise ValidationError({"respondent": _("This respondent is already in the round.")})
        if values["simulated"] and not survey.simulated:
            sentence = _("Simulated answers may only be imported into a round that is marked as simulated.")
            raise ValidationError({"simulated": sentence})

    columns = [
        Column(key="respondent", label=gettext_lazy("Respondent"), field=RespondentField()),
        Column(key="municipality", label=gettext_lazy("Municipality"), field=OneOf(cities)),
        Column(key="kind", label=gettext_lazy("Kind of respondent"), field=OneOf(Response.Kind.values)),
        Column(key="size", label=gettext_lazy("Company size"), field=OneOf(CLASSES, required=False)),
        Column(
            key="industry",
            label=gettext_lazy("Sector"),
            field=forms.CharField(required=False, validators=[_SECTION]),
        ),
        Column(
            key="language", label=gettext_lazy("Language"), field=OneOf(("fi", "sv", "en"), required=False)
        ),
        Column(key="by_officer", label=gettext_lazy("Recorded by an officer"), field=YesNo(required=False)),
        Column(key="simulated", label=gettext_lazy("Simulated"), field=YesNo(required=False)),
        *(_column(question) for question in own_questions(survey)),
    ]
    return Sheet(columns=columns, unique=("respondent",), check=check)


def own_questions(survey: Round) -> list[Question]:
    """Questions with answers of their own; contact details are never imported."""
    questions = Question.objects.filter(questionnaire=survey.questionnaire_id, base="")
    return list(questions.exclude(kind=Question.Kind.CONTACT).prefetch_related("options"))


def _column(question: Question) -> Column:
    codes = [option.code for option in question.options.all()]
    field: forms.Field
    if question.kind == Question.Kind.TEXT:
        field = forms.CharField(required=False, max_length=5000)
    elif question.kind == Question.Kind.MULTIPLE:
        field = SomeOf(codes, question.max_choices, required=False)
    else:
        field = OneOf(codes, required=False)
    return Column(key=question.code, label=question.code, field=field)


def _unknown(text: str, known: Collection[str]) -> str:
    return _("%(text)s is not among the choices: %(known)s.") % {
        "text": text,
        "known": ", ".join(sorted(known)),
    }
