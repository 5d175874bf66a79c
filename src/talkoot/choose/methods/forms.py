from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from talkoot.choose.methods.models import CityEffort, CityScore
from talkoot.kit.crud.forms import VersionedForm
from talkoot.kit.ui.forms import DecimalField, NumberInput


def _amount(label: Any, unit: Any, most: int = 10_000_000) -> DecimalField:
    return DecimalField(
        label=label, required=False, min_value=0, max_value=most, widget=NumberInput(unit=unit)
    )


class _Judgement(VersionedForm):
    """Pairs of (low, high) fields named in `PAIRS`, and a reason."""

    PAIRS: tuple[tuple[str, str], ...]
    reason = forms.CharField(
        label=_("Reason"),
        widget=forms.Textarea(attrs={"rows": 3}),
        max_length=500,
        help_text=_("What the estimate rests on, so that a colleague can judge it later."),
    )

    def clean(self) -> dict[str, Any]:
        data: dict[str, Any] = super().clean() or self.cleaned_data
        for low, high in self.PAIRS:
            self._check_pair(data, low, high)
        return data

    def _check_pair(self, data: dict[str, Any], low: str, high: str) -> None:
        ends = data.get(low), data.get(high)
        if low in self.errors or high in self.errors or ends == (None, None):
            return
        if ends[1] is None:
            self.add_error(high, _("Give both ends of the range, or neither."))
        elif ends[0] is None:
            self.add_error(low, _("Give both ends of the range, or neither."))
        elif ends[0] > ends[1]:
            self.add_error(high, _("The upper end is below the lower end."))


class EffortForm(_Judgement):
    PAIRS = (("person_days_low", "person_days_high"), ("euros_low", "euros_high"))
    person_days_low = _amount(_("Person-days a year, at least"), _("htp"), 10_000)
    person_days_high = _amount(_("Person-days a year, at most"), _("htp"), 10_000)
    euros_low = _amount(_("Euros a year, at least"), "€")
    euros_high = _amount(_("Euros a year, at most"), "€")

    class Meta:
        model = CityEffort
        fields = ("person_days_low", "person_days_high", "euros_low", "euros_high", "reason")

    def clean(self) -> dict[str, Any]:
        data = super().clean()
        if not self.errors and all(data.get(name) is None for pair in self.PAIRS for name in pair):
            self.add_error("person_days_low", _("Give the person-days, the euros or both."))
        return data


class ScoreForm(_Judgement):
    PAIRS = (("low", "high"),)
    low = DecimalField(
        label=_("At least"),
        min_value=0,
        max_value=100,
        help_text=_("0 means that the method is not used, 100 the most that a method can do."),
    )
    high = DecimalField(label=_("At most"), min_value=0, max_value=100)

    class Meta:
        model = CityScore
        fields = ("low", "high", "reason")
