"""Forms of a versioned row, and the difference between two writers."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django import forms
from django.core.validators import MaxValueValidator
from django.utils.translation import gettext_lazy as _

from talkoot.kit.audit import log
from talkoot.kit.crud.models import Versioned

if TYPE_CHECKING:
    from django.db import models

IN_LANGUAGE = {"fi": _("{name}, in Finnish"), "sv": _("{name}, in Swedish"), "en": _("{name}, in English")}


class VersionedForm(forms.ModelForm):  # type: ignore[type-arg]  # one form class serves many models
    """A ModelForm that carries the version it was opened with."""

    version = forms.IntegerField(
        widget=forms.HiddenInput, required=False, validators=[MaxValueValidator(2**31 - 1)]
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if isinstance(self.instance, Versioned) and self.instance.pk:
            self.fields["version"].initial = self.instance.version
        for name, field in self.fields.items():
            field.label = _named_by_language(name, field.label)

    def is_outdated(self, current: Versioned) -> bool:
        """Someone has saved the row since this form was opened."""
        return bool(self.cleaned_data.get("version") != current.version)

    def saved(self, row: Versioned) -> dict[str, Any]:
        """What the saved row holds, by the names of the fields; a field that is kept otherwise is added here."""
        return {name: getattr(row, name) for name in self.fields if name != "version" and hasattr(row, name)}


def _named_by_language(name: str, label: Any) -> Any:
    """ "Name [sv]", as translated fields are called, in words."""
    code = name.rpartition("_")[2]
    if code not in IN_LANGUAGE:
        return label
    words, mark = str(label or ""), f" [{code}]"
    return str(IN_LANGUAGE[code]).format(name=words.removesuffix(mark)) if words.endswith(mark) else label


@dataclass(frozen=True)
class Difference:
    """One field as it was, as this writer wants it and as the other one saved it."""

    label: str
    before: Any
    mine: Any
    theirs: Any


def differences(form: VersionedForm, current: models.Model) -> list[Difference]:
    """Fields in which the form and the saved row differ; `before` is read from the log."""
    opened = _values_at(current, form.cleaned_data.get("version") or 0)
    rows = []
    for name, saved in form.saved(current).items():  # type: ignore[arg-type]  # versioned, or the form would not be
        field = form.fields[name]
        mine, theirs = in_words(field, form.cleaned_data.get(name)), in_words(field, saved)
        if mine != theirs:
            before = in_words(field, opened[name]) if name in opened else theirs
            rows.append(Difference(str(field.label or name), before, mine, theirs))
    return rows


def in_words(field: forms.Field, value: Any) -> Any:
    """A value as its writer chose it: rows by name, choices by label, an interval by its ends."""
    if isinstance(value, tuple):
        return "–".join(map(str, value))
    if hasattr(value, "all"):
        return ", ".join(str(row) for row in value.all()) or None
    if isinstance(field, forms.ModelChoiceField) or not hasattr(field, "choices"):
        return value
    labels = {str(key): str(label) for key, label in field.choices if not isinstance(label, (list, tuple))}
    chosen = value if isinstance(value, (list, tuple)) else [value]
    return ", ".join(labels.get(str(one), str(one)) for one in chosen if one not in {None, ""}) or None


def _values_at(current: models.Model, version: int) -> dict[str, Any]:
    """Values that have changed since `version`, as they were then."""
    values: dict[str, Any] = {}
    for event in log.timeline(current):
        if event.changes.get("version", [0, 0])[1] <= version:
            break
        values |= {name: change[0] for name, change in event.changes.items()}
    return values
