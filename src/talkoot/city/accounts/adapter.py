from __future__ import annotations

from typing import TYPE_CHECKING, Any

from allauth.account.adapter import DefaultAccountAdapter
from allauth.mfa.adapter import DefaultMFAAdapter
from django.conf import settings
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext_lazy as _

from talkoot.city.accounts.models import User

if TYPE_CHECKING:
    from django.http import HttpRequest


class AccountAdapter(DefaultAccountAdapter):
    """Accounts are made by invitation or a company's request, never by an open form."""

    error_messages = {
        **DefaultAccountAdapter.error_messages,
        "email_password_mismatch": _("The email address or password is not right."),
        "incorrect_password": _("The password is not right."),
        "enter_current_password": _("The present password is not right."),
        "incorrect_code": _(
            "The code is not right, or it has been used. Wait for the next one and try again."
        ),
        "too_many_login_attempts": _("Too many attempts. Try again in 5 minutes."),
        "rate_limited": _("Too many attempts. Try again in 5 minutes."),
        "invalid_password_reset": _("The link is old or has been used. Ask for a new one."),
        "account_inactive": _("This account is closed. Ask your city’s administrator."),
        "cannot_remove_primary_email": _("You sign in with this address. Choose another one for that first."),
        "duplicate_email": _("This address is already on your account."),
        "email_taken": _("This address cannot be used. Use another one."),
        "invalid_or_expired_key": _("The link is old or has been used. Ask for a new one."),
        "invalid_login": _("The email address or password is not right."),
        "same_as_current": _("This is the same as now. Write a new one."),
        "select_only_one": _("Choose one only."),
    }

    def send_mail(self, template_prefix: str, email: str, context: dict[str, Any]) -> None:
        """In the language of the person, whatever language the page had."""
        person = context.get("user") or User.objects.filter(email=email).first()
        safety_url = settings.TALKOOT_ORIGIN + reverse("account_reset_password")
        with translation.override(person.language if person else translation.get_language()):
            super().send_mail(template_prefix, email, {"safety_url": safety_url, **context})

    def send_notification_mail(
        self, template_prefix: str, user: Any, context: dict[str, Any] | None = None, email: str | None = None
    ) -> None:
        """Tell the owner of an account that its way in has changed."""
        super().send_notification_mail(template_prefix, user, {"user": user, **(context or {})}, email)

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        return False


class TwoStepAdapter(DefaultMFAAdapter):
    """The second step of signing in, in the words of the house."""

    error_messages = {
        **DefaultMFAAdapter.error_messages,
        "incorrect_code": AccountAdapter.error_messages["incorrect_code"],
        "unverified_email": _("Confirm your email address first. Then you can turn on two-step sign-in."),
        "cannot_delete_authenticator": _("Two-step sign-in cannot be turned off now."),
        "cannot_generate_recovery_codes": _("Turn on two-step sign-in first. Then you get recovery codes."),
        "add_email_blocked": _("Turn off two-step sign-in before you add an email address."),
    }
