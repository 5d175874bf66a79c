"""The page on which a person says what the columns and words of a file are."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from talkoot.listen.surveys.matching import guess
from talkoot.listen.surveys.matching.reading import LEFT_OUT, Reading, unknown
from talkoot.listen.surveys.matching.targets import bare

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from talkoot.listen.surveys.matching.reading import Examined, FileColumn
    from talkoot.listen.surveys.matching.targets import Target

WORDS_MOST = 30
"""As many unknown words of a column are asked about; the rest is refused row by row."""


@dataclass(frozen=True)
class Asked:
    """A column with its fields: what it is, which part of it, what its unknown words mean."""

    column: FileColumn
    target: Any
    part: Any
    words: list[Any]
    many: int


class MatchForm(forms.Form):
    """`reading` is what was guessed or said so far. After `is_valid`, `said` is what the form says now.

    Parts and words are those of the target that was chosen when the page was made; `asks_more` tells that the
    choice of another target brought new ones, which the page must show first.
    """

    token = forms.UUIDField(widget=forms.HiddenInput)
    matching = forms.CharField(widget=forms.HiddenInput, initial="1")

    def __init__(
        self,
        *args: Any,
        examined: Examined,
        targets: Mapping[str, Target],
        reading: Reading,
        cities: list[tuple[str, str]],
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        self.examined, self.targets, self.reading = examined, targets, reading
        choices = self._choices()
        self.fields["city"] = forms.ChoiceField(
            label=_("Municipality of the rows when no column says it"), choices=cities, initial=reading.city
        )
        for place, column in enumerate(examined.columns):
            self._ask(place, column, choices)

    def _choices(self) -> list[Any]:
        facts = [(t.key, t.label) for t in self.targets.values() if t.kind == "fact"]
        questions = [(t.key, t.label) for t in self.targets.values() if t.kind != "fact"]
        return [
            ("", _("Leave the column out")),
            (_("Facts of the respondent"), facts),
            (_("Questions"), questions),
        ]

    def _ask(self, place: int, column: FileColumn, choices: list[Any]) -> None:
        key, part = self.reading.columns.get(column.heading, guess.NOTHING)
        label = _("What %(column)s is") % {"column": column.heading}
        self.fields[f"k{place}"] = forms.ChoiceField(
            label=label, choices=choices, required=False, initial=key
        )
        target = self.targets.get(key)
        if target is None:
            return
        if target.parts:
            whole = (
                _("Several choices in one cell") if target.kind != "matrix" else _("All lines in one cell")
            )
            parts = [("", whole), *target.parts.items()]
            self.fields[f"p{place}"] = forms.ChoiceField(
                label=_("Which part"), choices=parts, required=False, initial=part
            )
        own = self.reading.values.get(key, {})
        words = [("", _("Not matched: the rows are refused")), (LEFT_OUT, _("Read as no answer"))]
        for number, (text, count) in enumerate(self._unknown(column)[:WORDS_MOST]):
            says = ngettext("“%(text)s” on %(n)s row", "“%(text)s” on %(n)s rows", count)
            self.fields[f"w{place}-{number}"] = forms.ChoiceField(
                label=says % {"text": text, "n": count},
                choices=[*words, *target.values.items()],
                required=False,
                initial=own.get(bare(text), ""),
            )

    def _unknown(self, column: FileColumn) -> list[tuple[str, int]]:
        key, part = self.reading.columns.get(column.heading, guess.NOTHING)
        target = self.targets.get(key)
        return list(unknown(column, target, part).items()) if target else []

    def asked(self) -> Iterator[Asked]:
        """The columns in the order of the file, for the page."""
        for place, column in enumerate(self.examined.columns):
            words = [self[name] for name in self.fields if name.startswith(f"w{place}-")]
            part = self[f"p{place}"] if f"p{place}" in self.fields else None
            many = max(0, len(self._unknown(column)) - WORDS_MOST)
            yield Asked(column, self[f"k{place}"], part, words, many)

    def clean(self) -> dict[str, Any]:
        data: dict[str, Any] = super().clean() or self.cleaned_data
        self.said, self.asks_more = self._said(data)
        if twice := self.said.twice():
            message = _(
                "Two columns are read as %(name)s. Leave one out, or say which part of it each of them is."
            )
            raise ValidationError(message % {"name": self.targets[twice].label})
        if not any(self.targets[key].kind != "fact" for key, _part in self.said.columns.values() if key):
            raise ValidationError(_("No column is a question. Match at least one."))
        return data

    def _said(self, data: Mapping[str, Any]) -> tuple[Reading, bool]:
        made, more = Reading(city=data.get("city", "")), False
        for place, column in enumerate(self.examined.columns):
            key, before = (
                data.get(f"k{place}", ""),
                self.reading.columns.get(column.heading, guess.NOTHING)[0],
            )
            part = data.get(f"p{place}", "") if key == before else ""
            made.columns[column.heading] = (key, part)
            own = made.values.setdefault(key, {}) if key else {}
            if key and key == before:
                for number, (text, _count) in enumerate(self._unknown(column)[:WORDS_MOST]):
                    if code := data.get(f"w{place}-{number}", ""):
                        own[bare(text)] = code
            elif key:
                guess.values_of(made, column, self.targets[key], part)
                more = more or bool(self.targets[key].parts or unknown(column, self.targets[key], part))
        return made, more
