from __future__ import annotations

from typing import TYPE_CHECKING

from allauth.account.adapter import DefaultAccountAdapter
from django.utils.translation import gettext_lazy as _

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
    }

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        return False
