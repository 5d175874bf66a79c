from __future__ import annotations

from typing import Any

from django import forms
from django.utils.text import slugify
from django.utils.translation import gettext_lazy as _

from talkoot.city.changes.models import Effect, RoleChange
from talkoot.city.organisations.models import Municipality, Unit
from talkoot.kit.crud.forms import VersionedForm
from talkoot.kit.ui.forms import DateInput


class RoleChangeForm(VersionedForm):
    class Meta:
        model = RoleChange
        fields = (
            *("name_fi", "name_sv", "name_en", "text_fi", "text_sv", "text_en"),
            *("planned_on", "actual_on", "source", "url", "retrieved_on"),
        )
        labels = {
            "name_fi": _("Name in Finnish"),
            "name_sv": _("Name in Swedish"),
            "name_en": _("Name in English"),
            "text_fi": _("What changes, in Finnish"),
            "text_sv": _("What changes, in Swedish"),
            "text_en": _("What changes, in English"),
        }
        help_texts = {"actual_on": _("Leave empty until it has come into effect.")}
        widgets = {
            **dict.fromkeys(("planned_on", "actual_on", "retrieved_on"), DateInput),
            **{f"text_{code}": forms.Textarea(attrs={"rows": 3}) for code in ("fi", "sv", "en")},
        }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not self.instance.key:
            self.instance.key = "new"

    def clean(self) -> None:
        super().clean()
        data = self.cleaned_data
        if not data.get("planned_on") and not data.get("actual_on") and "planned_on" not in self.errors:
            self.add_error("planned_on", _("Write the planned day or the day it came into effect."))

    def _post_clean(self) -> None:
        if self.instance.key == "new":
            self.instance.key = self._free_key(slugify(self.cleaned_data.get("name_fi", ""))[:36] or "change")
        super()._post_clean()  # type: ignore[misc]  # Django's own step, without a type

    def _free_key(self, wanted: str) -> str:
        taken = set(RoleChange.objects.filter(city=self.instance.city_id).values_list("key", flat=True))
        numbered = (f"{wanted}-{n}" for n in range(2, len(taken) + 3))
        return wanted if wanted not in taken else next(key for key in numbered if key not in taken)


class EffectForm(forms.ModelForm[Effect]):
    """One effect: a method for the first two kinds, a unit with person-days for the others."""

    class Meta:
        model = Effect
        fields = ("kind", "method_code", "unit", "person_days", "basis")
        help_texts = {"method_code": _("For example M48.")}

    def __init__(self, *args: Any, city: Municipality, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["unit"].queryset = Unit.objects.filter(city=city)  # type: ignore[attr-defined]  # a ModelChoiceField
        self.fields["method_code"].error_messages["invalid"] = _(
            "Write the code of the method, for example M48."
        )

    def clean_method_code(self) -> str:
        code: str = self.cleaned_data["method_code"]
        return code.strip().upper()

    def clean(self) -> None:
        data = self.cleaned_data
        about_method = (data.get("kind") or "").startswith("unavailable")
        if about_method and not data.get("method_code") and "method_code" not in self.errors:
            self.add_error("method_code", _("Write the code of the method, for example M48."))
        if not about_method and not data.get("unit"):
            self.add_error("unit", _("Choose the unit whose working time changes."))
        if not about_method and data.get("person_days") is None and "person_days" not in self.errors:
            self.add_error("person_days", _("Write the person-days a year; 0 if there are none."))
        if about_method:
            data["unit"], data["person_days"] = None, None
        else:
            data["method_code"] = ""
