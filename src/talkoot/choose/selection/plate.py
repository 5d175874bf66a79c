from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from talkoot.kit.plate import DataRecord, FileUse, NavItem, Permission, Seed

_RULES = "talkoot.choose.selection.permissions"

OFFERS = [
    Permission(
        name="selection.see", sentence=_("See the runs of the selection."), predicate=f"{_RULES}.can_see"
    ),
    Permission(name="selection.run", sentence=_("Run the selection."), predicate=f"{_RULES}.can_run"),
    Permission(
        name="selection.state",
        sentence=_("State how a group of people weighs the goals."),
        predicate=f"{_RULES}.can_state",
    ),
    Permission(
        name="selection.restate",
        sentence=_(
            "Change or delete the weights of a group: the coordinator all, others what they recorded."
        ),
        predicate=f"{_RULES}.can_restate",
    ),
    NavItem(
        label=_("Selection"),
        url_name="selection:list",
        audience="workspace",
        verb="choose",
        order=30,
        permission="selection.see",
    ),
    DataRecord(
        model="selection.Run",
        personal=["created_by"],
        purpose=_("To show afterwards on what grounds methods were chosen."),
        legal_basis=_("Task in the public interest (GDPR 6(1)(e))"),
        retention=_("Permanent, as the grounds of a decision"),
        publicity="internal",
        export=True,
    ),
    DataRecord(
        model="selection.Preference",
        personal=["stated_by"],
        purpose=_(
            "To choose methods by what leaders, experts and companies hold important; groups, not persons."
        ),
        legal_basis=_("Task in the public interest (GDPR 6(1)(e))"),
        retention=_("As long as the city uses the service"),
        publicity="internal",
        export=True,
    ),
    Seed(order=75, load="talkoot.choose.selection.demo.load"),
    FileUse(use="selection.memo", visible_to="talkoot.choose.selection.memos.visible_to"),
]
