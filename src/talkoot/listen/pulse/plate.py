from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from talkoot.kit.plate import DataRecord, NavItem, Permission, TaskSource

_RULES = "talkoot.listen.pulse.permissions"

OFFERS = [
    NavItem(
        label=_("Feedback"),
        url_name="pulse:list",
        audience="workspace",
        verb="listen",
        order=20,
        permission="pulse.see",
    ),
    TaskSource(model="pulse.Feedback", url="talkoot.listen.pulse.links.of_task"),
    Permission(
        name="pulse.send",
        sentence=_("Give feedback."),
        predicate="talkoot.kit.access.permissions.anyone",
    ),
    Permission(
        name="pulse.see",
        sentence=_("Read feedback sent to a city."),
        predicate=f"{_RULES}.reads",
    ),
    Permission(
        name="pulse.answer",
        sentence=_("Answer feedback or hand it over."),
        predicate=f"{_RULES}.answers",
    ),
    DataRecord(
        model="pulse.Feedback",
        personal=["message", "email", "answered_by"],
        purpose=_("To answer feedback and to mend what is wrong."),
        legal_basis=_("Task in the public interest (GDPR 6(1)(e))"),
        retention=_("2 years; the e-mail address until the answer has been sent"),
        publicity="internal",
        export=True,
    ),
]
