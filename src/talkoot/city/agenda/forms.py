from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext_lazy

from talkoot.city.accounts.models import User
from talkoot.city.agenda import actions
from talkoot.city.agenda.models import Task
from talkoot.city.organisations.models import Unit
from talkoot.kit.crud.forms import VersionedForm
from talkoot.kit.ui.forms import DateInput

if TYPE_CHECKING:
    from talkoot.city.organisations.models import Municipality

DAYS = (1, 3, 7, 14)
NEVER = ""


def _days(n: int) -> Any:
    return ngettext_lazy("%(n)d day before", "%(n)d days before", "n") % {"n": n}


class TaskForm(VersionedForm):
    """A task; its steps one a line, its reminder so many days before."""

    remind = forms.TypedChoiceField(
        label=_("Reminder"),
        choices=lambda: [(NEVER, _("No reminder")), *((n, _days(n)) for n in DAYS)],
        coerce=int,
        empty_value=None,
        required=False,
        initial=actions.REMIND_BEFORE,
    )
    steps = forms.CharField(
        label=_("Steps"),
        required=False,
        max_length=4000,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=_("One step on each line."),
    )

    class Meta:
        model = Task
        fields = ("title", "text", "verb", "owner", "unit", "due")
        widgets = {"due": DateInput, "text": forms.Textarea(attrs={"rows": 3})}

    def __init__(self, *args: Any, city: Municipality, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        staff = User.objects.filter(is_active=True, memberships__organisation=city.organisation_id).distinct()
        self.fields["owner"].queryset = staff.order_by("name")  # type: ignore[attr-defined]  # a ModelChoiceField
        self.fields["unit"].queryset = Unit.objects.filter(city=city)  # type: ignore[attr-defined]  # a ModelChoiceField
        if self.instance.pk:
            self.fields["remind"].initial = self._days_before()
            self.fields["steps"].initial = "\n".join(item.text for item in self.instance.items.all())

    def _days_before(self) -> int | str:
        if self.instance.reminder_at is None:
            return NEVER
        days: int = (self.instance.due - self.instance.reminder_at.date()).days
        return days

    def save(self, commit: bool = True) -> Any:  # noqa: FBT001, FBT002 -- Django's signature
        moment = actions.reminder_for(self.cleaned_data["due"], self.cleaned_data["remind"])
        if moment != self.instance.reminder_at:
            self.instance.reminder_at, self.instance.reminded_at = moment, None
        task = super().save(commit)
        actions.set_checklist(task, self.cleaned_data["steps"].splitlines())
        return task
