from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django import forms
from django.utils.translation import gettext_lazy as _

from talkoot.choose.selection.criteria import CODES
from talkoot.choose.selection.models import Preference
from talkoot.choose.selection.weighing_fields import PAIRS, WeighingFields
from talkoot.kit.crud.forms import VersionedForm
from talkoot.kit.ui.forms import DateInput

if TYPE_CHECKING:
    from django.forms import BoundField

    from talkoot.kit.crud.models import Versioned

NAME_TAKEN = _("Your city already has the weights of a group with this name.")


class PreferenceForm(WeighingFields, VersionedForm):
    """How a group weighs the goals. The city is set before the form is made."""

    class Meta:
        model = Preference
        fields = ("name_fi", "name_sv", "name_en", "people", "basis", "stated_on", "note")
        widgets = {
            "stated_on": DateInput,
            "basis": forms.RadioSelect,
            "note": forms.Textarea(attrs={"rows": 3}),
        }
        help_texts = {
            "name_fi": _("A role or a group, such as the management group. Never a person’s name."),
            "people": _("One when a leader speaks for a role, all who answered when companies were asked."),
            "note": _("Why the group weighs so, in its own words. Do not name people."),
        }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        weighing = self.instance.weighing
        self.ask_limits(weighing.limits)
        self.ask_orders(weighing.orders)

    @property
    def group_fields(self) -> list[BoundField]:
        """Whose weights these are."""
        return [self[name] for name in self.Meta.fields[:4]]

    @property
    def ground_fields(self) -> list[BoundField]:
        """What they rest on."""
        return [self[name] for name in self.Meta.fields[4:]]

    def clean(self) -> dict[str, Any]:
        data: dict[str, Any] = super().clean() or self.cleaned_data
        same = Preference.objects.filter(city=self.instance.city_id, name_fi=data.get("name_fi"))
        if same.exclude(pk=self.instance.pk).exists():
            self.add_error("name_fi", NAME_TAKEN)
        self.check_weighing()
        return data

    def _post_clean(self) -> None:
        """The weights go with the rest, so that the row is judged as it will be saved."""
        if not self.errors:
            weighing = self.weighing
            self.instance.limits = {code: list(weighing.limits[code]) for code in CODES}
            self.instance.orders = [list(pair) for pair in weighing.orders]
        super()._post_clean()  # type: ignore[misc]  # Django's, not in its stubs

    def saved(self, row: Versioned) -> dict[str, Any]:
        weighing = row.weighing  # type: ignore[attr-defined]  # a Preference
        limits = {f"weight_{code}": limits for code, limits in weighing.limits.items()}
        orders = dict.fromkeys(f"order_{n}_{end}" for n in PAIRS for end in ("more", "less"))
        for n, (more, less) in zip(PAIRS, weighing.orders, strict=False):
            orders |= {f"order_{n}_more": more, f"order_{n}_less": less}
        return super().saved(row) | limits | orders
