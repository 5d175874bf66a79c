from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from talkoot.kit.plate import DataRecord, Permission

OFFERS = [
    Permission(
        name="accounts.home",
        sentence=_("Sign in and see one’s own account."),
        predicate="talkoot.kit.access.permissions.signed_in",
    ),
    DataRecord(
        model="accounts.User",
        personal=["email", "name", "language"],
        purpose=_("To let a person sign in and to show colleagues who did what."),
        legal_basis=_("Task in the public interest (GDPR 6(1)(e))"),
        retention=_("As long as the account is used, and two years after the last sign-in"),
        publicity="internal",
        export=True,
    ),
]
