from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django import forms
from django.utils.translation import gettext_lazy as _

from talkoot.city.roadmap.models import Goal, Indicator, Roadmap, Theme, Value
from talkoot.kit.crud.forms import VersionedForm
from talkoot.kit.ui.forms import DateInput, DecimalField

if TYPE_CHECKING:
    from django.utils.functional import _StrPromise

NAMES = ("name_fi", "name_sv", "name_en")
TEXTS = ("text_fi", "text_sv", "text_en")
LABELS: dict[str, _StrPromise] = {
    "name_fi": _("Name in Finnish"),
    "name_sv": _("Name in Swedish"),
    "name_en": _("Name in English"),
    "text_fi": _("Description in Finnish"),
    "text_sv": _("Description in Swedish"),
    "text_en": _("Description in English"),
    "unit_fi": _("Unit in Finnish"),
    "unit_sv": _("Unit in Swedish"),
    "unit_en": _("Unit in English"),
    "source_fi": _("Source in Finnish"),
    "source_sv": _("Source in Swedish"),
    "source_en": _("Source in English"),
    "method_fi": _("Who calculates and how, in Finnish"),
    "method_sv": _("Who calculates and how, in Swedish"),
    "method_en": _("Who calculates and how, in English"),
    "decision_fi": _("Decision, in Finnish"),
    "decision_sv": _("Decision, in Swedish"),
    "decision_en": _("Decision, in English"),
}
AREAS = {name: forms.Textarea(attrs={"rows": 3}) for name in TEXTS}


class RoadmapForm(VersionedForm):
    class Meta:
        model = Roadmap
        fields = (
            *NAMES,
            *TEXTS,
            *(
                "version_name",
                "decision_fi",
                "decision_sv",
                "decision_en",
                "decided_on",
                "start_year",
                "target_year",
            ),
            *("source", "url", "retrieved_on", "published"),
        )
        labels = LABELS
        widgets = {**AREAS, "decided_on": DateInput, "retrieved_on": DateInput}

    def clean(self) -> None:
        super().clean()
        first, last = self.cleaned_data.get("start_year"), self.cleaned_data.get("target_year")
        if first and last and last < first:
            self.add_error("target_year", _("The target year is before the first year."))


class ThemeForm(VersionedForm):
    class Meta:
        model = Theme
        fields = (*NAMES, "code", "order")
        labels = LABELS


class GoalForm(VersionedForm):
    class Meta:
        model = Goal
        fields = (*NAMES, *TEXTS, "theme", "code", "target_year", "source", "url", "order")
        labels = LABELS
        widgets = AREAS

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["theme"].queryset = Theme.objects.filter(roadmap=self.instance.roadmap_id)  # type: ignore[attr-defined]  # a ModelChoiceField


class IndicatorForm(VersionedForm):
    target_value = DecimalField(label=_("Target value"), max_digits=14, decimal_places=3, required=False)

    class Meta:
        model = Indicator
        fields = (
            *NAMES,
            *(
                "unit_fi",
                "unit_sv",
                "unit_en",
                "goal",
                "direction",
                "base_year",
                "target_year",
                "target_value",
            ),
            *("target_url", "method_fi", "method_sv", "method_en", "order"),
        )
        labels = LABELS

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["goal"].queryset = Goal.objects.filter(roadmap=self.instance.roadmap_id)  # type: ignore[attr-defined]  # a ModelChoiceField

    def clean(self) -> None:
        super().clean()
        if self.cleaned_data.get("target_value") is not None and not self.cleaned_data.get("target_year"):
            self.add_error("target_year", _("Write the year in which the target value should be reached."))


class ValueForm(forms.ModelForm[Value]):
    """A new figure; a figure that was wrong is not overwritten, a corrected one is added beside it."""

    value = DecimalField(label=_("Value"), max_digits=14, decimal_places=3)

    class Meta:
        model = Value
        fields = (
            *("year", "value", "estimate", "source_fi", "source_sv", "source_en", "url"),
            *("published_on", "retrieved_on", "method_version"),
        )
        labels = LABELS
        widgets = {"published_on": DateInput, "retrieved_on": DateInput}
        help_texts = {"estimate": _("Worked out or estimated, not published as such.")}

    def save(self, commit: bool = True) -> Any:  # noqa: FBT001, FBT002 -- Django's signature
        self.instance.unit = self.instance.indicator.unit_fi or ""
        return super().save(commit)

    def _get_validation_exclusions(self) -> set[str]:
        """The unit is the indicator's; the form does not ask for it."""
        return {*super()._get_validation_exclusions(), "unit"}  # type: ignore[misc]  # Django's own, without a type
