"""Staff of a city and invitations."""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING, Any

from django import forms
from django.db.models import Prefetch
from django.http import Http404
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from talkoot.city.accounts.models import User
from talkoot.city.accounts.roles import ABOUT, Role
from talkoot.city.organisations import actions
from talkoot.city.organisations.audiences import WorkspaceView
from talkoot.city.organisations.filters import PersonFilter
from talkoot.city.organisations.forms import ChangeRoleForm, InvitationForm
from talkoot.city.organisations.models import Invitation, Membership, Organisation
from talkoot.city.organisations.tables import PersonTable
from talkoot.kit.crud.views import FormPage, ListPage, ObjectMixin

if TYPE_CHECKING:
    from collections.abc import Iterable

    from django.db.models import QuerySet
    from django.http import HttpResponse

_ADMINISTER = "organisations.administer"


def people_url(city: str) -> str:
    return reverse("organisations:people", kwargs={"city": city})


class People(WorkspaceView, ListPage):
    """Who works here in which roles, one row a person, and who has been invited."""

    request: Any
    model = User
    permission = "organisations.see_staff"
    template_name = "organisations/people.html"
    table_class = PersonTable
    filterset_class = PersonFilter
    export_name = "henkilot"

    def memberships(self) -> QuerySet[Membership]:
        rows: QuerySet[Membership] = Membership.objects.visible_to(self.request.user)  # type: ignore[attr-defined]  # our queryset
        return rows.filter(organisation=self.request.city.organisation)

    def get_queryset(self) -> QuerySet[User]:
        held = self.memberships().select_related("unit").order_by("role")
        rows: QuerySet[User] = User.objects.filter(pk__in=self.memberships().values("user"))
        return rows.prefetch_related(Prefetch("memberships", held, to_attr="held_here"))

    def dress(self, rows: Iterable[User]) -> Iterable[User]:
        """Each person with their roles in words and, for who gives roles, the ways to change them."""
        may = self.request.user.has_perm(_ADMINISTER, self.request.city)
        for person in rows:
            person.roles_here = [self._role(one, may=may) for one in person.held_here]  # type: ignore[attr-defined]  # for the table
            yield person

    def _role(self, held: Membership, *, may: bool) -> dict[str, Any]:
        where = {"city": self.request.city.slug, "pk": held.pk}
        ways = {
            name: reverse(f"organisations:{name}", kwargs=where) for name in ("change_role", "end_membership")
        }
        return {"about": ABOUT[Role(held.role)], "unit": held.unit, **(ways if may else {})}

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        may = self.request.user.has_perm(_ADMINISTER, self.request.city)
        known: Any = Invitation.objects
        open_ones = known.visible_to(self.request.user).filter(organisation=self.request.city.organisation)
        context = super().get_context_data(
            invitations=open_ones.waiting().select_related("invited_by") if may else [],
            may_administer=may,
            **kwargs,
        )
        return context | {"heading": _("People")}


class Invite(WorkspaceView, FormPage):
    request: Any
    model = Invitation
    permission = _ADMINISTER
    form_class = InvitationForm
    heading = _("Invite a colleague")
    submit_label = _("Send the invitation")
    saved_notice = _("Invitation sent.")

    def get_form_kwargs(self) -> dict[str, Any]:
        return {"organisation": self.request.city.organisation}

    def save(self, form: InvitationForm) -> str:
        actions.invite(
            email=form.cleaned_data["email"],
            organisation=self.request.city.organisation,
            role=form.cleaned_data["role"],
            unit=form.cleaned_data["unit"],
            by=self.request.user,
        )
        return people_url(self.request.city.slug)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(cancel_url=people_url(self.request.city.slug), **kwargs)


class InviteToCompany(WorkspaceView, FormPage):
    """A role in a company, offered by the city that knows the person."""

    request: Any
    model = Invitation
    permission = "organisations.edit_register"
    form_class = InvitationForm
    heading = _("Invite a person of the company")
    submit_label = _("Send the invitation")
    saved_notice = _("Invitation sent.")

    @cached_property
    def company(self) -> Organisation:
        near = Organisation.objects.visible_to(self.request.user).in_city(self.request.city)  # type: ignore[attr-defined]  # our queryset
        found: Organisation = get_object_or_404(near, pk=self.kwargs["pk"])
        return found

    def permission_object(self) -> object:
        if hasattr(self.company, "municipality"):
            raise Http404
        return self.request.city

    def get_form_kwargs(self) -> dict[str, Any]:
        return {"organisation": self.company}

    def save(self, form: InvitationForm) -> str:
        data = form.cleaned_data
        actions.invite(
            email=data["email"], organisation=self.company, role=data["role"], by=self.request.user
        )
        return reverse("organisations:detail", kwargs={"city": self.request.city.slug, "pk": self.company.pk})


class _Nothing(forms.Form):
    """The button is the answer."""


class _OfInvitation(WorkspaceView, ObjectMixin, FormPage):
    request: Any
    model = Invitation
    permission = _ADMINISTER
    template_name = "crud/confirm.html"
    form_class = _Nothing

    def get_queryset(self) -> QuerySet[Invitation]:
        rows: QuerySet[Invitation] = Invitation.objects.visible_to(self.request.user).waiting()  # type: ignore[attr-defined]  # our queryset
        return rows.filter(organisation=self.request.city.organisation)

    def permission_object(self) -> object:
        _found = self.object
        return self.request.city

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        context = super().get_context_data(cancel_url=people_url(self.request.city.slug), **kwargs)
        return context | {"heading": self.heading}


class Resend(_OfInvitation):
    template_name = "organisations/resend.html"
    heading = _("Send the invitation again")
    submit_label = _("Send the invitation")
    saved_notice = _("Invitation sent.")

    def save(self, form: Any) -> str:
        actions.resend(self.object, by=self.request.user)
        return people_url(self.request.city.slug)


class Withdraw(_OfInvitation):
    heading = _("Withdraw the invitation")
    submit_label = _("Withdraw the invitation")
    saved_notice = _("Withdrawn.")

    def save(self, form: Any) -> str:
        actions.withdraw_invitation(self.object, by=self.request.user)
        return people_url(self.request.city.slug)


class _OfMember(WorkspaceView, ObjectMixin, FormPage):
    model = Membership
    permission = _ADMINISTER

    def get_queryset(self) -> QuerySet[Membership]:
        rows: QuerySet[Membership] = Membership.objects.visible_to(self.request.user)  # type: ignore[attr-defined]  # our queryset
        here = rows.filter(organisation=self.request.city.organisation)
        return here.select_related("user", "organisation", "unit")

    def permission_object(self) -> object:
        _found = self.object
        return self.request.city

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(cancel_url=people_url(self.request.city.slug), **kwargs)


class _KeepsAnAdministrator(_OfMember):
    """Says in the form that someone must remain who can give roles."""

    def saved(self, form: Any) -> HttpResponse:
        try:
            return super().saved(form)
        except actions.LastAdministrator:
            form.add_error(
                None,
                gettext("This is the last person who can give roles. Give the role to someone else first."),
            )
            return self.again(form)


class ChangeRole(_KeepsAnAdministrator):
    form_class = ChangeRoleForm
    heading = _("Change the role")

    def get_form_kwargs(self) -> dict[str, Any]:
        return {"membership": self.object}

    def save(self, form: ChangeRoleForm) -> str:
        data = form.cleaned_data
        actions.change_role(self.object, role=data["role"], unit=data["unit"], by=self.request.user)
        return people_url(self.request.city.slug)


class ReasonForm(forms.Form):
    reason = forms.CharField(
        label=_("Reason"), max_length=500, required=False, widget=forms.Textarea(attrs={"rows": 2})
    )


class EndMembership(_KeepsAnAdministrator):
    template_name = "organisations/end_membership.html"
    form_class = ReasonForm
    heading = _("Take the role away")
    submit_label = _("Take the role away")
    saved_notice = _("Role taken away.")

    def save(self, form: ReasonForm) -> str:
        actions.end_membership(self.object, by=self.request.user, reason=form.cleaned_data["reason"])
        return people_url(self.request.city.slug)
