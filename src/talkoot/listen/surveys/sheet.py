"""The layout of a file of answers: one row a respondent, one column a question.

`respondent` (a number, R012 is 12), `municipality` (code, or other), `kind`, `size`, `industry`, then a column for
each question by its code or, as other tools write it, by its text in any language; the same goes for the choices.
Several choices in one cell are separated by | or ;, a matrix is written line=choice|line=choice. `language`,
`by_officer` and `simulated` are optional. An empty cell is a question that was passed over, which is not no.
"""

from __future__ import annotations

import datetime as dt
import re
from typing import TYPE_CHECKING, Any

from django import forms
from django.core.exceptions import ValidationError
from django.core.validators import RegexValidator
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from talkoot.kit.exchange import Column, Sheet
from talkoot.kit.ui.forms import DecimalField
from talkoot.listen.surveys.models import Question, Response
from talkoot.listen.surveys.sizes import CLASSES

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping

    from talkoot.listen.surveys.models import Round

ELSEWHERE = "other"
SEPARATOR = "|"
SEPARATORS = re.compile(r"[|;]")
YES, NO = {"yes", "1", "true", "kyllä", "ja"}, {"", "no", "0", "false", "ei", "nej"}
EPOCH = dt.date(1899, 12, 30)
"""Day 0 of spreadsheets."""
_SERIAL = re.compile(r"[2-7]\d{4}(\.\d+)?")
_TIMED = re.compile(r"[\d.-]+[ T]\d{1,2}[:.]\d{2}([:.]\d{2})?(\.\d+)?Z?")
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
    """A cell with one of the known codes, or with words that mean one."""

    def __init__(self, known: Collection[str], means: Mapping[str, str] | None = None, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.known, self.means = known, means or {}

    def clean(self, value: Any) -> str:
        text: str = super().clean(value)
        return self.code(text) if text else ""

    def code(self, text: str) -> str:
        """Raises ValidationError when it is not among the choices."""
        found = text if text in self.known else self.means.get(bare(text))
        if found is None:
            raise ValidationError(_unknown(text, self.known))
        return found


class SomeOf(OneOf):
    """A cell with any number of the known codes, and at most `most` of them."""

    def __init__(
        self, known: Collection[str], most: int | None, means: Mapping[str, str] | None = None, **kwargs: Any
    ) -> None:
        super().__init__(known, means, **kwargs)
        self.most = most

    def clean(self, value: Any) -> tuple[str, ...]:  # type: ignore[override]  # several in place of one
        parts = [
            part.strip() for part in SEPARATORS.split(forms.CharField.clean(self, value)) if part.strip()
        ]
        codes = tuple(dict.fromkeys(map(self.code, parts)))
        if self.most is not None and len(codes) > self.most:
            raise ValidationError(_("At most %(most)s choices are allowed.") % {"most": self.most})
        return codes


class EachOf(OneOf):
    """A cell with a choice for each line of a matrix: line=choice|line=choice."""

    def __init__(self, lines: Collection[str], known: Collection[str], **kwargs: Any) -> None:
        super().__init__(known, **kwargs)
        self.lines = lines

    def clean(self, value: Any) -> dict[str, str]:  # type: ignore[override]  # several in place of one
        found = {}
        for part in SEPARATORS.split(forms.CharField.clean(self, value)):
            if part.strip():
                line, _sign, code = (piece.strip() for piece in part.partition("="))
                if line not in self.lines:
                    raise ValidationError(_unknown(line, self.lines))
                found[line] = self.code(code)
        return found


class NumberCell(DecimalField):
    def clean(self, value: Any) -> str:
        number = super().clean(value)
        text = "" if number is None else format(number, "f")
        return text.rstrip("0").rstrip(".") if "." in text else text


class DayCell(forms.DateField):
    """An ISO day out of what tools write: with or without a time, or as the running number of a spreadsheet."""

    input_formats = ("%Y-%m-%d", "%d.%m.%Y")

    def clean(self, value: Any) -> str:
        text = str(value).strip()
        if _SERIAL.fullmatch(text):
            value = EPOCH + dt.timedelta(days=int(text.partition(".")[0]))
        elif _TIMED.fullmatch(text):
            value = re.split(r"[ T]", text)[0]
        day = super().clean(value)
        return day.isoformat() if day else ""


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
    """Questions with answers of their own; contact details and files are never in a file of answers."""
    questions = Question.objects.filter(questionnaire=survey.questionnaire_id, base="")
    kept = questions.exclude(kind__in=(Question.Kind.CONTACT, Question.Kind.FILE))
    return list(kept.order_by("number").prefetch_related("options", "rows"))


def _column(question: Question) -> Column:
    texts = [text for text in _in_languages(question) if text]
    return Column(key=question.code, label=question.code, field=_cell(question), aliases=texts)


def _cell(question: Question) -> forms.Field:
    codes = [option.code for option in question.options.all()]
    means = {
        bare(text): option.code for option in question.options.all() for text in _in_languages(option) if text
    }
    kind = Question.Kind(question.kind)
    if kind == Question.Kind.TEXT:
        return forms.CharField(required=False, max_length=5000)
    if kind in {Question.Kind.MULTIPLE, Question.Kind.RANKING}:
        return SomeOf(codes, question.max_choices, means, required=False)
    if kind == Question.Kind.MATRIX:
        return EachOf([row.code for row in question.rows.all()], codes, required=False)
    if kind == Question.Kind.NUMBER:
        return NumberCell(required=False, min_value=question.low, max_value=question.high)
    if kind == Question.Kind.DATE:
        return DayCell(required=False)
    if kind == Question.Kind.CONSENT:
        return YesNo(required=False)
    return OneOf(codes, means, required=False)


def _in_languages(obj: Any) -> list[str | None]:
    return [getattr(obj, f"text_{code}") for code in ("fi", "sv", "en")]


def bare(text: str) -> str:
    """Words without what people write differently: case and spaces."""
    return " ".join(text.casefold().split())


def _unknown(text: str, known: Collection[str]) -> str:
    return _("%(text)s is not among the choices: %(known)s.") % {
        "text": text,
        "known": ", ".join(sorted(known)),
    }
