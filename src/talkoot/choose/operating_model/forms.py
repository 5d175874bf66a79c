from __future__ import annotations

from typing import TYPE_CHECKING, Any, ClassVar

from django import forms
from django.core.exceptions import ValidationError
from django.utils.dates import MONTHS
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from talkoot.choose.methods.models import Method
from talkoot.choose.operating_model.models import ModelMethod, OperatingModel
from talkoot.city.roadmap.models import Goal
from talkoot.kit import clock
from talkoot.kit.crud.forms import VersionedForm
from talkoot.kit.crud.views.changes import StepForm
from talkoot.kit.ui.forms import DateInput, DecimalField

if TYPE_CHECKING:
    from decimal import Decimal

    from django.forms import BoundField

    from talkoot.city.organisations.models import Municipality

LANGUAGES = ("fi", "sv", "en")
IN_LANGUAGES = ("indicator", "indicator_unit", "why")


class ModelForm(VersionedForm):
    """What is said of the whole model."""

    class Meta:
        model = OperatingModel
        fields = ("starts_on", "review_on", "intro_fi", "intro_sv", "intro_en")
        widgets: ClassVar[dict[str, forms.Widget]] = {
            "starts_on": DateInput(),
            "review_on": DateInput(),
            **{f"intro_{code}": forms.Textarea(attrs={"rows": 3}) for code in ("fi", "sv", "en")},
        }


class MonthsField(forms.TypedMultipleChoiceField):
    """Months of the year as numbers."""

    widget = forms.CheckboxSelectMultiple

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(choices=list(MONTHS.items()), coerce=int, **kwargs)


def as_typed(value: Decimal | None) -> str:
    """A number as a person types it: no spaces, no needless zeros, the decimal mark of the language."""
    text = "" if value is None else f"{value.normalize():f}"
    return text if get_language() == "en" else text.replace(".", ",")


class ItemForm(VersionedForm):
    """One method of the model: owner, effort, rhythm, indicator; what is rarely filled in stands folded."""

    months = MonthsField(label=_("Months in which something is done"), required=False)
    target = DecimalField(label=_("Target value"), required=False, max_digits=12, decimal_places=2)

    class Meta:
        model = ModelMethod
        fields = (
            *("owner_unit", "person_days", "starts_on", "months"),
            *(f"{name}_{code}" for name in IN_LANGUAGES for code in LANGUAGES),
            *("target", "goal", "partner_units", "euros"),
        )
        widgets: ClassVar[dict[str, forms.Widget]] = {
            "starts_on": DateInput(),
            "partner_units": forms.CheckboxSelectMultiple(),
            **{f"why_{code}": forms.Textarea(attrs={"rows": 2}) for code in LANGUAGES},
        }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.initial["target"] = as_typed(self.instance.target)
        self._offer(self.instance.model.city)

    def _offer(self, city: Municipality) -> None:
        """What the city has to choose from; its units are read once for both fields."""
        fields: dict[str, Any] = self.fields
        units = city.units.only("name", "city").order_by("code")
        fields["owner_unit"].queryset = fields["partner_units"].queryset = units
        named = [(unit.pk, str(unit)) for unit in units]
        fields["owner_unit"].choices = [("", fields["owner_unit"].empty_label), *named]
        fields["partner_units"].choices = named
        goals = Goal.objects.filter(roadmap__city=city).only("name")
        fields["goal"].queryset = goals.order_by("roadmap_id", "order", "pk")

    def main_fields(self) -> list[BoundField]:
        """What every method needs, with the texts in the language that the writer reads."""
        code = get_language() or "fi"
        names = ("owner_unit", "person_days", "starts_on", "months", f"indicator_{code}", "target")
        return [self[name] for name in (*names, f"indicator_unit_{code}", f"why_{code}")]

    def other_languages(self) -> list[BoundField]:
        """The same texts in the other languages, a language at a time."""
        others = [code for code in LANGUAGES if code != (get_language() or "fi")]
        return [self[f"{name}_{code}"] for code in others for name in IN_LANGUAGES]

    def rare_fields(self) -> list[BoundField]:
        return [self[name] for name in ("partner_units", "goal", "euros")]


class AddForm(forms.ModelForm):  # type: ignore[type-arg]  # Django's own base
    """Adds a method that the model does not have yet."""

    class Meta:
        model = ModelMethod
        fields = ("method",)

    def __init__(self, *args: Any, model: OperatingModel, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.instance.model = model
        taken = model.items.values("method")
        self.fields["method"].queryset = Method.objects.published().exclude(pk__in=taken)  # type: ignore[attr-defined]  # a ModelChoiceField


class DecisionForm(StepForm):
    """Who decided, when and under which section."""

    deciding_body_fi = forms.CharField(label=_("Deciding body, in Finnish"), max_length=150)
    deciding_body_sv = forms.CharField(label=_("Deciding body, in Swedish"), max_length=150, required=False)
    deciding_body_en = forms.CharField(label=_("Deciding body, in English"), max_length=150, required=False)
    decided_on = forms.DateField(label=_("Decided on"), widget=DateInput())
    section = forms.CharField(label=_("Section (§)"), max_length=20, required=False)
    field_order = (
        "deciding_body_fi",
        "deciding_body_sv",
        "deciding_body_en",
        "decided_on",
        "section",
        "reason",
    )

    def clean_decided_on(self) -> Any:
        day = self.cleaned_data["decided_on"]
        if day > clock.today():
            raise ValidationError(_("The day is in the future. Write the day of the decision."))
        return day
