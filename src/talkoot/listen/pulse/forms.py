from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from talkoot.listen.pulse.models import Feedback


class FeedbackForm(forms.ModelForm):  # type: ignore[type-arg]  # as VersionedForm
    """What anyone may say. `website` is seen by programs alone: what fills it in is not kept."""

    website = forms.CharField(required=False, label=_("Leave this empty"), max_length=200)

    class Meta:
        model = Feedback
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
            "email": _("We use the address only to answer you and then remove it."),
        }
        widgets = {"message": forms.Textarea(attrs={"rows": 7})}
        error_messages = {"message": {"required": _("Write what you would like to say.")}}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["email"].widget.attrs["autocomplete"] = "email"

    @property
    def plain_fields(self) -> list[forms.BoundField]:
        """The fields that people see."""
        return [field for field in self.visible_fields() if field.name != "website"]

    @property
    def is_from_a_program(self) -> bool:
        return bool(self.cleaned_data.get("website"))


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
