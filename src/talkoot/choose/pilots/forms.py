from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django import forms
from django.utils.text import capfirst
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext_lazy as _

from talkoot.choose.methods.fields import MethodField
from talkoot.choose.methods.words import EMPTY_LIBRARY
from talkoot.choose.pilots.models import Pilot
from talkoot.choose.pilots.models.pilot import field_name
from talkoot.city.organisations import business_id
from talkoot.city.organisations.models import Organisation
from talkoot.kit import clock
from talkoot.kit.crud.forms import IN_LANGUAGE, VersionedForm
from talkoot.kit.ui.forms import DateInput, DecimalField

if TYPE_CHECKING:
    from collections.abc import Iterable

    from django.forms import BoundField

TOO_FEW = _("This is fewer than the companies that reached the goal.")
NAME_TAKEN = _("Your city already has a pilot with this name of the same method.")
_LANGUAGES = ("fi", "sv", "en")
_TEXTS = ("hypothesis", "measure", "lesson_worked", "lesson_for_whom", "lesson_did_not", "lesson_again")
_S = Pilot.State


def _in_all(*names: str) -> tuple[str, ...]:
    return tuple(f"{name}_{code}" for name in names for code in _LANGUAGES)


PLAN = (
    *_in_all("name"),
    "method",
    *_in_all("hypothesis"),
    "criterion",
    *_in_all("measure"),
    "value_low",
    "value_high",
    "starts_on",
    "ends_on",
)
COUNT = ("hours", "companies", "events")
LESSONS = _in_all("lesson_worked", "lesson_for_whom", "lesson_did_not", "lesson_again")
OPEN = {
    _S.PLANNED: PLAN,
    _S.RUNNING: PLAN + COUNT + LESSONS,
    _S.CLOSED: PLAN + COUNT + LESSONS,
    _S.STOPPED: PLAN + COUNT + LESSONS,
}


class _Form(VersionedForm):
    """What the forms of a pilot have in common: texts by language, and pairs in order."""

    template_name = "ui/form/languages.html"

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name in (name for name in self.fields if name[-3:] in {"_fi", "_sv", "_en"}):
            self.fields[name].label = str(IN_LANGUAGE[name[-2:]]).format(name=capfirst(field_name(name[:-3])))

    def main_fields(self) -> list[BoundField]:
        """What every pilot needs, with the texts in Finnish and in the language that the writer reads."""
        return [field for field in self.visible_fields() if not self._is_other(field.name)]

    def other_languages(self) -> list[BoundField]:
        """The texts in the other languages, a language at a time."""
        rest = [field for field in self.visible_fields() if self._is_other(field.name)]
        return sorted(rest, key=lambda field: _LANGUAGES.index(field.name[-2:]))

    def is_wrong_in_other_languages(self) -> bool:
        return any(field.errors for field in self.other_languages())

    def _is_other(self, name: str) -> bool:
        return name[-3:] in {"_sv", "_en"} and name[-2:] != get_language()

    def _keep(self, names: Iterable[str]) -> None:
        kept = {*names, "version"}
        for name in [name for name in self.fields if name not in kept]:
            del self.fields[name]

    def _pair(self, data: dict[str, Any], first: str, second: str, message: Any) -> None:
        """Two amounts in order; a scale and a count need both or neither, a period may be open."""
        one, two = data.get(first), data.get(second)
        if {first, second} - set(self.fields) or first in self.errors or second in self.errors:
            return
        if one is not None and two is not None:
            if two < one or (two == one and first == "value_low"):
                self.add_error(second, message)
        elif (one is None) != (two is None) and first != "starts_on":
            self.add_error(first if one is None else second, _("Give this too, or leave both empty."))


class PilotForm(_Form):
    """Asks what may still be changed: the agreement before the start, the count while under way, then lessons."""

    method = MethodField(label=_("Method"))
    value_low = DecimalField(
        label=_("Share worth 0 points, %"),
        required=False,
        min_value=0,
        max_value=100,
        help_text=_("As if the method were not used. Often 0."),
    )
    value_high = DecimalField(
        label=_("Share worth 100 points, %"),
        required=False,
        min_value=0,
        max_value=100,
        help_text=_("The best result you can imagine."),
    )
    hours = DecimalField(label=_("Hours of the city’s staff"), required=False, min_value=0, max_value=100_000)

    class Meta:
        model = Pilot
        fields = PLAN + COUNT + LESSONS
        widgets = {
            "starts_on": DateInput,
            "ends_on": DateInput,
            **{f"{name}_{code}": forms.Textarea(attrs={"rows": 2}) for name in _TEXTS for code in _LANGUAGES},
        }
        help_texts = {
            "measure_fi": _(
                "What share of the companies do you count? Use the words of earlier pilots: then the results can be combined."
            ),
            "companies": _("How many companies were followed to the end."),
            "events": _("How many of them reached the goal."),
        }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._keep(set(OPEN.get(self.instance.state, ())) - set(self.instance.frozen_fields()))
        if "method" in self.fields and not self.fields["method"].queryset.exists():  # type: ignore[attr-defined]  # a ModelChoiceField
            self.fields["method"].help_text = EMPTY_LIBRARY

    def clean(self) -> dict[str, Any]:
        data: dict[str, Any] = super().clean() or self.cleaned_data
        self._fresh_name(data)
        self._pair(
            data,
            "value_low",
            "value_high",
            _("The share worth 100 points must be above the share worth 0 points."),
        )
        self._pair(data, "starts_on", "ends_on", _("The end is before the start."))
        self._pair(data, "events", "companies", TOO_FEW)
        return data

    def save(self, commit: bool = True) -> Any:  # noqa: FBT001, FBT002 -- as Django has it
        """Remember the day on which the measure got the form that it has now."""
        pilot = self.instance
        if pilot.state == _S.PLANNED and set(self.changed_data) & set(Pilot.MEASURED):
            complete = all(getattr(pilot, name) not in {None, ""} for name in Pilot.MEASURED)
            pilot.agreed_on = clock.today() if complete else None
        return super().save(commit)

    def _fresh_name(self, data: dict[str, Any]) -> None:
        """The city is not in the form, so the form itself asks whether the name is taken."""
        method = data.get("method") or self.instance.method_id
        same = Pilot.objects.filter(city=self.instance.city_id, method=method, name_fi=data.get("name_fi"))
        if same.exclude(pk=self.instance.pk).exists():
            self.add_error("name_fi", NAME_TAKEN)


class EndForm(_Form):
    """What came of a pilot that ends: the count is needed, hours and lessons can be completed later."""

    hours = DecimalField(label=_("Hours of the city’s staff"), required=False, min_value=0, max_value=100_000)

    class Meta:
        model = Pilot
        fields = (*reversed(Pilot.COUNTED), "hours", *LESSONS)
        widgets = {name: forms.Textarea(attrs={"rows": 2}) for name in LESSONS}
        help_texts = {"events": _("How many of them reached the goal.")}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name in Pilot.COUNTED:
            self.fields[name].required = True
        listed = self.instance.participants.count()
        words = ngettext("%(n)s participant is listed.", "%(n)s participants are listed.", listed) % {
            "n": listed
        }
        followed = _("How many companies were followed to the end.")
        self.fields["companies"].help_text = f"{followed} {words}" if listed else followed

    def clean(self) -> dict[str, Any]:
        data: dict[str, Any] = super().clean() or self.cleaned_data
        events, companies = data.get("events"), data.get("companies")
        if events is not None and companies is not None and events > companies:
            self.add_error("events", _("This is more than the companies counted."))
        return data


class ParticipantForm(forms.Form):
    """A company of the city's register, by its business ID."""

    business_id = forms.CharField(
        label=_("Business ID"),
        max_length=12,
        help_text=_("Seven digits, a hyphen and a check digit. You find it on an invoice or at ytj.fi."),
    )

    def __init__(self, *args: Any, user: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.user = user

    def clean_business_id(self) -> Organisation:
        """The organisation, of those that the user may know of."""
        typed = business_id.clean(self.cleaned_data["business_id"])
        known = Organisation.objects.visible_to(self.user)  # type: ignore[attr-defined]  # our queryset
        organisation: Organisation | None = known.filter(business_id=typed).first()
        if organisation is None:
            raise forms.ValidationError(
                _(
                    "No company in your city’s register has this business ID. Check it, or import the company first."
                )
            )
        return organisation
