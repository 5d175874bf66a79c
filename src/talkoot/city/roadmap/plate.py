from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils.translation import gettext_lazy as _

from talkoot.kit.plate import DataRecord, NavItem, Permission, Seed

if TYPE_CHECKING:
    from django.utils.functional import _StrPromise

_NOBODY = _("No personal data")
_LONG = _("As long as the city uses the service")


def _record(model: str, purpose: _StrPromise) -> DataRecord:
    return DataRecord(
        model=f"roadmap.{model}",
        personal=[],
        purpose=purpose,
        legal_basis=_NOBODY,
        retention=_LONG,
        publicity="public",
        export=True,
    )


OFFERS = [
    Seed(order=30, load="talkoot.city.roadmap.demo.load"),
    NavItem(
        label=_("Targets"), url_name="roadmap:public", audience="public", order=20, permission="roadmap.see"
    ),
    NavItem(
        label=_("Roadmap"),
        url_name="roadmap:workspace",
        audience="workspace",
        verb="show",
        order=10,
        permission="roadmap.work",
    ),
    Permission(
        name="roadmap.see",
        sentence=_("Read a city’s climate targets and roadmap."),
        predicate="talkoot.city.roadmap.permissions.sees_roadmap",
    ),
    Permission(
        name="roadmap.work",
        sentence=_("See drafts of the roadmap in the workspace."),
        predicate="talkoot.city.organisations.permissions.works_in_city",
    ),
    Permission(
        name="roadmap.edit",
        sentence=_("Edit the roadmap, its indicators and their values."),
        predicate="talkoot.city.roadmap.permissions.edits_roadmap",
    ),
    _record("Roadmap", _("To show what the city aims at.")),
    _record("Theme", _("To show what the city aims at.")),
    _record("Goal", _("To show what the city aims at.")),
    _record("Indicator", _("To show how the city is doing.")),
    _record("Value", _("To show how the city is doing.")),
]
