from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from talkoot.kit.plate import DataRecord, Permission

OFFERS = [
    Permission(
        name="files.read",
        sentence=_("Open files that are public or shown to one."),
        predicate="talkoot.kit.access.permissions.anyone",
    ),
    DataRecord(
        model="files.StoredFile",
        personal=["created_by"],
        purpose=_("To keep the files that people add and the documents that are published."),
        legal_basis=_("Task in the public interest (GDPR 6(1)(e))"),
        retention=_("As long as what the file belongs to"),
        publicity="public",
        export=True,
    ),
]
