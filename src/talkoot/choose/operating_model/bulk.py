"""All methods of a draft on one sheet: a row a method, saved together, each against the version it was opened with."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING, Any

from django import forms
from django.core.validators import MaxValueValidator
from django.utils.dates import MONTHS
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _

from talkoot.choose.operating_model import rhythm
from talkoot.choose.operating_model.forms import as_typed
from talkoot.choose.operating_model.models import ModelMethod, OperatingModel
from talkoot.choose.operating_model.rhythm import Rhythm
from talkoot.kit import typography
from talkoot.kit.audit import log
from talkoot.kit.ui.forms import DateInput, DecimalField

if TYPE_CHECKING:
    from collections.abc import Mapping

    from django.forms import BoundField

    from talkoot.kit.access.request import AnyUser

Values = dict[str, Any]
IN_LANGUAGE = ("indicator", "indicator_unit")


class RowForm(forms.Form):
    """What most needs to be said of a method: who, how much, when, and how it is known to help."""

    version = forms.IntegerField(widget=forms.HiddenInput, validators=[MaxValueValidator(2**31 - 1)])
    owner_unit = forms.TypedChoiceField(
        label=gettext_lazy("Responsible unit"), required=False, coerce=int, empty_value=None
    )
    person_days = forms.IntegerField(
        label=gettext_lazy("Effort, person-days a year"), required=False, min_value=0, max_value=10_000
    )
    starts_on = forms.DateField(label=gettext_lazy("Start"), required=False, widget=DateInput())
    rhythm = forms.ChoiceField(label=gettext_lazy("How often"), required=False)
    indicator = forms.CharField(label=gettext_lazy("Indicator"), required=False, max_length=200)
    target = DecimalField(label=gettext_lazy("Target value"), required=False, max_digits=12, decimal_places=2)
    indicator_unit = forms.CharField(label=gettext_lazy("Unit of the target"), required=False, max_length=60)

    def __init__(
        self, item: ModelMethod, units: list[tuple[Any, str]], data: Mapping[str, Any] | None = None
    ) -> None:
        self.item = item
        super().__init__(data, prefix=f"m{item.pk}", initial=_typed(item.version, values(item)))
        for name, choices in (("owner_unit", units), ("rhythm", self._rhythms(data))):
            self.fields[name].choices = choices  # type: ignore[attr-defined]  # choice fields
        for field in (each for each in self.fields.values() if not each.widget.is_hidden):
            field.widget.attrs |= {
                "placeholder": field.label,
                "aria-label": f"{item.method.name}: {field.label}",
            }
            field.label = field.widget.attrs["aria-label"]

    def _rhythms(self, data: Mapping[str, Any] | None) -> list[tuple[str, str]]:
        """The rhythms to choose from; months picked one by one may stay as they are."""
        choices = [(str(key), str(label)) for key, label in rhythm.LABELS.items()]
        months = self.item.months
        if rhythm.of(months) == Rhythm.OWN:
            names = ", ".join(str(MONTHS[month]) for month in sorted(months))
            choices.append((str(Rhythm.OWN), names))
        elif data is not None and data.get(f"{self.prefix}-rhythm") == Rhythm.OWN:
            choices.append((str(Rhythm.OWN), _("As it was")))
        return choices

    @property
    def cells(self) -> list[list[BoundField]]:
        """The fields as the columns of the table; what is said of the indicator shares one."""
        names = (
            ("owner_unit",),
            ("person_days",),
            ("starts_on",),
            ("rhythm",),
            ("indicator", "target", "indicator_unit"),
        )
        return [[self[name] for name in cell] for cell in names]

    def mine(self, opened: Values) -> Values:
        """The values that this writer wants, having seen `opened`."""
        data = self.cleaned_data
        start, first = data["starts_on"] or opened["starts_on"], opened["starts_on"] or data["starts_on"]
        months = rhythm.changed(
            opened["months"],
            first.month if first else 1,
            rhythm=Rhythm(data["rhythm"]),
            start=start.month if start else 1,
        )
        return {
            "owner_unit_id": data["owner_unit"],
            "person_days": data["person_days"],
            "starts_on": data["starts_on"],
            "months": months,
            "target": data["target"],
            **{_in_language(name): data[name] for name in IN_LANGUAGE},
        }


def _in_language(name: str) -> str:
    """The field in the language that the writer reads."""
    return f"{name}_{get_language() or 'fi'}"


def values(item: ModelMethod) -> Values:
    """What the sheet holds of a method, by the names of the columns in the database."""
    own = ("owner_unit_id", "person_days", "starts_on", "months", "target")
    found = {name: getattr(item, name) for name in own}
    return found | {_in_language(name): getattr(item, _in_language(name)) or "" for name in IN_LANGUAGE}


def opened_at(item: ModelMethod, version: int) -> Values:
    """The values as they were in that version, read from the log."""
    held = values(item)
    for event in log.timeline(item):
        if event.changes.get("version", [0, 0])[1] <= version:
            break
        for name in held.keys() & event.changes.keys():
            held[name] = item._meta.get_field(name).to_python(event.changes[name][0])  # type: ignore[union-attr]  # a column
    return held | {_in_language(name): held[_in_language(name)] or "" for name in IN_LANGUAGE}


def _typed(version: int, held: Values) -> Values:
    """The values as the form's fields begin with them."""
    return {
        "version": version,
        "owner_unit": held["owner_unit_id"],
        "rhythm": str(rhythm.of(held["months"])),
        **{name: held[name] for name in ("person_days", "starts_on")},
        "target": as_typed(held["target"]),
        **{name: held[_in_language(name)] for name in IN_LANGUAGE},
    }


class Merge:
    """A row as it was opened, as this writer wants it and as it is saved now."""

    def __init__(self, row: RowForm, item: ModelMethod) -> None:
        self.row, self.item, self.theirs = row, item, values(item)
        opened = opened_at(item, row.cleaned_data["version"])
        self.mine = {name: value for name, value in row.mine(opened).items() if value != opened[name]}
        self.clashing = [
            name for name in self.mine if self.theirs[name] not in (opened[name], self.mine[name])
        ]

    def taken(self) -> log.Changes:
        """Put this writer's values into the row; returns what changed."""
        before = log.snapshot(self.item)
        for name, value in self.mine.items():
            setattr(self.item, name, value)
        self.item.version += 1
        return log.difference(before, log.snapshot(self.item))

    def ask(self, row: RowForm) -> None:
        """Say at each field that both have changed what the other one saved there."""
        event = log.timeline(self.item).first()
        for name in self.clashing:
            field = {"owner_unit_id": "owner_unit", "months": "rhythm"}.get(name, name)
            text = _("{name} saved here meanwhile: {value}. Save again to keep yours, or write theirs.")
            value = self._in_words(name) or _("empty")
            row.add_error(
                field.removesuffix(f"_{get_language() or 'fi'}"),
                text.format(name=(event.actor_name if event else "") or _("Someone"), value=value),
            )

    def _in_words(self, name: str) -> str:
        value = self.theirs[name]
        if name == "owner_unit_id":
            return str(self.item.owner_unit or "")
        if name == "months":
            return self.item.month_names
        return typography.date(value) if isinstance(value, dt.date) else str("" if value is None else value)


class Sheet:
    """The rows of a draft as one form; a row that was not sent is left as it is."""

    is_multipart = False

    def __init__(self, model: OperatingModel, data: Any = None) -> None:
        self.model, self.data = model, data
        units = [("", _("Not named yet")), *((unit.pk, str(unit)) for unit in model.city.units.all())]
        self.rows = [
            RowForm(item, units, data if f"m{item.pk}-version" in (data or {}) else None)
            for item in model.items.select_related("method")
        ]
        self.hidden_fields: list[BoundField] = []
        self.non_field_errors: list[str] = []

    @property
    def sent(self) -> list[RowForm]:
        return [row for row in self.rows if row.is_bound]

    @property
    def gone(self) -> int:
        """Rows that were sent but are in the model no longer."""
        known = {f"{row.prefix}-version" for row in self.rows}
        return sum(name.endswith("-version") and name not in known for name in self.data or ())

    def is_valid(self) -> bool:
        return not self.errors

    @property
    def errors(self) -> list[str]:
        return [str(text) for row in self.sent for texts in row.errors.values() for text in texts]

    @property
    def visible_fields(self) -> list[BoundField]:
        return [field for row in self.rows for field in row.visible_fields()]

    def clashes(self) -> Sheet | None:
        """A sheet that asks about fields which both this writer and another have changed; None if there are none.

        Call it inside the transaction that saves: the rows are read anew and locked. Of a row that another person has
        saved meanwhile, `save` takes the fields that this writer has touched, and leaves the rest.
        """
        locked = ModelMethod.objects.select_for_update().filter(pk__in=[row.item.pk for row in self.sent])
        now = {item.pk: item for item in locked}
        merges = [Merge(row, now[row.item.pk]) for row in self.sent if row.item.pk in now]
        self.merges = [merge for merge in merges if merge.mine]
        if not any(merge.clashing for merge in merges):
            return None
        asked = Sheet(self.model, self._brought_up_to_date(merges))
        for merge in merges:
            merge.ask(next(row for row in asked.rows if row.item.pk == merge.item.pk))
        return asked

    def _brought_up_to_date(self, merges: list[Merge]) -> Any:
        """What was typed, over what is saved now."""
        data = self.data.copy()
        for merge in merges:
            prefix = merge.row.prefix
            for name, value in _typed(merge.item.version, merge.theirs | merge.mine).items():
                data[f"{prefix}-{name}"] = "" if value is None else str(value)
        return data

    def save(self, *, by: AnyUser) -> OperatingModel:
        """Save the rows that this writer has changed, with an event for each. Call `clashes` first."""
        changes = {merge.item.pk: merge.taken() for merge in self.merges}
        items = [merge.item for merge in self.merges]
        if not items:
            return self.model
        ModelMethod.objects.bulk_update(items, [*values(items[0]), "version"])
        log.record_many(items, by=by, verb="edited", changes_of=changes)
        return self.model
