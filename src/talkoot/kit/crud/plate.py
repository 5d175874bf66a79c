from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from talkoot.kit.plate import DataRecord

OFFERS = [
    DataRecord(
        model="crud.Submission",
        personal=[],
        purpose=_("To save a form once even if it is sent twice."),
        legal_basis=_("No personal data"),
        retention=_("30 days"),
        publicity="internal",
        export=False,
    ),
]
