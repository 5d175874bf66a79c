from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from talkoot.kit.plate import DataRecord, NavItem, Permission, Seed

OFFERS = [
    Seed(order=35, load="talkoot.city.changes.demo.load"),
    NavItem(
        label=_("Role changes"),
        url_name="changes:list",
        audience="workspace",
        verb="choose",
        order=50,
        permission="changes.see",
    ),
    Permission(
        name="changes.see",
        sentence=_("See the coming changes in the municipality’s role."),
        predicate="talkoot.city.organisations.permissions.works_in_city",
    ),
    Permission(
        name="changes.edit",
        sentence=_("Edit the changes in the municipality’s role and their effects."),
        predicate="talkoot.city.changes.permissions.edits_changes",
    ),
    DataRecord(
        model="changes.RoleChange",
        personal=[],
        purpose=_("To take coming changes of the law into account in the choice."),
        legal_basis=_("No personal data"),
        retention=_("As long as the city uses the service"),
        publicity="public",
        export=True,
    ),
    DataRecord(
        model="changes.Effect",
        personal=[],
        purpose=_("To take coming changes of the law into account in the choice."),
        legal_basis=_("No personal data"),
        retention=_("As long as the city uses the service"),
        publicity="public",
        export=True,
    ),
]
