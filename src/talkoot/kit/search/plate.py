from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from talkoot.kit.plate import DataRecord, Recurring

OFFERS = [
    Recurring(name="search.refresh", every=2, job="talkoot.kit.search.jobs.refresh"),
    Recurring(name="search.rebuild", every=24 * 60, job="talkoot.kit.search.jobs.rebuild"),
    DataRecord(
        model="search.SearchEntry",
        personal=["name", "text", "title", "body"],
        purpose=_("To find things by their words; holds a copy of what is found."),
        legal_basis=_("Task in the public interest (GDPR 6(1)(e))"),
        retention=_("As long as the thing itself"),
        publicity="internal",
        export=False,
    ),
    DataRecord(
        model="search.Stale",
        personal=[],
        purpose=_("To know what the search has not read yet."),
        legal_basis=_("No personal data"),
        retention=_("A few minutes"),
        publicity="internal",
        export=False,
    ),
]
