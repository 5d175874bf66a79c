"""What an officer does with what was heard."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django import forms
from django.utils.translation import gettext_lazy as _

from talkoot.choose.methods.fields import MethodField, coded
from talkoot.choose.methods.models import Method
from talkoot.city.accounts.models import User
from talkoot.city.accounts.roles import CITY_ROLES, Role
from talkoot.city.organisations.models import Organisation, Unit
from talkoot.kit import clock
from talkoot.kit.crud.forms import VersionedForm
from talkoot.kit.ui.forms import DateInput
from talkoot.listen.pulse.models import Check, Outcome

if TYPE_CHECKING:
    from talkoot.city.organisations.models import Municipality

LANGUAGES = ("fi", "sv", "en")
WORKERS = CITY_ROLES - {Role.READER, Role.DPO}


def _in_all(*names: str) -> tuple[str, ...]:
    return tuple(f"{name}_{code}" for name in names for code in LANGUAGES)


def staff_of(city: Municipality) -> Any:
    """Those who may be given something to answer."""
    working = User.objects.filter(
        is_active=True,
        memberships__organisation=city.organisation_id,
        memberships__role__in=[str(role) for role in WORKERS],
    )
    return working.distinct().order_by("name", "pk")


class MethodsField(forms.ModelMultipleChoiceField[Method]):
    """Any number of the published methods, each by its code."""

    widget = forms.CheckboxSelectMultiple

    def __init__(self, **kwargs: Any) -> None:
        rows = Method.objects.published().order_by("code")  # type: ignore[attr-defined]  # our queryset
        super().__init__(rows, **{"required": False, "label": _("Methods that it is about")} | kwargs)

    def label_from_instance(self, obj: Any) -> str:
        return coded(obj)


class AnswerForm(forms.Form):
    answer = forms.CharField(
        label=_("Answer"),
        max_length=5000,
        widget=forms.Textarea(attrs={"rows": 8}),
        error_messages={"required": _("Write the answer.")},
    )


class HandOverForm(forms.Form):
    handed_to = forms.CharField(
        label=_("To whom"),
        max_length=200,
        help_text=_("A unit or another body, such as street maintenance."),
        error_messages={"required": _("Write to whom the matter belongs.")},
    )


class CloseForm(forms.Form):
    reason = forms.CharField(
        label=_("Why is it closed without an answer?"),
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("A company that sent it reads this."),
        error_messages={"required": _("Write why it is closed.")},
    )


class AssignForm(forms.Form):
    owner = forms.ModelChoiceField(User.objects.none(), label=_("Responsible person"), required=False)
    unit = forms.ModelChoiceField(Unit.objects.none(), label=_("Unit"), required=False)

    def __init__(self, *args: Any, city: Municipality, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["owner"].queryset = staff_of(city)  # type: ignore[attr-defined]  # a ModelChoiceField
        self.fields["unit"].queryset = Unit.objects.filter(city=city)  # type: ignore[attr-defined]  # the same

    def clean(self) -> dict[str, Any]:
        data: dict[str, Any] = super().clean() or self.cleaned_data
        if not self.errors and not data.get("owner") and not data.get("unit"):
            self.add_error("owner", _("Choose a person or a unit."))
        return data


class TagForm(forms.Form):
    methods = MethodsField()


class NoteForm(forms.Form):
    """We met this company and heard this."""

    company = forms.CharField(
        label=_("Whom did you meet?"),
        max_length=200,
        help_text=_("A company of the register is known by its business ID or its whole name."),
        error_messages={"required": _("Write whom you met.")},
    )
    heard_on = forms.DateField(label=_("When?"), widget=DateInput, initial=clock.today)
    message = forms.CharField(
        label=_("What did you hear?"),
        max_length=5000,
        widget=forms.Textarea(attrs={"rows": 6}),
        help_text=_("What would help the company, what it has done, what was agreed."),
        error_messages={"required": _("Write what you heard.")},
    )
    due_on = forms.DateField(
        label=_("Follow up by"),
        widget=DateInput,
        required=False,
        help_text=_("Leave empty if nothing needs to be followed up."),
    )
    open_to_company = forms.BooleanField(
        label=_("The company sees this note on its own page"), required=False, initial=True
    )
    method = MethodField(
        label=_("Which method is it about?"),
        required=False,
        empty_label=_("None of these, or a new one"),
        help_text=_("You can add more afterwards."),
    )

    def __init__(self, *args: Any, city: Municipality, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.city = city

    def clean_heard_on(self) -> Any:
        day = self.cleaned_data["heard_on"]
        if day > clock.today():
            raise forms.ValidationError(_("This day is still to come."))
        return day

    def clean_due_on(self) -> Any:
        day = self.cleaned_data["due_on"]
        if day and day < clock.today():
            raise forms.ValidationError(_("This day has passed."))
        return day

    def company_found(self) -> Organisation | None:
        """The one organisation of the city's register that is meant, or None."""
        typed = self.cleaned_data["company"].strip()
        here = Organisation.objects.in_city(self.city)  # type: ignore[attr-defined]  # our queryset
        found: Organisation | None = here.filter(business_id=typed).first()
        if found is not None:
            return found
        same = list(here.filter(name__iexact=typed)[:2])
        return same[0] if len(same) == 1 else None


class OutcomeForm(VersionedForm):
    """What all may read. It is written anew: a message itself is never published."""

    methods = MethodsField()

    class Meta:
        model = Outcome
        fields = (*_in_all("said", "done"), "done_on", "theme", "methods")
        widgets = {
            "done_on": DateInput,
            **{name: forms.Textarea(attrs={"rows": 3}) for name in _in_all("said", "done")},
        }
        help_texts = {
            "said_fi": _("In your own words, so that nobody is recognised."),
            "done_fi": _("What has been done, or why it cannot be done."),
        }

    def __init__(self, *args: Any, messages: tuple[str, ...] = (), **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.messages = {_bare(text) for text in messages}

    def clean(self) -> dict[str, Any]:
        data: dict[str, Any] = super().clean() or self.cleaned_data
        for name in _in_all("said"):
            if _bare(data.get(name) or "") in self.messages - {""}:
                self.add_error(name, _("This is the message itself. Write what was said in your own words."))
        return data


def _bare(text: str) -> str:
    return " ".join(text.lower().split()).strip(" .!?")


class JoinForm(forms.Form):
    """One more message that an answer to all is about."""

    outcome = forms.ModelChoiceField(Outcome.objects.none(), label=_("What we heard, what we did"))

    def __init__(self, *args: Any, outcomes: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["outcome"].queryset = outcomes  # type: ignore[attr-defined]  # a ModelChoiceField


class CheckForm(VersionedForm):
    class Meta:
        model = Check
        fields = ("place", *_in_all("question"))
        widgets = {"place": forms.RadioSelect}
        help_texts = {"question_fi": _("A question that is answered with yes, partly or no.")}
