"""Forms of a versioned row, and the difference between two writers."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django import forms
from django.core.validators import MaxValueValidator

from talkoot.kit.audit import log
from talkoot.kit.crud.models import Versioned

if TYPE_CHECKING:
    from django.db import models


class VersionedForm(forms.ModelForm):  # type: ignore[type-arg]  # one form class serves many models
    """A ModelForm that carries the version it was opened with."""

    version = forms.IntegerField(
        widget=forms.HiddenInput, required=False, validators=[MaxValueValidator(2**31 - 1)]
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if isinstance(self.instance, Versioned) and self.instance.pk:
            self.fields["version"].initial = self.instance.version

    def is_outdated(self, current: Versioned) -> bool:
        """Someone has saved the row since this form was opened."""
        return bool(self.cleaned_data.get("version") != current.version)


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
    for name, field in form.fields.items():
        if name == "version" or not hasattr(current, name):
            continue
        mine, theirs = form.cleaned_data.get(name), getattr(current, name)
        if mine != theirs:
            rows.append(Difference(str(field.label or name), opened.get(name, theirs), mine, theirs))
    return rows


def _values_at(current: models.Model, version: int) -> dict[str, Any]:
    """Values that have changed since `version`, as they were then."""
    values: dict[str, Any] = {}
    for event in log.timeline(current):
        if event.changes.get("version", [0, 0])[1] <= version:
            break
        values |= {name: change[0] for name, change in event.changes.items()}
    return values
