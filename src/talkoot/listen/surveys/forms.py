from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django import forms
from django.utils.translation import gettext_lazy as _

from talkoot.city.organisations.industries import SECTIONS
from talkoot.city.organisations.models import SizeClass
from talkoot.kit.crud.forms import VersionedForm
from talkoot.kit.ui.forms import DateInput
from talkoot.listen.surveys.models import Questionnaire, Round
from talkoot.listen.surveys.sizes import CLASSES

if TYPE_CHECKING:
    from talkoot.city.organisations.models import Municipality

WANTED = "wanted_{}"


class LinkForm(forms.Form):
    """Where to send the link to one's own unfinished answer."""

    email = forms.EmailField(
        label=_("E-mail"),
        help_text=_("We send you the link. The address is not kept with your answers."),
        widget=forms.EmailInput(attrs={"autocomplete": "email"}),
        error_messages={"invalid": _("Check the e-mail address: it looks like name@company.fi.")},
    )


class QuestionnaireField(forms.ModelChoiceField):  # type: ignore[type-arg]  # Django's own generic
    def label_from_instance(self, obj: Any) -> str:
        return f"{obj.name} · {obj.edition}"


class RoundForm(VersionedForm):
    """When, how and with which questionnaire a city asks; the questions of an open round stay."""

    questionnaire = QuestionnaireField(label=_("Questionnaire"), queryset=Questionnaire.objects.none())

    class Meta:
        model = Round
        fields = (
            *("name_fi", "name_sv", "name_en", "questionnaire"),
            *("frame", "frame_size", "opened_on", "closed_on"),
        )
        widgets = {"opened_on": DateInput, "closed_on": DateInput, "frame": forms.RadioSelect}
        help_texts = {
            "frame": _(
                "Say it as it is: of an open link and an invitation to all, results hold only if those who answered resemble the others."
            )
        }

    def __init__(self, *args: Any, city: Municipality, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        frame: Any = self.fields["frame"]
        frame.choices = Round.Frame.choices
        own: Any = Questionnaire.objects.in_city(city)  # type: ignore[attr-defined]  # our queryset
        field: Any = self.fields["questionnaire"]
        field.queryset = own.order_by("name_fi", "-edition")
        if self.instance.pk and self.instance.state != Round.State.DRAFT:
            for name in ("questionnaire", "opened_on"):
                del self.fields[name]
        for size in CLASSES:
            self.fields[WANTED.format(size)] = forms.IntegerField(
                label=_("Answers wanted, %(size)s") % {"size": SizeClass(size).label},
                min_value=0,
                max_value=100_000,
                required=False,
                initial=self.instance.targets.get(size),
            )

    def clean(self) -> dict[str, Any]:
        data: dict[str, Any] = super().clean() or self.cleaned_data
        if data.get("frame") != Round.Frame.RANDOM:
            data["frame_size"] = None
        first, last = data.get("opened_on", self.instance.opened_on), data.get("closed_on")
        if first and last and last < first:
            self.add_error("closed_on", _("The last day is before the first."))
        return data

    def save(self, commit: bool = True) -> Any:  # noqa: FBT001, FBT002 -- as Django has it
        wanted = {size: self.cleaned_data.get(WANTED.format(size)) for size in CLASSES}
        self.instance.targets = {size: n for size, n in wanted.items() if n is not None}
        return super().save(commit)


class InviteForm(forms.Form):
    """Which companies of the register are invited; without a filter all that have not been."""

    sizes = forms.MultipleChoiceField(
        label=_("Company size"),
        choices=[(size, SizeClass(size).label) for size in CLASSES],
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=_("Choose none to invite companies of every size."),
    )
    sectors = forms.MultipleChoiceField(
        label=_("Sector"),
        choices=[(code, name) for code, name in SECTIONS.items() if code != "X"],
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=_("Choose none to invite companies of every sector."),
    )
