"""What anyone may say to a city, and a company from its own page."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django import forms
from django.utils.translation import gettext_lazy as _

from talkoot.choose.methods.fields import MethodField
from talkoot.city.organisations.models import Municipality, Organisation
from talkoot.listen.pulse.models import Heard

if TYPE_CHECKING:
    from talkoot.choose.methods.models import Method

NO_PERSONAL_DATA = _("Do not write personal data.")
_LONG = forms.Textarea(attrs={"rows": 6})
_ADDRESS = _("We use the address only to answer you and then remove it.")


class _FromAnyone(forms.ModelForm):  # type: ignore[type-arg]  # as VersionedForm
    """`website` is seen by programs alone: what fills it in is not kept. Without a city in the address one may be named."""

    website = forms.CharField(required=False, label=_("Leave this empty"), max_length=200)
    city = forms.ModelChoiceField(
        Municipality.objects.none(), label=_("City"), required=False, empty_label=_("No city in particular")
    )

    def __init__(self, *args: Any, city: Municipality | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if city is None:
            self.fields["city"].queryset = Municipality.objects.all()  # type: ignore[attr-defined]  # a ModelChoiceField
        else:
            del self.fields["city"]
        self.order_fields(["message", "method", "city"])
        for name, fill in (("email", "email"), ("phone", "tel"), ("sender", "name")):
            if name in self.fields:
                self.fields[name].widget.attrs["autocomplete"] = fill

    @property
    def plain_fields(self) -> list[forms.BoundField]:
        """The fields that people see."""
        return [field for field in self.visible_fields() if field.name != "website"]

    @property
    def is_from_a_program(self) -> bool:
        return bool(self.cleaned_data.get("website"))

    def told(self) -> dict[str, Any]:
        """What actions.receive is told of it, beside the city."""
        names = ("message", "page", "email", "phone", "sender")
        return {name: self.cleaned_data[name] for name in names if name in self.cleaned_data}

    def methods(self) -> list[Method]:
        method = self.cleaned_data.get("method")
        return [method] if method else []


class FeedbackForm(_FromAnyone):
    class Meta:
        model = Heard
        fields = ("message", "page", "email")
        labels = {
            "message": _("What would you like to say?"),
            "page": _("Which page is it about?"),
            "email": _("E-mail for the answer"),
        }
        help_texts = {
            "message": _(
                "Tell what is wrong, hard to use or missing, or what works well. Do not write personal data."
            ),
            "page": _("For example /kirjasto/."),
            "email": _ADDRESS,
        }
        widgets = {"message": _LONG}
        error_messages = {"message": {"required": _("Write what you would like to say.")}}


class SuggestionForm(_FromAnyone):
    """A new method, a change to one, or something else that would help."""

    method = MethodField(
        label=_("Which method is it about?"), required=False, empty_label=_("None of these, or a new one")
    )

    class Meta:
        model = Heard
        fields = ("message", "email")
        labels = {"message": _("What do you suggest?"), "email": _("E-mail for the answer")}
        help_texts = {
            "message": _(
                "Tell what would help companies, whom it would help and why. Do not write personal data."
            ),
            "email": _ADDRESS,
        }
        widgets = {"message": _LONG}
        error_messages = {"message": {"required": _("Write what you suggest.")}}


class ContactForm(_FromAnyone):
    """Who asks to be called back tells how."""

    class Meta:
        model = Heard
        fields = ("message", "sender", "phone", "email")
        labels = {
            "message": _("What would you like to talk about?"),
            "sender": _("Your name and company"),
            "phone": _("Phone"),
            "email": _("E-mail"),
        }
        help_texts = {
            "phone": _("Give a phone number or an e-mail address."),
            "email": _("We use your name, number and address only to contact you and then remove them."),
        }
        widgets = {"message": forms.Textarea(attrs={"rows": 4})}
        error_messages = {"message": {"required": _("Write in a few words what it is about.")}}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["sender"].required = True
        self.fields["sender"].error_messages["required"] = _(
            "Write your name, so that we know whom to ask for."
        )
        if "city" in self.fields:
            self.fields["city"].required = True
            self.fields["city"].error_messages["required"] = _("Choose the city that you want to talk with.")

    def clean(self) -> dict[str, Any]:
        data: dict[str, Any] = super().clean() or self.cleaned_data
        if not data.get("phone") and not data.get("email") and "email" not in self.errors:
            self.add_error(
                "phone", _("Give a phone number or an e-mail address, so that we can contact you.")
            )
        return data


class CommentForm(_FromAnyone):
    class Meta:
        model = Heard
        fields = ("message", "email")
        labels = {"message": _("Why? Tell more if you like"), "email": _("E-mail for the answer")}
        help_texts = {"message": NO_PERSONAL_DATA, "email": _ADDRESS}
        widgets = {"message": forms.Textarea(attrs={"rows": 4})}
        error_messages = {"message": {"required": _("Write what you would like to say.")}}


class CompanyForm(forms.Form):
    """From a company's own page: no address is asked, the answer comes to the page and to the sender's account."""

    kind = forms.ChoiceField(
        label=_("What is it?"),
        choices=[
            (kind.value, kind.label)
            for kind in (Heard.Kind.FEEDBACK, Heard.Kind.SUGGESTION, Heard.Kind.CONTACT)
        ],
        widget=forms.RadioSelect,
        initial=Heard.Kind.SUGGESTION,
        help_text=_("A contact request is answered within two working days, all else within 14 days."),
    )
    organisation = forms.ModelChoiceField(Organisation.objects.none(), label=_("Company"), empty_label=None)
    city = forms.ModelChoiceField(Municipality.objects.none(), label=_("City"), empty_label=None)
    method = MethodField(
        label=_("Which method is it about?"), required=False, empty_label=_("None of these, or a new one")
    )
    message = forms.CharField(
        label=_("Message"),
        max_length=5000,
        widget=_LONG,
        error_messages={"required": _("Write what you would like to say.")},
    )

    def __init__(self, *args: Any, companies: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        here = Municipality.objects.filter(establishments__organisation__in=companies).distinct()
        self.fields["organisation"].queryset = companies  # type: ignore[attr-defined]  # a ModelChoiceField
        self.fields["city"].queryset = here if here.exists() else Municipality.objects.all()  # type: ignore[attr-defined]  # the same
