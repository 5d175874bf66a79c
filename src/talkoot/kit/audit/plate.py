from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from talkoot.kit.plate import DataRecord

OFFERS = [
    DataRecord(
        model="audit.Event",
        personal=["actor", "actor_name"],
        purpose=_("To show afterwards who changed what and why."),
        legal_basis=_("Task in the public interest (GDPR 6(1)(e))"),
        retention=_("10 years"),
        publicity="internal",
        export=True,
    ),
]
