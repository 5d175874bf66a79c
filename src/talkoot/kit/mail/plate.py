from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from talkoot.kit.plate import DataRecord, MailKind, Permission, Recurring

_PUBLIC_TASK = _("Task in the public interest (GDPR 6(1)(e))")

OFFERS = [
    MailKind(kind="notice", label=_("Messages about your own matters")),
    Recurring(name="mail.forget_old", every=24 * 60, job="talkoot.kit.mail.jobs.forget_old"),
    Permission(
        name="mail.unsubscribe",
        sentence=_("End a subscription with the link in a message."),
        predicate="talkoot.kit.access.permissions.anyone",
    ),
    DataRecord(
        model="mail.Message",
        personal=["to", "subject", "body"],
        purpose=_("To send messages and to show afterwards what was sent."),
        legal_basis=_PUBLIC_TASK,
        retention=_("90 days"),
        publicity="secret",
        export=True,
    ),
    DataRecord(
        model="mail.Suppression",
        personal=["address_hash"],
        purpose=_("To leave in peace those who have said that they do not want messages."),
        legal_basis=_PUBLIC_TASK,
        retention=_("Until the person asks for messages again"),
        publicity="secret",
        export=False,
    ),
]
