"""The page behind an invitation's link."""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING, Any
from urllib.parse import urlencode

from django import forms
from django.contrib.auth import login
from django.http import Http404
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from talkoot.city.accounts.models import User
from talkoot.city.accounts.roles import ABOUT, Role
from talkoot.city.organisations import actions
from talkoot.city.organisations.forms import JoinForm
from talkoot.city.organisations.models import Invitation
from talkoot.kit.crud.views import FormPage

if TYPE_CHECKING:
    from django.http import HttpResponse

    from talkoot.kit.access.request import Request

BACKEND = "allauth.account.auth_backends.AuthenticationBackend"
GONE = 410


class _Yes(forms.Form):
    """The button is the answer."""


class Accept(FormPage):
    """Take a role: with the account that has the address, or with a new one."""

    model = Invitation
    permission = "organisations.accept_invitation"
    public = True
    layout = "ui/bare.html"
    template_name = "organisations/accept.html"
    heading = _("Welcome to Talkoot")
    submit_label = _("Accept the invitation")
    saved_notice = _("Welcome. Here is your work.")

    @cached_property
    def invitation(self) -> Invitation:
        known = Invitation.objects.select_related("organisation", "unit", "invited_by")
        found = known.filter(token_hash=actions.digest(self.kwargs["token"])).first()
        if found is None:
            raise Http404
        return found

    def permission_object(self) -> object:
        return self.invitation

    @cached_property
    def problem(self) -> str:
        """What keeps this reader from accepting: used, expired, other, sign_in; or nothing."""
        user = self.request.user
        if self.invitation.accepted_at:
            return "used"
        if self.invitation.is_expired:
            return "expired"
        if user.is_authenticated:
            return "" if user.email == self.invitation.email else "other"
        return "sign_in" if User.objects.filter(email=self.invitation.email).exists() else ""

    def get(self, request: Request, *args: Any, **kwargs: Any) -> HttpResponse:
        return self.stopped() or super().get(request, *args, **kwargs)

    def post(self, request: Request, *args: Any, **kwargs: Any) -> HttpResponse:
        return self.stopped() or super().post(request, *args, **kwargs)

    def stopped(self) -> HttpResponse | None:
        """A clear sentence and the next step, instead of the form."""
        if not self.problem:
            return None
        sign_in = f"{reverse('account_login')}?{urlencode({'next': self.request.path})}"
        context = {
            "layout": self.layout,
            "heading": self.heading,
            "problem": self.problem,
            "invitation": self.invitation,
            "sign_in_url": sign_in,
        }
        status = GONE if self.problem in {"used", "expired"} else 200
        return render(self.request, "organisations/cannot_accept.html", context, status=status)

    def get_form(self, data: Any = None, files: Any = None) -> forms.Form:
        if self.request.user.is_authenticated:
            return _Yes(data)
        return JoinForm(data, invitation=self.invitation)

    def save(self, form: forms.Form) -> str:
        if self.request.user.is_authenticated:
            actions.accept(self.invitation, by=self.request.user)
        else:
            data = form.cleaned_data
            user = actions.join(
                self.invitation, name=data["name"], password=data["password"], language=get_language() or "fi"
            )
            login(self.request, user, backend=BACKEND)
        return reverse("accounts:home")

    def saved(self, form: forms.Form) -> HttpResponse:
        try:
            return super().saved(form)
        except (actions.InvitationUsed, actions.InvitationExpired):
            del self.invitation, self.problem
            return self.stopped() or self.again(form)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        about = ABOUT[Role(self.invitation.role)]
        return super().get_context_data(invitation=self.invitation, about=about, **kwargs)
