"""Pilots from a spreadsheet: one row a pilot. A row with a count is a pilot that has ended."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from talkoot.choose.methods.models import Criterion, Method
from talkoot.choose.pilots.forms import NAME_TAKEN
from talkoot.choose.pilots.models import Pilot
from talkoot.kit.exchange.sheet import Column, Sheet
from talkoot.kit.ui.forms import DecimalField

if TYPE_CHECKING:
    from talkoot.city.organisations.models import Municipality


class MethodField(forms.CharField):
    """A method of the library by its code."""

    def clean(self, value: Any) -> Method:
        code = str(super().clean(value)).strip().upper()
        method: Method | None = Method.objects.published().filter(code=code).first()  # type: ignore[attr-defined]  # our queryset
        if method is None:
            raise ValidationError(_("The library has no method with this code, such as M05."))
        return method


class CriterionField(forms.CharField):
    """A goal by its letter or its name."""

    def clean(self, value: Any) -> str:
        typed = str(super().clean(value)).strip()
        named = {str(label).casefold(): code for code, label in Criterion.choices}
        code = typed.upper() if typed.upper() in Criterion.values else named.get(typed.casefold(), "")
        if typed and not code:
            raise ValidationError(_("Write A, B, C, D or E, or the name of the goal."))
        return code


def _share() -> DecimalField:
    return DecimalField(min_value=0, max_value=100, required=False)


def _day() -> forms.DateField:
    return forms.DateField(required=False, input_formats=["%Y-%m-%d", "%d.%m.%Y"])


def _text(most: int = 2000) -> forms.CharField:
    return forms.CharField(max_length=most, required=False)


def check(values: dict[str, Any], city: Municipality) -> None:
    """What one cell cannot tell: pairs and their order, and pilots that the city has already."""
    if Pilot.objects.filter(city=city, method=values["code"], name_fi=values["name_fi"]).exists():
        raise ValidationError({"name_fi": NAME_TAKEN})
    low, high = values["value_low"], values["value_high"]
    if (low is None) != (high is None) or (low is not None and low >= high):
        raise ValidationError(
            {"value_high": _("The share worth 100 points must be above the share worth 0 points.")}
        )
    events, companies = values["events"], values["companies"]
    if (events is None) != (companies is None) or (events is not None and events > companies):
        raise ValidationError(
            {"events": _("Give both counts; those that reached the goal are among those counted.")}
        )
    if companies is not None and not (values["criterion"] and values["measure_fi"] and high is not None):
        raise ValidationError(_("A pilot with a count needs the goal, the measure and its scale."))
    if values["starts_on"] and values["ends_on"] and values["ends_on"] < values["starts_on"]:
        raise ValidationError({"ends_on": _("The end is before the start.")})


COLUMNS = (
    Column(key="code", label=_("Code of the method"), field=MethodField(), example="M05"),
    Column(
        key="name_fi",
        label=_("Pilot"),
        field=forms.CharField(max_length=150),
        example="Webinaarit, kevät 2027",
    ),
    Column(key="criterion", label=_("Aim"), field=CriterionField(required=False), example="D"),
    Column(key="hypothesis_fi", label=_("What we expect"), field=_text()),
    Column(key="measure_fi", label=_("Measure of success"), field=_text(250)),
    Column(key="value_low", label=_("Share worth 0 points, %"), field=_share()),
    Column(key="value_high", label=_("Share worth 100 points, %"), field=_share()),
    Column(key="starts_on", label=_("Starts"), field=_day()),
    Column(key="ends_on", label=_("Ends"), field=_day()),
    Column(
        key="events",
        label=_("Companies that reached the goal"),
        field=forms.IntegerField(min_value=0, max_value=1_000_000, required=False),
    ),
    Column(
        key="companies",
        label=_("Companies counted"),
        field=forms.IntegerField(min_value=1, max_value=1_000_000, required=False),
    ),
    Column(
        key="hours",
        label=_("Hours of the city’s staff"),
        field=DecimalField(min_value=0, max_value=100_000, required=False),
    ),
    Column(key="lesson_worked_fi", label=_("What worked"), field=_text()),
    Column(key="lesson_for_whom_fi", label=_("For whom it worked"), field=_text()),
    Column(key="lesson_did_not_fi", label=_("What did not work"), field=_text()),
    Column(key="lesson_again_fi", label=_("Would we do it again"), field=_text()),
)


def sheet_of(city: Municipality) -> Sheet:
    """How a file of pilots is read for `city`."""
    return Sheet(columns=COLUMNS, unique=("name_fi", "code"), check=partial(check, city=city))
