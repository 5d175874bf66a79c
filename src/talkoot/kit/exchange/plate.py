from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from talkoot.kit.plate import DataRecord, Recurring

OFFERS = [
    Recurring(name="exchange.forget_pending", every=60, job="talkoot.kit.exchange.jobs.forget_pending"),
    DataRecord(
        model="exchange.PendingImport",
        personal=["content", "created_by"],
        purpose=_("To show what a file would bring before it is taken in."),
        legal_basis=_("Task in the public interest (GDPR 6(1)(e))"),
        retention=_("3 hours"),
        publicity="secret",
        export=False,
    ),
]
