"""allauth's forms in the words of the house, and a person's own details."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, ClassVar

from allauth.account import forms as account
from allauth.mfa.base import forms as mfa
from allauth.mfa.totp import forms as totp
from django import forms
from django.utils.translation import gettext_lazy as _

from talkoot.city.accounts.models import User

if TYPE_CHECKING:
    from django.utils.functional import _StrPromise

LABELS: dict[str, _StrPromise] = {
    "login": _("Email address"),
    "email": _("Email address"),
    "password": _("Password"),
    "oldpassword": _("Present password"),
    "password1": _("New password"),
    "password2": _("New password once more"),
    "code": _("Code"),
}
HINTS: dict[str, _StrPromise] = {
    "password1": _("At least 12 characters. A sentence of your own is easy to remember."),
}


class Plain:
    """Our labels and hints, and no placeholders in place of labels."""

    hints: ClassVar[dict[str, _StrPromise]] = HINTS
    fields: dict[str, forms.Field]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name, field in self.fields.items():
            field.widget.attrs.pop("placeholder", None)
            field.label = LABELS.get(name, field.label)
            field.help_text = self.hints.get(name, "")


class SignIn(Plain, account.LoginForm):
    """E-mail and password."""


class AskReset(Plain, account.ResetPasswordForm):
    """The address to which a new link is sent."""


class NewPassword(Plain, account.ResetPasswordKeyForm):
    """A new password after a link."""


class ChangePassword(Plain, account.ChangePasswordForm):
    """The old password and a new one."""


class Reauthenticate(Plain, account.ReauthenticateForm):
    """The password again before something sensitive."""


class _Code(Plain):
    hints: ClassVar[dict[str, _StrPromise]] = {
        "code": _("Six digits from your authenticator app, or one of your recovery codes.")
    }


class EnterCode(_Code, mfa.AuthenticateForm):
    """The second step of signing in."""


class EnterCodeAgain(_Code, mfa.ReauthenticateForm):
    """The second step again before something sensitive."""


class TurnOnTwoStep(Plain, totp.ActivateTOTPForm):
    """The first code of a new authenticator app."""

    hints: ClassVar[dict[str, _StrPromise]] = {"code": _("Six digits from your authenticator app.")}


class OwnDetails(forms.ModelForm[User]):
    """What a person may change of their own account."""

    class Meta:
        model = User
        fields = ("name", "language")
