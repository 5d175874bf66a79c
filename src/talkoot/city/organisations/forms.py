from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django import forms
from django.conf import settings
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _

from talkoot.city.accounts.models import User
from talkoot.city.accounts.roles import ABOUT, Role
from talkoot.city.organisations.actions import roles_to_give
from talkoot.city.organisations.fields import BusinessIdField, IndustryField
from talkoot.city.organisations.industries import TOL2008
from talkoot.city.organisations.models import (
    Establishment,
    Invitation,
    Membership,
    Municipality,
    Organisation,
    SizeClass,
    Unit,
)
from talkoot.kit.crud.forms import VersionedForm
from talkoot.kit.ui.forms import DateInput

if TYPE_CHECKING:
    from django.utils.functional import _StrPromise

LANGUAGES = [("", _("Not known")), *settings.LANGUAGES]
NOT_FOUND = _("We did not find a company with this business ID. Ask the city to add it to its register.")
DUPLICATE = _("This company is already in the register. Open it from the list.")


class OrganisationForm(VersionedForm):
    """A company and the place where it works in this city."""

    business_id = BusinessIdField()
    industry = IndustryField(
        required=False, help_text=_("A letter or a code of TOL 2008, for example C or 10710.")
    )
    parent_id_text = BusinessIdField(
        required=False, label=_("Business ID of the parent company"), help_text=""
    )
    service_language = forms.ChoiceField(
        label=_("Language we use with you"), choices=LANGUAGES, required=False
    )
    size_class = forms.ChoiceField(label=_("Company size"), choices=SizeClass.choices, required=False)
    street = forms.CharField(label=_("Street address"), max_length=200, required=False)
    postcode = forms.RegexField(r"^\d{5}$", label=_("Postcode"), required=False)
    post_office = forms.CharField(label=_("Post office"), max_length=60, required=False)

    PLACE = ("size_class", "street", "postcode", "post_office")

    class Meta:
        model = Organisation
        fields = ("name", "business_id", "kind", "industry", "service_language", "ceased_on")
        widgets = {"ceased_on": DateInput}

    def __init__(self, *args: Any, city: Municipality, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["postcode"].error_messages["invalid"] = _("Write the postcode with five digits.")
        self.city = city
        self.place = self._place()
        for name in self.PLACE:
            self.fields[name].initial = getattr(self.place, name)
        if self.instance.parent:
            self.fields["parent_id_text"].initial = self.instance.parent.business_id

    def _place(self) -> Establishment:
        known = Establishment.objects.filter(organisation=self.instance.pk, city=self.city).first()
        return known or Establishment(city=self.city)

    def clean_business_id(self) -> str:
        number: str = self.cleaned_data["business_id"]
        if Organisation.objects.filter(business_id=number).exclude(pk=self.instance.pk).exists():
            raise ValidationError(DUPLICATE, code="duplicate")
        return number

    def clean_parent_id_text(self) -> Organisation | None:
        number = self.cleaned_data["parent_id_text"]
        if not number:
            return None
        parent = Organisation.objects.filter(business_id=number).exclude(pk=self.instance.pk).first()
        if parent is None:
            raise ValidationError(NOT_FOUND, code="not_found")
        return parent

    def save(self, commit: bool = True) -> Any:  # noqa: FBT001, FBT002 -- Django's signature
        self.instance.parent = self.cleaned_data["parent_id_text"]
        self.instance.industry_version = TOL2008 if self.instance.industry else ""
        saved = super().save(commit)
        self.place.organisation = saved
        for name in self.PLACE:
            setattr(self.place, name, self.cleaned_data[name])
        self.place.save()
        return saved


def role_choices(roles: list[Role]) -> list[tuple[str, str]]:
    """Each role with the sentence that a person reads before giving it."""
    return [
        (str(role), format_html("<b>{}</b><br>{}", ABOUT[role].title, ABOUT[role].sentence)) for role in roles
    ]


class RoleForm(forms.Form):
    """Role and unit, each role with its sentence."""

    role = forms.ChoiceField(label=_("Role"), widget=forms.RadioSelect)
    unit = forms.ModelChoiceField(Unit.objects.none(), label=_("Unit"), required=False)

    def __init__(self, *args: Any, organisation: Organisation, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.organisation = organisation
        self.fields["role"].choices = role_choices(roles_to_give(organisation))  # type: ignore[attr-defined]  # a ChoiceField
        city = getattr(organisation, "municipality", None)
        if city is None:
            del self.fields["unit"]
        else:
            self.fields["unit"].queryset = Unit.objects.filter(city=city)  # type: ignore[attr-defined]  # a ModelChoiceField


class ChangeRoleForm(RoleForm):
    """Another role or unit for one who has a role already."""

    def __init__(self, *args: Any, membership: Membership, **kwargs: Any) -> None:
        held = {"role": membership.role, "unit": membership.unit_id}
        super().__init__(*args, organisation=membership.organisation, initial=held, **kwargs)
        self.membership = membership

    def clean_role(self) -> str:
        role: str = self.cleaned_data["role"]
        held = Membership.objects.filter(
            user=self.membership.user_id, organisation=self.organisation, role=role
        )
        if held.exclude(pk=self.membership.pk).exists():
            raise ValidationError(_("This person already has this role."))
        return role


class InvitationForm(RoleForm):
    email = forms.EmailField(label=_("Email address"))
    field_order = ("email", "role", "unit")

    def clean(self) -> None:
        email = (self.cleaned_data.get("email") or "").lower()
        held = Membership.objects.filter(
            organisation=self.organisation, user__email=email, role=self.cleaned_data.get("role")
        )
        if held.exists():
            self.add_error("email", _("This person already has this role."))


class JoinForm(forms.Form):
    """A new account for an invited person; the address comes from the invitation."""

    name = forms.CharField(label=_("Your name"), max_length=150)
    password = forms.CharField(
        label=_("Password"),
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
        strip=False,
        help_text=_("At least 12 characters. A sentence of your own is easy to remember."),
    )

    def __init__(self, *args: Any, invitation: Invitation, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.invitation = invitation

    def clean(self) -> None:
        if password := self.cleaned_data.get("password"):
            person = User(email=self.invitation.email, name=self.cleaned_data.get("name", ""))
            try:
                validate_password(password, person)
            except ValidationError as error:
                self.add_error("password", error)


class UnitForm(VersionedForm):
    class Meta:
        model = Unit
        fields = ("code", "name_fi", "name_sv", "name_en", "person_days")
        labels = {
            "name_fi": _("Name in Finnish"),
            "name_sv": _("Name in Swedish"),
            "name_en": _("Name in English"),
        }

    def clean_code(self) -> str:
        code: str = self.cleaned_data["code"].strip().upper()
        same = Unit.objects.filter(city=self.instance.city_id, code=code).exclude(pk=self.instance.pk)
        if same.exists():
            raise ValidationError(_("Another unit of the city has this code. Use another one."))
        return code


class AskForm(forms.Form):
    """A person asks to act for a company."""

    business_id = BusinessIdField()
    role = forms.ChoiceField(
        label=_("Role"),
        widget=forms.RadioSelect,
        choices=lambda: role_choices([Role.COMPANY_ADMIN, Role.COMPANY_MEMBER]),
        initial=str(Role.COMPANY_ADMIN),
    )
    position = forms.CharField(label=_("Job title"), max_length=150)
    message = forms.CharField(
        label=_("Message to the city"),
        max_length=2000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("For example who can confirm that you work for the company."),
    )

    def clean_business_id(self) -> str:
        number: str = self.cleaned_data["business_id"]
        place = (
            Establishment.objects.filter(organisation__business_id=number)
            .select_related("city", "organisation")
            .first()
        )
        if place is None:
            raise ValidationError(NOT_FOUND, code="not_found")
        self.organisation, self.city = place.organisation, place.city
        return number


class CodeForm(forms.Form):
    code = forms.CharField(
        label=_("Code"),
        max_length=12,
        widget=forms.TextInput({"inputmode": "numeric", "autocomplete": "one-time-code"}),
        help_text=_("Eight digits in the letter that came to the company’s registered address."),
    )


REQUIRED_REASON: _StrPromise = _("Write a reason. It is kept with the decision.")


class DecisionForm(forms.Form):
    """Why; the person who asked reads it."""

    reason = forms.CharField(
        label=_("Reason"),
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={"required": REQUIRED_REASON},
        help_text=_("The person who asked reads this."),
    )
