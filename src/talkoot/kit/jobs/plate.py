from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from talkoot.kit.plate import DataRecord, Panel, Permission, Recurring

_TECHNICAL = _("To run the work that happens by itself.")
_NONE = _("No personal data")

OFFERS = [
    Panel(slot="accounts.home", template="", context="talkoot.kit.jobs.pages.place"),
    Recurring(name="jobs.prune", every=24 * 60, job="talkoot.kit.jobs.jobs.prune"),
    Permission(
        name="jobs.keep",
        sentence=_("See the work of the machine and try failed work again."),
        predicate="talkoot.kit.jobs.permissions.keeps_running",
    ),
    *(
        DataRecord(
            model=f"jobs.{model}",
            personal=[],
            purpose=_TECHNICAL,
            legal_basis=_NONE,
            retention=_("30 days"),
            publicity="internal",
            export=False,
        )
        for model in ("Slot", "Heartbeat", "Progress")
    ),
]
